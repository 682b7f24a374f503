"""What code with a known mistake gives on the cases of an answer key."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.exercises import Assignment, Exercise
from autograder.expected.answers import Answer, AnswerKey
from autograder.instant_checks.packing import pack, unpack
from autograder.instant_checks.trial import call, same_chance_afterwards
from autograder.mistakes import Mistake, known_mistakes


@dataclass(frozen=True)
class MistakenOutcome:
    """What the mistake gives on one case: a value, or the type of the error that it ends in.

    The error's ``words`` are kept where it ends in errors everywhere.
    """

    value: Any = None
    error: str = ""
    words: str = ""


CaseOutcomes = Mapping[str, MistakenOutcome]
"""By case name; only the cases in which the mistake shows."""
Outcomes = Mapping[str, Mapping[str, CaseOutcomes]]
"""By exercise and the mistake's id."""


@same_chance_afterwards()
def compute_outcomes(assignment: Assignment, key: AnswerKey) -> Outcomes:
    """Run every known mistake of ``assignment`` on every case of ``key``."""
    mistakes = known_mistakes(assignment)
    return {
        exercise.name: {
            mistake.id: _outcomes_of(mistake, exercise, key.answers[exercise.name])
            for mistake in mistakes[exercise.name].values()
            if mistake.has_outcomes
        }
        for exercise in assignment.exercises
    }


def _outcomes_of(
    mistake: Mistake, exercise: Exercise, answers: Mapping[str, Answer]
) -> CaseOutcomes:
    outcomes = {case: _outcome(mistake, answer) for case, answer in answers.items()}
    shown = {
        case: outcome
        for case, outcome in outcomes.items()
        if outcome.error or _shows(outcome.value, exercise, answers[case])
    }
    if all(outcome.error for outcome in shown.values()):
        return shown
    return {case: replace(outcome, words="") for case, outcome in shown.items()}


def _shows(value: Any, exercise: Exercise, answer: Answer) -> bool:
    difference = exercise.expectation.difference(
        value, answer.expected, lambda: unpack(answer.arguments)
    )
    return difference is not None


def _outcome(mistake: Mistake, answer: Answer) -> MistakenOutcome:
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        outcome = call(mistake.function, answer.arguments)
    if outcome.failure is not None:
        return MistakenOutcome(error=outcome.failure.error, words=outcome.failure.message)
    return MistakenOutcome(unpack(pack(outcome.value)))
