"""What real submissions do to a grader: :data:`ROWS` says which tests show each hazard.

The numbers are the rows of the list of hazards. Here submissions are graded as instructors grade
them; what single layers do is shown in tests/sandbox, tests/submission and tests/test_judge.py.
"""

_HERE = "tests.hazards"
_COMMANDS = "tests.nbgrader.test_commands"
_WAITING = "tests.grading.test_waiting"
_PAGES = "tests.feedback.test_pages"
_FORMGRADER = "tests.nbgrader.test_formgrader"
_TERMINAL = "tests.cli.test_terminal"

ROWS: dict[int, list[str]] = {
    1: [f"{_HERE}.test_cheating::test_cells_tagged_to_be_skipped_run_all_the_same"],
    2: [f"{_HERE}.test_cheating::test_patched_comparisons_and_helpers_change_nothing"],
    3: [f"{_HERE}.test_cheating::test_the_graded_cells_value_is_not_the_score"],
    4: [f"{_HERE}.test_odd_results::test_warnings_cost_nothing_and_are_shown_once"],
    5: [
        f"{_HERE}.test_damaged_files::test_what_is_unambiguous_is_repaired",
        f"{_HERE}.test_damaged_files::test_what_is_lost_is_zero_with_the_reason",
    ],
    6: [
        f"{_HERE}.test_crashes::test_the_new_verdict_replaces_the_old",
        f"{_COMMANDS}::test_a_crash_replaces_an_earlier_good_grade",
    ],
    7: [f"{_HERE}.test_changed_cells::test_a_copied_graded_cell_counts_once"],
    8: [
        f"{_HERE}.test_changed_cells::test_deleted_graded_cells_are_put_back",
        f"{_HERE}.test_changed_cells::test_stripped_metadata_is_put_back",
        f"{_HERE}.test_changed_cells::test_changed_types_points_and_kernel_are_set_back",
        f"{_HERE}.test_changed_cells::test_an_answer_that_is_gone_is_zero_with_the_reason",
    ],
    9: [
        f"{_HERE}.test_using_too_much::test_one_exercise_is_zero_with_the_reason",
        f"{_HERE}.test_using_too_much::test_a_cell_that_no_exercise_needs_costs_nothing",
    ],
    10: [
        f"{_HERE}.test_using_too_much::test_one_exercise_is_zero_with_the_reason",
        f"{_HERE}.test_using_too_much::test_a_long_output_is_cut_off_and_its_cell_goes_on",
        f"{_HERE}.test_using_too_much::test_what_is_kept_is_small",
    ],
    11: [
        f"{_HERE}.test_reaching_out::test_the_answers_count_all_the_same",
        f"{_HERE}.test_reaching_out::test_only_what_ends_the_process_is_given_up",
        f"{_HERE}.test_reaching_out::test_one_exercise_that_exits_or_asks_is_zero_with_the_reason",
        f"{_HERE}.test_reaching_out::test_every_attempt_is_refused",
    ],
    12: [
        f"{_HERE}.test_reaching_out::test_every_attempt_is_refused",
        f"{_HERE}.test_reaching_out::test_nothing_arrives_anywhere",
    ],
    13: [
        f"{_HERE}.test_reaching_out::test_every_attempt_is_refused",
        f"{_HERE}.test_reaching_out::test_the_graders_variables_are_not_there",
    ],
    14: [
        f"{_HERE}.test_own_files::test_links_are_not_followed",
        f"{_HERE}.test_own_files::test_a_link_is_no_hand_in",
        f"{_HERE}.test_own_files::test_a_link_in_a_zip_is_text",
    ],
    15: [
        f"{_HERE}.test_own_files::test_own_modules_harm_their_owner_at_most",
        f"{_HERE}.test_own_files::test_own_modules_run_inside_only",
        f"{_HERE}.test_own_files::test_own_modules_do_not_judge",
        f"{_HERE}.test_own_files::test_start_up_files_do_not_run",
    ],
    16: [
        f"{_HERE}.test_hooks::test_nothing_is_gained",
        f"{_HERE}.test_hooks::test_a_spy_sees_inputs_and_nothing_else",
    ],
    17: [
        f"{_HERE}.test_odd_results::test_odd_types_get_a_clear_verdict",
        f"{_HERE}.test_odd_results::test_odd_numbers_differ_and_float32_is_taken",
        f"{_HERE}.test_odd_results::test_no_result_is_unpickled",
    ],
    18: [
        f"{_HERE}.test_odd_results::test_changed_inputs_memory_and_globals_are_found",
        f"{_HERE}.test_odd_results::test_a_changed_cache_is_found",
    ],
    19: [
        f"{_HERE}.test_unsafe_output::test_a_page_holds_no_more_than_an_honest_one",
        f"{_HERE}.test_unsafe_output::test_no_script_runs_in_a_browser",
        f"{_HERE}.test_unsafe_output::test_plots_and_harmless_html_still_show",
    ],
    20: [f"{_COMMANDS}::test_feedback_holds_no_hidden_test"],
    21: [
        f"{_COMMANDS}::test_a_renamed_notebook_is_found",
        "tests.grading.test_whole_class::test_odd_ways_to_hand_in",
    ],
    22: [
        f"{_HERE}.test_damaged_files::test_a_notebook_without_cells_is_not_attempted",
        f"{_HERE}.test_damaged_files::test_the_untouched_release_is_not_attempted",
        f"{_HERE}.test_damaged_files::test_half_a_notebook_gets_half_the_points",
    ],
    23: [
        "tests.grading.test_interruptions::test_killed_at_five_moments",
        "tests.grading.test_interruptions::test_killed_between_two_steps_of_one_submission",
        f"{_WAITING}::test_a_full_disk_is_a_problem_until_there_is_room",
        f"{_WAITING}::test_a_locked_gradebook_is_waited_for",
        f"{_WAITING}::test_a_gradebook_that_stays_locked_is_said_to_be",
    ],
    24: [f"{_WAITING}::test_a_second_grader_says_that_it_waits"],
    25: [
        "tests.grading.test_carrying::test_nothing_is_won_by_looking_for_the_right_helpers",
        "tests.grading.test_carrying::test_no_layer_is_given_what_is_tried_in_it_or_later",
        "tests.sandbox.test_graded_cells::test_the_source_of_a_graded_cell_is_nowhere",
    ],
    26: [
        f"{_HERE}.test_long_inputs::test_four_times_the_text_takes_no_more_than_a_few_times_as_long",
        "tests.sandbox.test_recording::test_a_long_line_is_looked_through_once",
        f"{_PAGES}::test_whatever_is_in_a_notebook_there_is_a_page_and_nobody_waits_for_it",
    ],
    27: [
        "tests.submission.test_caps::test_what_is_too_much_is_refused_in_a_sentence_that_says_what_to_do",
        "tests.sandbox.test_recording::test_there_is_one_budget_for_all_runs",
        f"{_PAGES}::test_a_picture_that_is_shown_many_times_counts_each_time",
    ],
    28: [
        f"{_FORMGRADER}::test_what_students_wrote_runs_nowhere_in_the_formgrader",
        f"{_FORMGRADER}::test_own_files_and_links_to_them_do_nothing_in_the_formgrader",
        "tests.feedback.test_addresses::test_no_picture_is_asked_for_elsewhere",
    ],
    29: [
        f"{_TERMINAL}::test_texts_are_never_markup_and_lines_end_where_we_end_them",
        f"{_TERMINAL}::test_check_shows_each_result_and_goes_on",
        f"{_TERMINAL}::test_grading_and_its_verbs",
    ],
    30: [
        "tests.sandbox.test_concealing::test_nothing_of_the_course_is_seen",
        "tests.sandbox.test_visible::test_a_course_among_libraries_is_concealed",
    ],
    31: [
        f"{_HERE}.test_not_their_own::test_it_is_refused_with_the_reason",
        "tests.importing.test_doubts::test_a_name_that_may_be_two_students_is_given_to_neither",
    ],
    32: [
        "tests.grading.test_hindered::test_only_what_is_a_submission_s_own_doing_counts",
        "tests.grading.test_hindered::test_the_second_time_nothing_runs_beside_it",
        "tests.sandbox.test_kernel_memory::test_what_waits_in_sockets_counts",
        "tests.sandbox.test_shares::test_a_submission_is_one_session_whatever_it_does",
    ],
    33: [
        "tests.nbgrader.test_plain_assignments::test_nothing_of_it_runs_as_the_grader",
        "tests.nbgrader.test_plain_assignments::test_a_declared_assignment_under_another_name_is_refused",
    ],
    34: [
        "tests.grading.test_due_dates::test_any_order_ends_in_the_marks_of_the_plain_one",
        "tests.test_term::test_a_term",
    ],
    35: [f"{_HERE}.test_another_course::test_one_sentence_is_said_and_no_cell_is_called_deleted"],
    36: [
        "tests.grading.test_rearranging::test_the_points_are_those_of_what_was_written",
        "tests.submission.test_reading_mended::test_another_kind_of_file_is_called_by_its_name",
        "tests.submission.test_locating::test_where_nothing_else_lies_any_file_is_told_of",
    ],
}
"""By row, the tests that show it: ``module::function``."""
