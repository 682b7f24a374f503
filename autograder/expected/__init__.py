"""Answer keys: every case's inputs and expected output, computed from the reference.

The default key of an assignment is the committed ``<assignment>.h5`` beside this module. A course
may have its own, made with a secret seed: its hidden cases then have other numbers.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.expected.answers import DEFAULT_SEED, Answer, AnswerKey, compute_key
from autograder.expected.key_file import KeyFileError, read_key, save_key
from autograder.expected.outcome_file import SavedOutcomes, save_outcomes
from autograder.instant_checks.packing import unpack

__all__ = [
    "DEFAULT_SEED",
    "Answer",
    "AnswerKey",
    "KeyFileError",
    "compute_key",
    "default_key_path",
    "is_current",
    "key_path",
    "load_key",
    "outcomes_are_current",
    "outcomes_path",
    "own_key_path",
    "read_key",
    "save_key",
    "write_key",
]

_LAST_DIGITS = 1e-10


def default_key_path(assignment: Assignment) -> Path:
    """The committed key, made with :data:`DEFAULT_SEED`."""
    return Path(__file__).with_name(f"{assignment.name}.h5")


def own_key_path(assignment: Assignment, course: Path) -> Path:
    """Where a course keeps the key that was made with its own secret seed."""
    return course / "secret" / f"{assignment.name}.h5"


def outcomes_path(path: Path) -> Path:
    """Where what known mistakes give lies, beside the key at ``path``."""
    return path.with_suffix(".mistakes.h5")


def write_key(assignment: Assignment, seed: int, path: Path) -> None:
    """Compute a key and what known mistakes give on its cases, and write both."""
    from autograder.expected.outcomes import compute_outcomes

    key = compute_key(assignment, seed)
    save_outcomes(compute_outcomes(assignment, key), outcomes_path(path))
    save_key(key, path)


def key_path(assignment: Assignment, course: Path | None) -> Path:
    """The course's own key if it has one, else the default one."""
    own = own_key_path(assignment, course) if course else None
    return own if own and own.exists() else default_key_path(assignment)


def load_key(assignment: Assignment, course: Path | None = None) -> AnswerKey:
    """Read the course's own key if it has one, else the default one.

    Raises :class:`CourseError` if the file is missing, damaged, or made for other cases.
    """
    path = key_path(assignment, course)
    renew = "`autograder expected`"
    if path != default_key_path(assignment):
        renew += f" and your seed (--seed), or delete {path} to go back to the public cases"
    try:
        key = read_key(path)
    except KeyFileError as error:
        raise CourseError(
            f"The expected outputs in {path} cannot be read ({error}). "
            f"Make them again with {renew}."
        ) from None
    declared = {e.name: [case.name for case in e.cases] for e in assignment.exercises}
    if _case_names(key) != declared:
        raise CourseError(
            f"The expected outputs in {path} do not belong to the cases of {assignment.name} any "
            f"more. Make them again with {renew}."
        )
    beside = outcomes_path(path)
    return replace(key, outcomes=SavedOutcomes(beside).of) if beside.exists() else key


def is_current(assignment: Assignment, path: Path) -> bool:
    """Whether the file at ``path`` holds what the reference gives for its seed.

    The last digits of a sum depend on the processor, so numbers are compared to 9 digits. A
    difference quotient divides them by its step, which is 1e-5: so close is equal in any case.
    """
    try:
        key = read_key(path)
    except KeyFileError:
        return False
    computed = compute_key(assignment, key.seed)
    return _case_names(key) == _case_names(computed) and all(
        _equal(unpack(answer.arguments), unpack(computed.answers[exercise][case].arguments))
        and _equal(answer.expected, computed.answers[exercise][case].expected)
        for exercise, answers in key.answers.items()
        for case, answer in answers.items()
    )


def outcomes_are_current(assignment: Assignment, path: Path) -> bool:
    """Whether what lies beside the key at ``path`` is what known mistakes give on its cases."""
    from autograder.expected.outcomes import compute_outcomes
    from autograder.mistakes.naming import same_outcome

    saved = SavedOutcomes(outcomes_path(path))
    try:
        computed = compute_outcomes(assignment, read_key(path))
        for exercise, mistakes in computed.items():
            tolerance = assignment.exercise(exercise).expectation.tolerance
            kept = saved.of(exercise)
            if {name: cases.keys() for name, cases in kept.items()} != {
                name: cases.keys() for name, cases in mistakes.items()
            }:
                return False
            if not all(
                same_outcome(kept[name][case], outcome, tolerance)
                for name, cases in mistakes.items()
                for case, outcome in cases.items()
            ):
                return False
        return True
    except KeyFileError:
        return False


def _case_names(key: AnswerKey) -> dict[str, list[str]]:
    return {exercise: list(answers) for exercise, answers in key.answers.items()}


def _equal(one: Any, other: Any) -> bool:
    if type(one) is not type(other) or getattr(one, "dtype", 0) != getattr(other, "dtype", 0):
        return False
    if isinstance(one, tuple | list):
        return len(one) == len(other) and all(map(_equal, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_equal(one[key], other[key]) for key in one)
    if isinstance(one, np.ndarray | float):
        return np.shape(one) == np.shape(other) and np.allclose(
            one, other, rtol=1e-9, atol=_LAST_DIGITS
        )
    return bool(one == other)
