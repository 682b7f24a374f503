"""What the grader says: verdicts on cases, results of exercises, of notebooks.

Plain values, with their JSON form. Nothing here decides anything; :mod:`autograder.judge` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

NOT_THERE = "is not there: an earlier cell, which would define it"
"""What a note says, by which to know it, that tells why a name was not defined."""


class Verdict(StrEnum):
    """What is said of one case."""

    PASSED = "passed"
    DIFFERS = "differs"
    WRONG_SHAPE = "wrong shape"
    WRONG_TYPE = "wrong type"
    RAISED = "raised"
    TIMED_OUT = "timed out"
    INPUT_CHANGED = "input changed"
    COPIED = "copied"
    LOOPS = "loops"
    NOT_ATTEMPTED = "not attempted"
    MISSING = "missing"


class Status(StrEnum):
    """What is said of one exercise."""

    PASSED = "passed"
    PARTLY = "partly"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    NOT_ATTEMPTED = "not_attempted"


@dataclass(frozen=True)
class CaseResult:
    """The verdict on one case.

    ``message`` may be shown to the student: for a hidden case it holds no expected number.
    ``details`` adds the numbers, for the instructor. ``mistake`` is the id of a known mistake, if
    the result is exactly that mistake's.
    """

    name: str
    verdict: Verdict
    points: float
    max_points: float
    public: bool
    message: str = ""
    details: str = ""
    mistake: str | None = None


@dataclass(frozen=True)
class ExerciseResult:
    """The cases of one exercise, and the score that follows: a float in [0, max_score]."""

    name: str
    max_score: float
    cases: tuple[CaseResult, ...]
    notes: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The sum of the passed cases' points."""
        total = float(sum(case.points for case in self.cases))
        return min(max(total, 0.0), float(self.max_score))

    @property
    def status(self) -> Status:
        """One word for the exercise; a time-out and a missing answer show even beside points."""
        verdicts = {case.verdict for case in self.cases}
        if verdicts == {Verdict.PASSED}:
            return Status.PASSED
        if verdicts <= {Verdict.NOT_ATTEMPTED, Verdict.MISSING}:
            return Status.NOT_ATTEMPTED
        if Verdict.TIMED_OUT in verdicts:
            return Status.TIMED_OUT
        return Status.PARTLY if Verdict.PASSED in verdicts else Status.FAILED


class Attention(StrEnum):
    """Why a person should look at a submission."""

    UNREADABLE = "unreadable"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    TAMPERED = "tampered with"
    UNCOUNTED = "lines not counted"
    MISSING_PACKAGE = "missing package"
    ANOTHER_NOTEBOOK = "another notebook"
    NOT_ATTEMPTED = "not attempted"


@dataclass(frozen=True)
class NotebookResult:
    """All exercises of one submitted notebook, by name, in the order of the assignment.

    ``notes`` tell what had to be repaired or restored before the notebook could be graded, each in
    its first line, with details in those below; ``attention`` says why a person should look at it,
    if one should.
    """

    notebook: str
    assignment: str
    exercises: Mapping[str, ExerciseResult]
    notes: tuple[str, ...] = field(default=())
    attention: tuple[Attention, ...] = field(default=())

    @property
    def score(self) -> float:
        """The sum of the exercises' scores."""
        return float(sum(result.score for result in self.exercises.values()))

    @property
    def max_score(self) -> float:
        """The most that the notebook could score."""
        return float(sum(result.max_score for result in self.exercises.values()))

    def to_json(self) -> dict[str, Any]:
        """The JSON form that ``autograder check --json`` prints."""
        return {
            "notebook": self.notebook,
            "assignment": self.assignment,
            "score": self.score,
            "max_score": self.max_score,
            "notes": list(self.notes),
            "attention": [reason.value for reason in self.attention],
            "exercises": {name: _exercise_json(result) for name, result in self.exercises.items()},
        }


def _exercise_json(result: ExerciseResult) -> dict[str, Any]:
    return {
        "score": result.score,
        "max_score": float(result.max_score),
        "status": result.status.value,
        "notes": list(result.notes),
        "cases": [
            {
                "name": case.name,
                "verdict": case.verdict.value,
                "mistake": case.mistake,
                "message": case.message,
            }
            for case in result.cases
        ],
    }
