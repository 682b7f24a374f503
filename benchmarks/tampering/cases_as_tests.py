"""The public and hidden cases of assignment 1 as asserts, as an instructor would write them.

Inputs and expected results stand in the tests as literal arrays. Instructors also keep them in a
file beside the notebook, which any submission can read: literals make the harder target.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.exercises import Case, Exercise
from autograder.expected import Answer, load_key
from autograder.instant_checks.packing import unpack
from benchmarks.tampering.handed_in import ASSIGNMENT

_ANSWERS = load_key(ASSIGNMENT).answers
_DIGITS = 9
"""Of expected numbers, which are compared to 5."""


def test_of(exercise: Exercise, case: Case) -> list[str]:
    """The lines that call ``exercise`` with the inputs of ``case`` and assert what comes back."""
    answer: Answer = _ANSWERS[exercise.name][case.name]
    given = unpack(answer.arguments)
    found = ", ".join(exercise.returns)
    parts = answer.expected if len(exercise.returns) > 1 else (answer.expected,)
    lines = [
        f"# {case.name}",
        f"given = {_literal(given)}",
        f"{found} = {exercise.name}(*given)",
    ]
    for name, expected in zip(exercise.returns, parts, strict=True):
        lines += _asserts_of_cache(expected) if name == "cache" else [_assert(name, expected)]
    return lines


def _asserts_of_cache(expected: tuple[Any, ...]) -> Iterator[str]:
    """A cache holds what was given."""
    yield f"assert len(cache) == {len(expected)}"
    for place, part in enumerate(expected):
        if isinstance(part, np.ndarray):
            yield f"np.testing.assert_array_equal(cache[{place}], given[{place}])"
        else:
            yield f"assert cache[{place}] == given[{place}]"


def _assert(found: str, expected: Any) -> str:
    if isinstance(expected, np.ndarray) and expected.dtype.kind == "b":
        return f"np.testing.assert_array_equal({found}, {_literal(expected)})"
    shown = _literal(expected, digits=_DIGITS)
    return f"np.testing.assert_allclose({found}, {shown}, rtol=1e-05, atol=1e-07)"


def _literal(value: Any, digits: int | None = None) -> str:
    if isinstance(value, np.ndarray):
        return f"np.array({_shown(value.tolist(), digits)})"
    if isinstance(value, tuple):
        return f"({', '.join(map(_literal, value))},)"
    return _shown(value.item() if isinstance(value, np.generic) else value, digits)


def _shown(value: Any, digits: int | None) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_shown(item, digits) for item in value)}]"
    return f"{value:.{digits}g}" if digits and isinstance(value, float) else repr(value)
