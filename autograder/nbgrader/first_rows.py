"""The rows of a student's first submission, inserted as they are.

nbgrader's objects ask the database about whatever is there already; the first time, nothing is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbgrader.api import Comment, Grade, Student, SubmittedAssignment, SubmittedNotebook, new_uuid
from sqlalchemy import Connection, Table, select

_STUDENT, _SUBMISSION, _NOTEBOOK, _GRADE, _COMMENT = (
    table.__table__ for table in (Student, SubmittedAssignment, SubmittedNotebook, Grade, Comment)
)


@dataclass(frozen=True)
class FirstRows:
    """What there is to insert; ``scores`` and ``comments`` are by the id of their cell."""

    student: str
    timestamp: Any
    assignment_id: str
    notebook_id: str
    scores: Mapping[str, float | None]
    comments: Mapping[str, str | None]

    def insert(self, connection: Connection) -> None:
        """Insert them all, the student too if need be.

        Raises SQLAlchemy's IntegrityError if another program has entered the submission since.
        """
        if connection.scalar(select(_STUDENT.c.id).where(_STUDENT.c.id == self.student)) is None:
            _insert(connection, _STUDENT, {"id": self.student})
        submission, notebook = new_uuid(), new_uuid()
        _insert(
            connection,
            _SUBMISSION,
            {
                "id": submission,
                "assignment_id": self.assignment_id,
                "student_id": self.student,
                "timestamp": self.timestamp,
            },
        )
        _insert(
            connection,
            _NOTEBOOK,
            {"id": notebook, "notebook_id": self.notebook_id, "assignment_id": submission},
        )
        grades = [
            {
                "notebook_id": notebook,
                "cell_id": cell_id,
                "auto_score": score,
                "needs_manual_grade": score is None,
            }
            for cell_id, score in self.scores.items()
        ]
        comments = [
            {"notebook_id": notebook, "cell_id": cell_id, "auto_comment": words}
            for cell_id, words in self.comments.items()
        ]
        _insert(connection, _GRADE, *grades)
        _insert(connection, _COMMENT, *comments)


def _insert(connection: Connection, table: Table, *rows: Mapping[str, Any]) -> None:
    if rows:
        connection.execute(table.insert(), rows)
