"""What became of one submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.exercises import Assignment
from autograder.grading.storing import read_judged
from autograder.verdicts import Attention


@dataclass(frozen=True)
class Graded:
    """One student's outcome: a score, or the ``problem`` that kept it from being graded.

    ``skipped`` tells that the submission was graded before and has not changed since. The whole
    result stays on the disk and is read when it is asked for: a class may be large.
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

    @property
    def result(self) -> dict[str, Any] | None:
        """The result as JSON (``NotebookResult.to_json``); None if there is a problem."""
        if self.problem:
            return None
        judged = read_judged(self.notebook, self.assignment)
        result: dict[str, Any] | None = judged.get("result")
        return result


def in_words(result: Mapping[str, Any]) -> str:
    """What was not passed, in a line."""
    exercises = result["exercises"]
    if Attention.UNREADABLE in result["attention"]:
        return " ".join(["Not graded:", *result["notes"]])
    if {each["status"] for each in exercises.values()} == {"not_attempted"}:
        return " ".join(["Nothing attempted.", *result["notes"]])
    return ", ".join(
        f"{name} {each['score']:g}/{each['max_score']:g} {each['status'].replace('_', ' ')}"
        for name, each in exercises.items()
        if each["status"] != "passed"
    )
