"""Everybody's standing, read from the gradebook with a query for each kind of thing.

nbgrader's own classes would take longer to import than a class's pages take to write.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

from autograder.errors import CourseError
from autograder.feedback.standing import Standing
from autograder.nbgrader.whose_gradebook import of_older_nbgrader, refuse_other

Rows = list[tuple[Any, ...]]
_SQLITE = "sqlite:///"
_PATIENCE_SECONDS = 120.0
"""How long another program may keep the gradebook locked."""

_OF_THE_ASSIGNMENT = """
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
WHERE assignment.name = :assignment
"""
_COURSE = "SELECT course_id FROM assignment WHERE name = :assignment"
_POINTS = """
SELECT base_cell.name, graded.max_score FROM base_cell
JOIN (SELECT id, max_score FROM grade_cells UNION ALL SELECT id, max_score FROM task_cells) graded
    ON graded.id = base_cell.id
JOIN notebook ON notebook.id = base_cell.notebook_id
JOIN assignment ON assignment.id = notebook.assignment_id
WHERE assignment.name = :assignment
"""
_SUBMITTED = f"""
SELECT submitted_notebook.id, student_id, late_submission_penalty FROM submitted_notebook
{_OF_THE_ASSIGNMENT}
"""
# As nbgrader's own Grade.score and Comment.comment: what a person gave comes first.
_SCORES = f"""
SELECT submitted_notebook.id, base_cell.name,
    coalesce(coalesce(manual_score, auto_score) + coalesce(extra_credit, 0), 0),
    manual_score IS NOT NULL OR coalesce(extra_credit, 0) <> 0, needs_manual_grade
FROM grade
JOIN base_cell ON base_cell.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
{_OF_THE_ASSIGNMENT}
"""
_COMMENTS = f"""
SELECT submitted_notebook.id, base_cell.name, coalesce(manual_comment, auto_comment)
FROM "comment"
JOIN base_cell ON base_cell.id = "comment".cell_id
JOIN submitted_notebook ON submitted_notebook.id = "comment".notebook_id
{_OF_THE_ASSIGNMENT}
"""
_MAY_BE_LATE = """
SELECT 1 FROM assignment WHERE name = :assignment AND duedate IS NOT NULL
UNION ALL
SELECT 1 FROM submitted_notebook
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
WHERE assignment.name = :assignment AND late_submission_penalty IS NOT NULL
"""


def may_be_late(db_url: str, assignment: str) -> bool:
    """Whether there is a due date in the gradebook, or a penalty; errors as the other's."""
    with _opened(db_url) as ask:
        return bool(ask(_MAY_BE_LATE, assignment))


def read_standings(db_url: str, assignment: str, course_id: str = "") -> dict[str, Standing]:
    """What counts of each student's submission of ``assignment``, by student id.

    Empty if the assignment is not in the gradebook. Raises
    :class:`autograder.errors.CourseError` if the gradebook cannot be read, or if what it has under
    this name is not of the course ``course_id``.
    """
    with _opened(db_url) as ask:
        for (found,) in ask(_COURSE, assignment):
            refuse_other(found, course_id or found, assignment, db_url.rpartition("@")[2])
        points: dict[str, float] = dict(ask(_POINTS, assignment))
        cells: dict[str, dict[str, tuple[float, float]]] = defaultdict(dict)
        by_hand: dict[str, list[str]] = defaultdict(list)
        waiting: dict[str, list[str]] = defaultdict(list)
        for submitted, name, score, given, needed in ask(_SCORES, assignment):
            cells[submitted][name] = (score, points.get(name, 0.0))
            if given:
                by_hand[submitted].append(name)
            if needed:
                waiting[submitted].append(name)
        comments: dict[str, dict[str, str | None]] = defaultdict(dict)
        for submitted, name, comment in ask(_COMMENTS, assignment):
            comments[submitted][name] = comment
        return {
            student: Standing(
                sum(score for score, _ in cells[submitted].values()),
                sum(points.values()),
                late or 0.0,
                cells[submitted],
                comments[submitted],
                tuple(sorted(by_hand[submitted])),
                tuple(sorted(waiting[submitted])),
            )
            for submitted, student, late in ask(_SUBMITTED, assignment)
        }


@contextlib.contextmanager
def _opened(db_url: str) -> Iterator[Callable[[str, str], Rows]]:
    """What answers a query about an assignment, from the database at ``db_url``."""
    if db_url.startswith(_SQLITE) and "?" not in db_url:
        with _sqlite(db_url.removeprefix(_SQLITE)) as ask:
            yield ask
        return
    from sqlalchemy import create_engine, text

    from autograder.nbgrader.database import patiently

    engine = create_engine(db_url)
    try:
        with patiently(engine.connect, db_url) as connection:

            def ask(query: str, assignment: str) -> Rows:
                asked = text(query), {"assignment": assignment}
                found: Rows = patiently(lambda: connection.execute(*asked).all(), db_url)
                return found

            yield ask
    finally:
        engine.dispose()


@contextlib.contextmanager
def _sqlite(path: str) -> Iterator[Callable[[str, str], Rows]]:
    try:
        connection = sqlite3.connect(
            f"file:{quote(path)}?mode=ro", uri=True, timeout=_PATIENCE_SECONDS
        )
        with contextlib.closing(connection):
            yield lambda query, name: connection.execute(query, {"assignment": name}).fetchall()
    except sqlite3.Error as error:
        if "no such column" in str(error):
            missing = str(error).rpartition(" ")[2]
            raise CourseError(of_older_nbgrader(path, missing)) from None
        raise CourseError(
            f"The gradebook {path} cannot be read: {error}. If another program uses it, close it; "
            "if it is gone or damaged, put it back from a backup, or grade again with --force."
        ) from None
