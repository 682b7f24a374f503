"""What a page says counts is what nbgrader says counts, whoever gave it."""

from __future__ import annotations

import sqlite3
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook

from autograder.errors import CourseError
from autograder.feedback.standings import read_standings
from tests.grading.classes import class_of, database
from tests.submissions import ASSIGNMENT, EXERCISES

STUDENTS = ("ada", "ben <b>", "zoë")
POINTS = st.none() | st.floats(0, 30).map(lambda points: round(points, 3))
WORDS = st.none() | st.sampled_from(["", "Nearly.", "No response.", "100 % ☺"])
GIVEN = st.fixed_dictionaries(
    {"auto_score": POINTS, "manual_score": POINTS, "extra_credit": POINTS}
)
SAID = st.fixed_dictionaries({"auto_comment": WORDS, "manual_comment": WORDS})


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course whose gradebook knows three students, and another assignment with the same cells."""
    course = class_of(tmp_path_factory.mktemp("standings") / "course", {})
    with Gradebook(database(course)) as gradebook:
        gradebook.add_assignment("another")
        gradebook.add_notebook("another", "another")
        about = {"max_score": 50, "cell_type": "code"}
        gradebook.add_grade_cell("zero_pad_test", "another", "another", **about)
        for student in STUDENTS:
            gradebook.add_student(student)
            gradebook.add_submission(ASSIGNMENT, student)
            gradebook.add_submission("another", student)
        gradebook.find_grade("zero_pad_test", "another", "another", "ada").auto_score = 50
        gradebook.db.commit()
    return course


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(st.tuples(st.sampled_from(STUDENTS), st.sampled_from(EXERCISES)), GIVEN),
    st.dictionaries(st.tuples(st.sampled_from(STUDENTS), st.sampled_from(EXERCISES)), SAID),
    st.dictionaries(st.sampled_from(STUDENTS), st.floats(0, 20)),
)
def test_it_is_what_nbgrader_s_own_classes_say(course, grades, comments, late):
    url = database(course)
    with Gradebook(url) as gradebook:
        for (student, exercise), given in grades.items():
            grade = gradebook.find_grade(f"{exercise}_test", ASSIGNMENT, ASSIGNMENT, student)
            vars_of(grade, given)
        for (student, exercise), said in comments.items():
            comment = gradebook.find_comment(exercise, ASSIGNMENT, ASSIGNMENT, student)
            vars_of(comment, said)
        for student, penalty in late.items():
            submission = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
            submission.late_submission_penalty = penalty
        gradebook.db.commit()
    found = read_standings(url, ASSIGNMENT)
    assert found == read_standings(f"{url}?timeout=5", ASSIGNMENT)  # by way of SQLAlchemy
    assert sorted(found) == sorted(STUDENTS)
    with Gradebook(url) as gradebook:
        for student, standing in found.items():
            notebook = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
            assert standing.score == pytest.approx(notebook.score)
            assert standing.max_score == notebook.max_score == 100
            assert standing.late_penalty == (notebook.late_submission_penalty or 0)
            assert standing.cells == {
                grade.name: (grade.score, grade.max_score) for grade in notebook.grades
            }
            assert standing.comments == {each.name: each.comment for each in notebook.comments}


def vars_of(row, values) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def test_an_assignment_that_is_not_in_it_has_none(course):
    assert read_standings(database(course), "unknown") == {}


@pytest.mark.parametrize("content", [None, b"", b"no database " * 100])
@pytest.mark.parametrize("options", ["", "?timeout=1"])
def test_a_gradebook_that_is_none_is_said_so(tmp_path, content, options):
    path = tmp_path / "gradebook.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CourseError, match=r"gradebook\.db"):
        read_standings(f"sqlite:///{path}{options}", ASSIGNMENT)
    assert options or path.exists() == (content is not None)


def test_it_waits_for_who_has_the_gradebook_locked(course):
    path = course.root / "gradebook.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    later = threading.Timer(0.5, other.execute, ["ROLLBACK"])
    later.start()
    try:
        assert read_standings(database(course), ASSIGNMENT)
    finally:
        later.join()
        other.close()
