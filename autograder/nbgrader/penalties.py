"""Everybody's late penalty: what the gradebook says it is, and what it is today.

A due date may be set, moved or extended at any time, and points be given by hand. So penalties are
computed anew whenever scores are shown or stored, from the gradebook alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader.api import Assignment, Grade, Gradebook, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import func, select, update
from traitlets.config import Config

from autograder.errors import CourseError
from autograder.nbgrader.database import patiently
from autograder.nbgrader.late_rule import LateRule

Times = Mapping[str, datetime | None]
"""When each student's submission was handed in, where it is known better than by the gradebook."""
NO_TIMES: Times = {}


@dataclass(frozen=True)
class Penalty:
    """A submitted notebook's penalty ``before`` and ``after`` it is computed anew, in points.

    ``late`` is what the gradebook is to say: None for no penalty. A ``problem`` kept it from being
    computed, and it stays.
    """

    student: str
    notebook: str
    before: float | None
    late: float | None
    problem: str = ""

    @property
    def after(self) -> float:
        """The points that lateness costs."""
        return self.late or 0.0

    @property
    def changes(self) -> bool:
        """Whether other points are to be subtracted."""
        return self.after != (self.before or 0.0)


def penalties_today(
    gradebook: Gradebook, assignment: str, rule: LateRule, times: Times = NO_TIMES
) -> list[Penalty]:
    """What everybody's penalty is today; nothing is written."""
    session = gradebook.db
    rows = session.execute(_submitted(assignment)).all()
    may_be_late = any(row.duedate and _when(row, times) for row in rows)
    scores = dict(session.execute(_scores(assignment)).all()) if may_be_late else {}
    session.rollback()  # nothing was changed, and nobody is to wait for a reader
    return [_penalty(row, rule, times, scores) for row in rows]


def renew_penalties(
    gradebook: Gradebook, assignment: str, rule: LateRule, times: Times = NO_TIMES
) -> list[Penalty]:
    """Let the gradebook say what everybody's penalty is today, and ``times`` that it does not know.

    Returns the penalties that have changed, and those with a problem.
    """
    session, db_url = gradebook.db, str(gradebook.engine.url)

    def renew() -> list[Penalty]:
        today = penalties_today(gradebook, assignment, rule, times)
        changed = [each for each in today if each.changes]
        for each in changed:
            wanted = SubmittedNotebook.id == each.notebook
            session.execute(
                update(SubmittedNotebook).where(wanted).values(late_submission_penalty=each.late)
            )
        if times:
            _set_times(session, assignment, times)
        session.commit()
        session.expire_all()
        return [each for each in today if each.changes or each.problem]

    renewed: list[Penalty] = patiently(renew, db_url, session.rollback)
    return renewed


def renew_or_refuse(gradebook: Gradebook, assignment: str, config: Config) -> None:
    """The same by the rule in ``config``; :class:`CourseError` if a penalty cannot be computed."""
    for each in renew_penalties(gradebook, assignment, LateRule(config, gradebook, assignment)):
        if each.problem:
            raise CourseError(each.problem)


def _set_times(session: Any, assignment: str, times: Times) -> None:
    known = dict(
        session.execute(
            select(SubmittedAssignment.student_id, SubmittedAssignment.timestamp)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
            .where(Assignment.name == assignment)
        ).all()
    )
    for student, when in times.items():
        if when is not None and student in known and known[student] != when:
            of_name = select(Assignment.id).where(Assignment.name == assignment)
            session.execute(
                update(SubmittedAssignment)
                .where(SubmittedAssignment.student_id == student)
                .where(SubmittedAssignment.assignment_id.in_(of_name))
                .values(timestamp=when)
                .execution_options(synchronize_session=False)
            )


def _when(row: Any, times: Times) -> datetime | None:
    return times.get(row.student_id) or row.timestamp


def _penalty(row: Any, rule: LateRule, times: Times, scores: Mapping[str, float]) -> Penalty:
    due = rule.due(row.duedate, row.extension)
    score = scores.get(row.notebook, 0.0)
    try:
        late = rule.penalty(row.student_id, score, due, _when(row, times))
    except CourseError as error:
        return Penalty(row.student_id, row.notebook, row.penalty, row.penalty, str(error))
    return Penalty(row.student_id, row.notebook, row.penalty, late)


def _submitted(assignment: str) -> Any:
    return (
        select(
            SubmittedAssignment.student_id,
            SubmittedAssignment.timestamp,
            SubmittedAssignment.extension,
            Assignment.duedate,
            SubmittedNotebook.id.label("notebook"),
            SubmittedNotebook.late_submission_penalty.label("penalty"),
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == assignment)
        .order_by(SubmittedAssignment.student_id)
    )


def _scores(assignment: str) -> Any:
    """The sum of the scores of every submitted notebook, as nbgrader counts them."""
    return (
        select(SubmittedNotebook.id, func.sum(Grade.score))
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == assignment)
        .group_by(SubmittedNotebook.id)
    )
