"""What `autograder grade` writes to the gradebook is what `nbgrader autograde` writes."""

from __future__ import annotations

import os
import sqlite3
import subprocess

import pytest
from nbgrader.api import Gradebook

from autograder.feedback.standing import Standing
from autograder.grading.settings import Settings
from autograder.nbgrader import first_rows
from autograder.nbgrader.gradebook import GradebookWriter
from tests.grading.classes import class_of, database, grade, scores
from tests.jupyter_servers import BIN
from tests.submissions import ASSIGNMENT, solved, untouched

DUE = "2026-03-01 12:00:00 UTC"
LATE = "c.AssignLatePenalties.plugin_class = 'nbgrader.plugins.LateSubmissionPlugin'"
ZERO_IF_LATE = "c.LateSubmissionPlugin.penalty_method = 'zero'"
CLASS = {
    "late": solved(),
    "right": solved(),
    "untouched": untouched(),
    "wrong": solved(zero_pad="def zero_pad(X, pad):\n    return X"),
}


@pytest.fixture
def course(tmp_path):
    course = class_of(tmp_path / "course", CLASS, LATE, ZERO_IF_LATE)
    with Gradebook(database(course)) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=DUE)
    hand_in_at(course, "late", "2026-03-02 12:00:00 UTC")
    hand_in_at(course, "right", "2026-02-28 12:00:00 UTC")
    return course


def hand_in_at(course, student: str, when: str) -> None:
    (course.root / "submitted" / student / ASSIGNMENT / "timestamp.txt").write_text(when)


QUERIES = {
    "students": "SELECT id, first_name, last_name, email, lms_user_id FROM student ORDER BY id",
    "submissions": "SELECT student_id, timestamp, extension FROM submitted_assignment ORDER BY 1",
    "notebooks": (
        "SELECT student_id, late_submission_penalty FROM submitted_notebook "
        "JOIN submitted_assignment a ON a.id = submitted_notebook.assignment_id ORDER BY 1"
    ),
    "grades": (
        "SELECT student_id, name, grade_cells.cell_type, auto_score, manual_score, extra_credit, "
        "needs_manual_grade FROM grade JOIN base_cell ON base_cell.id = cell_id "
        "JOIN grade_cells ON grade_cells.id = cell_id "
        "JOIN submitted_notebook n ON n.id = grade.notebook_id "
        "JOIN submitted_assignment a ON a.id = n.assignment_id ORDER BY 1, 2"
    ),
    "comments": (
        "SELECT student_id, name, auto_comment, manual_comment FROM comment "
        "JOIN base_cell ON base_cell.id = cell_id "
        "JOIN submitted_notebook n ON n.id = comment.notebook_id "
        "JOIN submitted_assignment a ON a.id = n.assignment_id ORDER BY 1, 2"
    ),
}


def rows(course) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(course.root / "gradebook.db") as connection:
        return {what: connection.execute(query).fetchall() for what, query in QUERIES.items()}


def test_the_rows_are_the_same(course, tmp_path):
    ours = grade(course)
    found = rows(course)
    (course.root / "gradebook.db").unlink()
    other = class_of(tmp_path / "other", CLASS, LATE, ZERO_IF_LATE)
    with Gradebook(database(other)) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate=DUE)
    hand_in_at(other, "late", "2026-03-02 12:00:00 UTC")
    hand_in_at(other, "right", "2026-02-28 12:00:00 UTC")
    subprocess.run(
        [str(BIN / "nbgrader"), "autograde", ASSIGNMENT],
        cwd=other.root,
        env=os.environ,
        check=True,
        capture_output=True,
    )
    expected = rows(other)
    assert found == expected
    assert len(found["grades"]) == 8 * len(CLASS)
    assert [row[0] for row in found["notebooks"] if row[1]] == ["late"]
    assert scores(ours) == {"late": 100, "right": 100, "untouched": 0, "wrong": 95.5}


def test_what_a_person_gave_stays(course):
    """A manual score, a comment, extra credit and an extension outlive a second grading."""
    grade(course)
    with Gradebook(database(course)) as gradebook:
        given = gradebook.find_grade("zero_pad_test", ASSIGNMENT, ASSIGNMENT, "wrong")
        given.manual_score, given.extra_credit = 7.0, 1.0
        comment = gradebook.find_comment("zero_pad", ASSIGNMENT, ASSIGNMENT, "wrong")
        comment.manual_comment = "Nearly."
        gradebook.db.commit()
        gradebook.grant_extension(ASSIGNMENT, "late", hours=48)
    grade(course, Settings(feedback=False, force=True))
    with Gradebook(database(course)) as gradebook:
        given = gradebook.find_grade("zero_pad_test", ASSIGNMENT, ASSIGNMENT, "wrong")
        assert (given.auto_score, given.manual_score, given.extra_credit) == (0.5, 7, 1)
        assert given.needs_manual_grade
        comment = gradebook.find_comment("zero_pad", ASSIGNMENT, ASSIGNMENT, "wrong")
        assert comment.manual_comment == "Nearly."
        late = gradebook.find_submission(ASSIGNMENT, "late")
        assert late.late_submission_penalty == 0
        assert late.score == 100


def test_a_student_whom_another_program_entered_meanwhile(course, monkeypatch):
    """Somebody opens the student's page in the formgrader between the opening and the saving."""
    real = GradebookWriter.save

    def saves_later(writer, student, *rest, **options) -> Standing:
        assert student not in writer.students
        with Gradebook(database(course)) as gradebook:
            gradebook.add_student(student, first_name="Entered by hand")
            gradebook.add_submission(ASSIGNMENT, student)
        return real(writer, student, *rest, **options)

    monkeypatch.setattr(GradebookWriter, "save", saves_later)
    ours = grade(course)
    assert scores(ours) == {"late": 100, "right": 100, "untouched": 0, "wrong": 95.5}
    assert [row[:2] for row in rows(course)["students"]] == [
        (student, "Entered by hand") for student in sorted(CLASS)
    ]
    assert len(rows(course)["submissions"]) == len(CLASS)


def test_a_submission_is_saved_whole_or_not_at_all(course, monkeypatch):
    grade(course)
    before = rows(course)
    real = GradebookWriter._standing

    def fails(writer, submitted) -> Standing:
        real(writer, submitted)
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(GradebookWriter, "_standing", fails)
    again = grade(course, Settings(feedback=False, force=True))
    assert all("the power is gone" in each.problem for each in again.values())
    assert rows(course) == before


def test_a_first_submission_is_saved_whole_or_not_at_all(course, monkeypatch):
    real = first_rows._insert

    def fails(connection, table, *rows) -> None:
        real(connection, table, *rows)
        if table.name == "grade":
            raise RuntimeError("the power is gone")

    monkeypatch.setattr(first_rows, "_insert", fails)
    before = rows(course)
    ours = grade(course)
    problems = {student: each.problem for student, each in ours.items()}
    assert "late" in problems  # whose submission is not the simple case
    assert not problems.pop("late")
    assert problems
    assert all("the power is gone" in problem for problem in problems.values())
    after = rows(course)
    assert {row[0] for row in after["submissions"]} == {"late"}
    assert not before["submissions"]
