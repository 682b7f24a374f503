"""One graded submission, as the report needs it: from the judge's JSON to typed values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.execution.task import Usage
from autograder.exercises import Assignment
from autograder.feedback.standing import Standing
from autograder.verdicts import Status, Verdict

DAMAGED = "damaged"
"""The reason to look at a submission whose autograded notebook cannot be read."""
NOT_ENTERED, TO_GRADE = "not in the gradebook", "needs manual grading"
"""Reasons to look at one that the gradebook does not have, or in which a person's points miss."""


@dataclass(frozen=True)
class Answer:
    """What one student did in one exercise, and the points that it counts.

    ``passed`` says of each case, by name, whether it was passed; ``mistakes`` are the ids of the
    known mistakes that any case showed, each once.
    """

    score: float
    status: Status
    passed: Mapping[str, bool]
    mistakes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Submission:
    """One student's graded submission.

    ``score`` is None, and there are no ``answers``, if the autograded notebook is damaged.
    ``late_penalty`` is subtracted from it already, ``max_score`` is the gradebook's. ``reasons``
    say why a person should look at it: values of :class:`Attention`, or the constants above.
    ``usage`` is None where it was not measured.
    """

    student: str
    score: float | None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    usage: Usage | None = None
    late_penalty: float = 0.0
    max_score: float | None = None


def counted(
    submission: Submission, standing: Standing | None, assignment: Assignment
) -> Submission:
    """The same with the points that count: a person's before the judge's, less the late penalty."""
    if submission.score is None:
        return submission
    if standing is None:
        return replace(submission, reasons=(*submission.reasons, NOT_ENTERED))
    answers = dict(submission.answers)
    for exercise in assignment.exercises:
        if exercise.name in answers and exercise.test_cell in standing.cells:
            score, _ = standing.cells[exercise.test_cell]
            answers[exercise.name] = replace(answers[exercise.name], score=score)
    return replace(
        submission,
        score=standing.total,
        answers=answers,
        reasons=(*submission.reasons, *((TO_GRADE,) if standing.waiting else ())),
        late_penalty=standing.late_penalty,
        max_score=standing.max_score,
    )


def submission_of(student: str, judged: Mapping[str, Any]) -> Submission:
    """What the judge left in a student's notebook (``read_judged``), with its types checked.

    Whatever is wrong with it makes a damaged submission: a report on a thousand others must not
    fail for the sake of one.
    """
    try:
        result = judged["result"]
        return Submission(
            student,
            _number(result["score"]),
            {name: _answer(each) for name, each in result["exercises"].items()},
            tuple(str(reason) for reason in result.get("attention", ())),
            tuple(_notes(result)),
            _usage(judged.get("usage")),
        )
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return Submission(student, None, reasons=(DAMAGED,))


def _answer(exercise: Mapping[str, Any]) -> Answer:
    cases = exercise["cases"]
    mistakes = dict.fromkeys(str(case["mistake"]) for case in cases if case.get("mistake"))
    return Answer(
        _number(exercise["score"]),
        Status(exercise["status"]),
        {str(case["name"]): Verdict(case["verdict"]) is Verdict.PASSED for case in cases},
        tuple(mistakes),
    )


def _notes(result: Mapping[str, Any]) -> list[str]:
    of_exercises = [
        f"{name}: {note}"
        for name, exercise in result["exercises"].items()
        for note in exercise.get("notes", ())
    ]
    sentences = (str(note).split("\n")[0] for note in result.get("notes", ()))
    return [*sentences, *of_exercises]


def _usage(usage: Mapping[str, Any] | None) -> Usage | None:
    """None also for zeros, which stand for a submission that was never run."""
    if not usage:
        return None
    measured = Usage(_number(usage["wall"]), _number(usage["cpu"]), int(_number(usage["memory"])))
    return measured if measured.wall > 0 else None


def _number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{number} is no score and no measurement")
    return number
