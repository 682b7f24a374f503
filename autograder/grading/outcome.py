"""What became of one submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.exercises import Assignment
from autograder.feedback.standing import Standing
from autograder.grading.storing import read_judged
from autograder.verdicts import Attention

_ODD = (Attention.ANOTHER_NOTEBOOK, Attention.MISSING_PACKAGE)
"""Reasons to look at a notebook that its verdicts do not show."""


@dataclass(frozen=True)
class Counts:
    """What counts of a submission, by the gradebook: points by hand and the late penalty included.

    ``by_hand`` says in words what a person has given, or is asked for.
    """

    score: float
    max_score: float
    late_penalty: float = 0.0
    by_hand: str = ""

    @classmethod
    def of(cls, standing: Standing) -> Counts:
        """In short what ``standing`` says; a class may be large."""
        given = (
            "{} {:g}/{:g} by hand".format(_shown(cell), *standing.cells[cell])
            for cell in standing.by_hand
        )
        asked = (f"{_shown(cell)} is for a person to grade" for cell in standing.waiting)
        words = ", ".join((*given, *asked))
        return cls(standing.total, standing.max_score, standing.late_penalty, words)


def _shown(cell: str) -> str:
    """A graded cell by the exercise that it grades."""
    return cell.removesuffix("_test")


@dataclass(frozen=True)
class Graded:
    """One student's outcome: a score, or the ``problem`` that kept it from being graded.

    ``score`` is the judge's, ``counts`` is what the gradebook makes of it. ``skipped`` tells that
    the submission was graded before and nothing has changed since that its grade depends on,
    ``again`` that it was judged anew from what was kept of its run. The whole result stays on the
    disk and is read when it is asked for: a class may be large.
    """

    student: str
    assignment: Assignment
    notebook: Path
    feedback: Path
    score: float = 0.0
    max_score: float = 0.0
    not_passed: str = ""
    problem: str = ""
    skipped: bool = False
    again: bool = False
    counts: Counts | None = None

    @property
    def result(self) -> dict[str, Any] | None:
        """The result as JSON (``NotebookResult.to_json``); None if there is a problem."""
        if self.problem:
            return None
        judged = read_judged(self.notebook, self.assignment)
        result: dict[str, Any] | None = judged.get("result")
        return result


def in_words(result: Mapping[str, Any]) -> str:
    """What was not passed, in a line, and what is odd about the notebook, if that is known."""
    exercises = result["exercises"]
    if Attention.UNREADABLE in result["attention"]:
        return " ".join(["Not graded:", *result["notes"]])
    if {each["status"] for each in exercises.values()} == {"not_attempted"}:
        return " ".join(["Nothing attempted.", *(note.split("\n")[0] for note in result["notes"])])
    lost = (
        f"{name} {each['score']:g}/{each['max_score']:g} {each['status'].replace('_', ' ')}"
        for name, each in exercises.items()
        if each["status"] != "passed"
    )
    odd = (reason for reason in result.get("attention", ()) if reason in _ODD)
    return ", ".join([*odd, *lost])
