"""What is named, and what is not: right answers, strange ones, two mistakes at once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import reference
from autograder.expected import load_key
from autograder.judge import judge_exercise
from autograder.mistakes import mistakes_of
from autograder.mistakes.naming import name_mistakes
from autograder.reports import read_evidence
from autograder.sample_class.convolution_step_by_step import vectorised
from autograder.verdicts import ExerciseResult, Status
from tests.oracles import layers
from tests.oracles.evidence import collected
from tests.submissions import ASSIGNMENT, EXERCISES, REPOSITORY

DECLARED = REPOSITORY.assignment(ASSIGNMENT)
KEY = load_key(DECLARED)
REFERENCE = reference.functions(DECLARED)


def judged(exercise: str, function: Callable[..., Any]) -> ExerciseResult:
    declared, answers = DECLARED.exercise(exercise), KEY.answers[exercise]
    evidence = read_evidence(collected(declared, answers, function), exercise)
    result = judge_exercise(declared, answers, evidence)
    return name_mistakes(
        result, evidence, mistakes_of(ASSIGNMENT, exercise), KEY.outcomes(exercise)
    )


def names(result: ExerciseResult) -> set[str | None]:
    return {case.mistake for case in result.cases if case.points < case.max_points}


def coarse(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function`` as it would be computed in single precision."""

    def in_float32(value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            return value.astype(np.float32)
        return tuple(map(in_float32, value)) if isinstance(value, tuple) else value

    return lambda *arguments: in_float32(function(*map(in_float32, arguments)))


def first_maximum(x: Any) -> Any:
    mask = np.zeros(x.shape, dtype=bool)
    mask[np.unravel_index(np.argmax(x), x.shape)] = True
    return mask


RIGHT = {
    **{f"reference-{name}": (name, function) for name, function in REFERENCE.items()},
    **{f"vectorised-{name}": (name, getattr(vectorised, name)) for name in EXERCISES},
    **{
        f"loops-{name}": (name, function)
        for name, function in inspect.getmembers(layers, inspect.isfunction)
        if name in EXERCISES
    },
    "first-maximum": ("create_mask_from_window", first_maximum),
}


@pytest.mark.parametrize(("exercise", "function"), RIGHT.values(), ids=RIGHT)
def test_right_answers_have_no_mistake(exercise, function):
    result = judged(exercise, function)
    assert result.status is Status.PASSED
    assert all(case.mistake is None for case in result.cases)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_single_precision_is_given_no_mistake_s_name(exercise):
    result = judged(exercise, coarse(REFERENCE[exercise]))
    assert all(case.mistake is None for case in result.cases)


@settings(max_examples=30, deadline=None)
@given(st.floats(0.5, 2).filter(lambda factor: abs(factor - 1) > 1e-3), st.floats(-1, 1))
def test_a_wrong_answer_of_another_kind_is_not_named(factor, shift):
    function = REFERENCE["conv_forward"]

    def strange(*arguments: Any) -> Any:
        Z, cache = function(*arguments)
        return Z * factor + shift, cache

    assert names(judged("conv_forward", strange)) == {None}


def test_a_mistake_in_one_case_only_is_not_named():
    def sometimes(A_prev: Any, W: Any, b: Any, hparameters: Any) -> Any:
        Z, cache = REFERENCE["conv_forward"](A_prev, W, b, hparameters)
        return (Z - b, cache) if W.shape[0] == 5 else (Z, cache)  # forgets the bias for f = 5

    assert names(judged("conv_forward", sometimes)) == {None}


def test_two_mistakes_that_show_in_different_cases_are_both_named():
    def both(A_prev: Any, hparameters: Any, mode: str = "max") -> Any:
        A, cache = REFERENCE["pool_forward"](A_prev, hparameters, mode)
        return (A * hparameters["f"] ** 2 if mode == "average" else np.maximum(A, 0)), cache

    assert names(judged("pool_forward", both)) == {"sum-for-average", "maximum-starts-at-zero"}


ERRORS = {
    "float(b), NumPy 2.4": (
        "conv_single_step",
        TypeError("only 0-dimensional arrays can be converted to Python scalars"),
        {"float-of-an-array"},
    ),
    "range(None)": (
        "pool_backward",
        TypeError("'NoneType' object cannot be interpreted as an integer"),
        {"loop-over-none"},
    ),
    "another error": ("pool_backward", TypeError("unhashable type: 'list'"), {None}),
}


@pytest.mark.parametrize(("exercise", "error", "expected"), ERRORS.values(), ids=ERRORS)
def test_errors_are_named_by_their_words(exercise, error, expected):
    def raises(*_: Any) -> Any:
        raise error

    assert names(judged(exercise, raises)) == expected
