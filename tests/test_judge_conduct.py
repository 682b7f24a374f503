"""How a right result came about: by loops where there should be none, or by a copy."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.exercises import Case, Exercise
from autograder.expected import Answer
from autograder.instant_checks.packing import digest, pack
from autograder.judge import judge_exercise
from autograder.reports import read_evidence
from autograder.verdicts import ExerciseResult, Verdict
from tests.oracles.evidence import collected

LOOPS = Exercise(
    name="doubled",
    points=3,
    returns=("Y",),
    cases=(
        Case("two", 1, (), public=True),
        Case("eight", 2, (), same_lines_as="two"),
    ),
)
VIEW = Exercise(
    name="upside_down", points=2, returns=("Y",), cases=(Case("rows", 2, ()),), view=True
)


def answer(function: Callable[..., Any], size: int) -> Answer:
    arguments = (np.arange(3.0 * size).reshape(size, 3),)
    return Answer(pack(arguments), digest(arguments), function(*arguments))


ANSWERS = {"two": answer(lambda X: 2 * X, 2), "eight": answer(lambda X: 2 * X, 8)}


def judged(function: Callable[..., Any], items: list[Any] | None = None) -> ExerciseResult:
    items = collected(LOOPS, ANSWERS, function) if items is None else items
    return judge_exercise(LOOPS, ANSWERS, read_evidence(items, LOOPS.name))


def in_a_thread(X: Any) -> Any:
    found = []
    thread = threading.Thread(target=lambda: found.extend([2 * row for row in X]))
    thread.start()
    thread.join()
    return np.array(found)


def with_a_loop(X: Any) -> Any:
    Y = np.zeros_like(X)
    for i in range(len(X)):
        Y[i] = 2 * X[i]
    return Y


def while_untraced(X: Any) -> Any:
    tracing = sys.gettrace()
    sys.settrace(None)
    Y = with_a_loop(X)
    sys.settrace(tracing)
    return Y


def over_all_entries(X: Any) -> Any:
    return np.array([[2 * value for value in row] for row in X])


def only_when_it_is_not_watched(X: Any) -> Any:
    """Right where it is not traced; where it is, quick and wrong."""
    return X if sys.gettrace() else with_a_loop(X)


VECTORISED = {
    "multiplied": lambda X: 2 * X,
    "einsum": lambda X: np.einsum("ij,->ij", X, 2.0),
    "a loop over a fixed number": lambda X: sum(X for _ in range(2)),
    "stacked": lambda X: np.stack([2 * X[:, j] for j in range(X.shape[1])], axis=1),
}
LOOPING = {
    "for": with_a_loop,
    "comprehension": lambda X: np.array([2 * row for row in X]),
    "comprehension in one": over_all_entries,
    "generator": lambda X: np.array(list(2 * row for row in X)),  # noqa: C400
    "map": lambda X: np.array(list(map(lambda row: 2 * row, X))),  # noqa: C417
    "vectorize": lambda X: np.vectorize(lambda value: 2 * value)(X),
    "apply_along_axis": lambda X: np.apply_along_axis(lambda row: 2 * row, 1, X),
    "in a thread": in_a_thread,
    "while untraced": while_untraced,
}


@pytest.mark.parametrize("function", VECTORISED.values(), ids=VECTORISED)
def test_what_does_not_loop_over_examples_gets_every_point(function):
    assert [case.verdict for case in judged(function).cases] == [Verdict.PASSED] * 2


@pytest.mark.parametrize("function", LOOPING.values(), ids=LOOPING)
def test_a_loop_over_examples_costs_its_case_and_no_other(function):
    result = judged(function)
    assert [case.verdict for case in result.cases] == [Verdict.PASSED, Verdict.LOOPS]
    assert result.score == 1
    assert result.cases[1].message.startswith("The result is right. ")


def test_the_call_whose_lines_are_counted_has_to_be_right_too():
    result = judged(only_when_it_is_not_watched)
    assert result.score == 0


def test_a_loop_whose_lines_are_not_reported_is_not_taken_for_none():
    items = collected(LOOPS, ANSWERS, with_a_loop)
    for item in items:
        item.pop("lines", None)
    assert judged(with_a_loop, items).score == 1


def test_tracing_ends_with_the_call():
    before = sys.gettrace()
    judged(while_untraced)
    judged(lambda X: 1 / 0)
    assert sys.gettrace() == before


@pytest.mark.parametrize(
    ("function", "verdict"),
    [
        (lambda X: X[::-1], Verdict.PASSED),
        (lambda X: X[::-1].copy(), Verdict.COPIED),
        (lambda X: np.array(X[::-1]), Verdict.COPIED),
        (lambda X: X, Verdict.DIFFERS),
    ],
)
def test_a_copy_is_told_from_a_view(function, verdict):
    answers = {"rows": answer(lambda X: X[::-1].copy(), 4)}
    items = collected(VIEW, answers, function)
    result = judge_exercise(VIEW, answers, read_evidence(items, VIEW.name))
    assert [case.verdict for case in result.cases] == [verdict]
