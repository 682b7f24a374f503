"""What is exported: plain values, one for each submission of an assignment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class StudentGrades:
    """One student's submission.

    ``scores`` are by grade cell, with manual scores and extra credit; None is not graded yet.
    ``penalty`` is what lateness costs, in points; ``timestamp`` is in UTC. ``lms_id`` is the LMS's
    own number of the student, empty if nobody knows it.
    """

    student: str
    scores: Mapping[str, float | None]
    penalty: float = 0.0
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    timestamp: datetime | None = None
    attention: tuple[str, ...] = ()

    @property
    def score(self) -> float | None:
        """The sum of the scores; None if nothing is graded, which is no zero."""
        known = [score for score in self.scores.values() if score is not None]
        return sum(known) if known else None

    @property
    def total(self) -> float | None:
        """The score after the late penalty, never below zero."""
        score = self.score
        return None if score is None else max(score - self.penalty, 0.0)

    @property
    def full_name(self) -> str:
        """First name, then last name; the student's id if neither is known."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or self.student

    @property
    def sortable_name(self) -> str:
        """As Canvas writes it: last name, comma, first name."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part) or self.student


@dataclass(frozen=True)
class AssignmentGrades:
    """All submissions of one assignment, and the most points of each of its grade cells.

    ``due`` is its due date in UTC.
    """

    assignment: str
    max_scores: Mapping[str, float]
    students: tuple[StudentGrades, ...] = field(default=())
    due: datetime | None = None

    @property
    def may_be_late(self) -> bool:
        """Whether somebody may be, or has been, late."""
        return self.due is not None or any(each.penalty for each in self.students)

    @property
    def max_score(self) -> float:
        """The most that a submission can score, but for extra credit."""
        return float(sum(self.max_scores.values()))
