"""Read an assignment's grades from nbgrader's gradebook: three queries, however large the class."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import func, select

from autograder.errors import CourseError
from autograder.export.grades import AssignmentGrades, StudentGrades

NO_NAMES: Mapping[str, str] = {}
NEEDS_PERSON = "needs manual grading"
"""The reason that is the gradebook's own, beside the judge's."""


def read_grades(
    gradebook: Gradebook,
    assignment: str,
    students: Collection[str] = (),
    exercises: Mapping[str, str] = NO_NAMES,
) -> AssignmentGrades:
    """The grades of ``students``, or of all who handed ``assignment`` in, by student id.

    ``exercises`` are the names to show of grade cells, in order; others come after them, under
    their own. Raises :class:`CourseError` if the assignment is not in the gradebook or a student
    has no submission.
    """
    session = gradebook.db
    assignment_id, due = _assignment(session, assignment)
    max_scores = _max_scores(session, assignment_id, exercises)
    scores = _scores(session, assignment_id)
    found = []
    for row in session.execute(_submissions(assignment_id)):
        if not students or row.student in students:
            found.append(_student(row, scores.get(row.submission, {}), max_scores, exercises))
    if missing := set(students) - {each.student for each in found}:
        raise CourseError(
            f"The gradebook has no submission of {assignment} from {', '.join(sorted(missing))}. "
            "Check the spelling, or grade it first."
        )
    shown = {exercises.get(cell, cell): points for cell, points in max_scores.items()}
    return AssignmentGrades(assignment, shown, tuple(found), due)


def _assignment(session: Any, assignment: str) -> tuple[str, datetime | None]:
    """Its id and its due date."""
    wanted = select(Assignment.name, Assignment.id, Assignment.duedate)
    known = {name: (str(id), due) for name, id, due in session.execute(wanted)}
    if assignment not in known:
        raise CourseError(
            f"The gradebook has no assignment {assignment!r}. "
            f"It has: {', '.join(sorted(known)) or 'none'}. Grade it first."
        )
    return known[assignment]


def _max_scores(session: Any, assignment_id: str, order: Iterable[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for kind in (GradeCell, TaskCell):
        wanted = (
            select(kind.name, kind.max_score)
            .join(Notebook, Notebook.id == kind.notebook_id)
            .where(Notebook.assignment_id == assignment_id)
        )
        for name, points in session.execute(wanted):
            found[name] = found.get(name, 0.0) + points
    place = {name: number for number, name in enumerate(order)}
    return {name: found[name] for name in sorted(found, key=lambda n: place.get(n, len(place)))}


def _submissions(assignment_id: str) -> Any:
    return (
        select(
            SubmittedAssignment.id.label("submission"),
            SubmittedAssignment.timestamp,
            Student.id.label("student"),
            Student.first_name,
            Student.last_name,
            Student.email,
            Student.lms_user_id,
            func.coalesce(func.sum(SubmittedNotebook.late_submission_penalty), 0.0).label("late"),
        )
        .join(Student, Student.id == SubmittedAssignment.student_id)
        .outerjoin(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .where(SubmittedAssignment.assignment_id == assignment_id)
        .group_by(SubmittedAssignment.id, Student.id)
        .order_by(Student.id)
    )


def _scores(session: Any, assignment_id: str) -> dict[str, dict[str, tuple[float | None, bool]]]:
    """By submission and grade cell: the score, if there is one, and whether a person must look."""
    wanted = (
        select(
            SubmittedAssignment.id,
            BaseCell.name,
            Grade.score,
            Grade.auto_score,
            Grade.manual_score,
            Grade.needs_manual_grade,
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(BaseCell, BaseCell.id == Grade.cell_id)
        .where(SubmittedAssignment.assignment_id == assignment_id)
    )
    found: dict[str, dict[str, tuple[float | None, bool]]] = {}
    for submission, name, score, auto, manual, needs_person in session.execute(wanted):
        cells = found.setdefault(submission, {})
        before, before_needs = cells.get(name, (None, False))
        own = None if auto is None and manual is None else score + (before or 0.0)
        cells[name] = (before if own is None else own, before_needs or needs_person)
    return found


def _student(
    row: Any,
    cells: Mapping[str, tuple[float | None, bool]],
    names: Iterable[str],
    shown: Mapping[str, str],
) -> StudentGrades:
    scores = {shown.get(name, name): cells.get(name, (None, True))[0] for name in names}
    needs_person = any(cells.get(name, (None, True))[1] for name in names)
    return StudentGrades(
        student=row.student,
        scores=scores,
        penalty=float(row.late),
        first_name=row.first_name or "",
        last_name=row.last_name or "",
        email=row.email or "",
        lms_id=row.lms_user_id or "",
        timestamp=row.timestamp,
        attention=(NEEDS_PERSON,) if needs_person else (),
    )
