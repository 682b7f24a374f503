"""What is said of assignments that are not there, or not under their own names."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder import grade_notebook
from autograder.course import CONFIG, Course
from autograder.errors import CourseError
from tests.submissions import ASSIGNMENT, REPOSITORY, save, untouched


@pytest.fixture
def course(tmp_path) -> Course:
    """A course with no assignment but a renamed one and one of the instructor's own."""
    (tmp_path / CONFIG).write_bytes((REPOSITORY.root / CONFIG).read_bytes())
    source = REPOSITORY.source_notebook(REPOSITORY.assignment(ASSIGNMENT))
    save(source, tmp_path / "notebooks" / "hw1" / "hw1.ipynb")
    own = new_notebook(cells=[new_code_cell("x = 1")])
    save(own, tmp_path / "notebooks" / "warm_up" / "warm_up.ipynb")
    return Course(tmp_path)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hw1", f"hw1/hw1.ipynb is the assignment {ASSIGNMENT} under another name"),
        ("warm_up", "`nbgrader autograde warm_up` grades it"),
        ("hw2", "There are: none."),
    ],
)
def test_an_undeclared_assignment_is_none_with_a_hint(course, name, words):
    with pytest.raises(CourseError, match=f"There is no assignment '{name}'") as raised:
        course.assignment(name)
    assert words in str(raised.value)


def test_a_notebook_of_a_renamed_one_is_no_assignment_with_a_hint(course):
    path = save(untouched(), course.root / "homework.ipynb")
    with pytest.raises(CourseError, match="cannot be told which assignment") as raised:
        grade_notebook(path, course=course)
    assert f"is the assignment {ASSIGNMENT} under another name" in str(raised.value)
