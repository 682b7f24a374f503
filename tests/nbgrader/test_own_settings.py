"""A setting that is misspelt, or of a wrong kind, is a sentence before anything runs."""

from __future__ import annotations

import pytest

from autograder.course import CONFIG, Course
from autograder.errors import CourseError
from autograder.exercises import assignments
from autograder.grading.settings import configured_limits
from autograder.nbgrader.configuration import course_directory, load_config
from tests.submissions import ASSIGNMENT


def course(folder, *lines):
    (folder / CONFIG).write_text("\n".join(["c = get_config()", *lines]))
    return Course(folder)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("c.ExecuteSubmission.cell_seconds = '30'", "cell_seconds is '30' .* a number above 0"),
        ("c.ExecuteSubmission.notebook_seconds = -1", "must be a number above 0"),
        ("c.ExecuteSubmission.cell_seconds = float('nan')", "must be a number above 0"),
        ("c.ExecuteSubmission.processes = True", "a whole number above 0"),
        ("c.ExecuteSubmission.memory_bytes = 1.5", "a whole number above 0"),
        ("c.ExecuteSubmission.output_bytes = None", "a whole number above 0"),
        ("c.ExecuteSubmission.figures = 'no'", "must be a boolean"),
        ("c.ExecuteSubmission.cell_second = 5", "did you mean cell_seconds"),
        ("c.ExecuteSubmission.wholly_unknown_thing = 5", "is no setting: there are .*processes"),
        ("c.ExecuteSubmision.cell_seconds = 5", "did you mean c.ExecuteSubmission"),
        ("c.executesubmission.cell_seconds = 5", "did you mean c.ExecuteSubmission"),
        ("c.PercentPerDays.percent_per_day = 5", "did you mean c.PercentPerDay"),
        ("c.PercentPerDay.percents_per_day = 5", "did you mean percent_per_day"),
        ("c.LimitOutput.max_lines = 'all'", "max_lines is 'all' .* an int"),
        ("c.Autograde.exclude_overwriting = ['a.py']", "exclude_overwriting is .* a dict"),
        ("c.CourseDirectory.submitted_directory = 7", "a wrong kind"),
        ("c.CourseDirectory.groupshared = 'yes'", "a wrong kind"),
        ("c.CourseDirectory.directory_structure = '{student_id}'", "{nbgrader_step}, {assignment"),
        (
            "c.CourseDirectory.directory_structure = "
            "'{nbgrader_step}/{student_id}/{assignment_id}/{notebook}'",
            "'notebook' is nothing that it may name",
        ),
        ("c.CourseDirectory.autograded_directory = 'submitted/'", "would be lost"),
        ("c.CourseDirectory.release_directory = './notebooks'", "source_directory and .* both"),
    ],
)
def test_it_is_said(tmp_path, line, words):
    with pytest.raises(CourseError, match=words.replace("{", r"\{")) as raised:
        course_directory(course(tmp_path, line))
    assert CONFIG in str(raised.value)


@pytest.mark.parametrize(
    "line",
    [
        "c.ExecuteSubmission.timeout = 60",  # nbgrader's own, which ours has, too
        "c.ExecuteSolution.timeout = 60",
        "c.Execute.timeout = 60",
        "c.PercentPerDay.percent_per_day = 5",
        "c.LimitOutput.max_lines = -1",
        "c.Autograde.exclude_overwriting = {'a': ['b.py']}",
        "c.CourseDirectory.ignore.append('*.o')",
        "c.MyOwnPlugin.anything = 'goes'",
    ],
)
def test_what_is_right_or_not_ours_is_left(tmp_path, line):
    course_directory(course(tmp_path, line))


def test_what_is_set_counts(tmp_path):
    """Also a number of bytes as physicists write it."""
    own = course(
        tmp_path, "c.ExecuteSubmission.cell_seconds = 7", "c.ExecuteSubmission.memory_bytes = 3e9"
    )
    limits = configured_limits(load_config(own), assignments()[ASSIGNMENT])
    assert (limits.cell, limits.memory) == (7.0, 3_000_000_000)
    assert isinstance(limits.memory, int)


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("sqlite:///gradebook.db", "sqlite:///{root}/gradebook.db"),
        ("sqlite:///db/marks.db?timeout=5", "sqlite:///{root}/db/marks.db?timeout=5"),
        ("sqlite:////srv/marks.db", "sqlite:////srv/marks.db"),
        ("sqlite://", "sqlite://"),
        ("postgresql://host/marks", "postgresql://host/marks"),
    ],
)
def test_a_gradebook_lies_in_the_course_wherever_the_command_is_typed(
    tmp_path, monkeypatch, named, meant
):
    """One in the current folder would be a second one."""
    monkeypatch.chdir("/")
    own = course(tmp_path, f"c.CourseDirectory.db_url = {named!r}")
    assert course_directory(own).db_url == meant.format(root=tmp_path)
