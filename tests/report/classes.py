"""Graded submissions made by hand, without running anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.execution.faults import METADATA
from autograder.exercises import Assignment, Case, Exercise
from autograder.mistakes.declaration import Mistake
from autograder.report.submission import Submission, submission_of
from autograder.report.summary import Summary, summarise

SMALL = Assignment(
    "small",
    (
        Exercise("double", 6, ("y",), (Case("one", 2, (), public=True), Case("zero", 4, ()))),
        Exercise("halve", 4, ("y",), (Case("two", 4, ()),)),
    ),
)
_ADDS_TWO = Mistake("double", "adds-two", "It adds 2.", "What is 2 · 5?", lambda x: x + 2)
KNOWN = {"double": {"adds-two": _ADDS_TWO}}


def judged(
    *passed: str,
    assignment: Assignment = SMALL,
    mistakes: dict[str, str] | None = None,
    usage: dict[str, float] | None = None,
    **about: Any,
) -> dict[str, Any]:
    """What the judge leaves in a notebook which passed the cases called ``passed``.

    ``mistakes`` are ids by case, ``about`` is what else there is in the result.
    """
    exercises = {
        each.name: _exercise(each, passed, mistakes or {}) for each in assignment.exercises
    }
    result = {
        "score": sum(each["score"] for each in exercises.values()),
        "max_score": assignment.points,
        "notes": [],
        "attention": [],
        "exercises": exercises,
    }
    return {"result": result | about, "digest": "", "usage": usage}


def _exercise(
    exercise: Exercise, passed: tuple[str, ...], mistakes: dict[str, str]
) -> dict[str, Any]:
    right = [case for case in exercise.cases if case.name in passed]
    status = "passed" if len(right) == len(exercise.cases) else "partly" if right else "failed"
    return {
        "score": float(sum(case.points for case in right)),
        "max_score": float(exercise.points),
        "status": status,
        "notes": [],
        "cases": [
            {
                "name": case.name,
                "verdict": "passed" if case.name in passed else "differs",
                "mistake": mistakes.get(case.name),
                "message": "",
            }
            for case in exercise.cases
        ],
    }


def submission(student: str, *passed: str, **about: Any) -> Submission:
    """A submission to ``SMALL``; see :func:`judged`."""
    return submission_of(student, judged(*passed, **about))


def summary_of(*submissions: Submission, waiting: tuple[str, ...] = (), **left_out: str) -> Summary:
    """The summary of a class in ``SMALL``."""
    return summarise(SMALL, submissions, waiting, KNOWN, left_out)


def autograde(course: Course, assignment: Assignment, student: str, text: str) -> Path:
    """Put a file with this text where the student's autograded notebook is."""
    folder = course.root / "autograded" / student / assignment.name
    folder.mkdir(parents=True)
    path = folder / f"{assignment.name}.ipynb"
    path.write_text(text, encoding="utf-8")
    return path


def as_notebook(about: dict[str, Any]) -> str:
    """The text of a notebook in which the judge left ``about``."""
    return json.dumps({"cells": [], "metadata": {METADATA: about}, "nbformat": 4})
