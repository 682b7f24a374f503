"""What real submissions do to a grader, by the row of the list of hazards that a test is for.

Rows 1-3: test_cheating · 4, 17, 18: test_odd_results · 5, 22: test_damaged_files · 7, 8:
test_changed_cells · 6, 20, 21: tests/nbgrader/test_commands · 21: tests/grading/test_whole_class.
"""
