"""What is named, and what is not: right answers, strange ones, two mistakes at once."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.exercises import assignments
from autograder.expected import AnswerKey, load_key
from autograder.expected.outcomes import MistakenOutcome
from autograder.judge import judge_exercise
from autograder.mistakes import mistakes_of
from autograder.mistakes.naming import WRONG, name_mistakes, same_outcome
from autograder.reports import read_evidence
from autograder.sample_class.convnet_in_numpy import mistaken as network
from autograder.sample_class.convnet_in_numpy import other_ways
from autograder.sample_class.convolution_step_by_step import mistaken as loops
from autograder.sample_class.convolution_step_by_step import vectorised
from autograder.verdicts import ExerciseResult, Status, Verdict
from tests import in_tensorflow
from tests.in_tensorflow import EXERCISES, OTHER_WAYS, marked, marks_of, right_function
from tests.mistakes import right_answers
from tests.oracles import brute_force
from tests.oracles.evidence import collected

OF = {exercise.name: each for each in assignments().values() for exercise in each.exercises}
"""The assignment of each exercise; no two have exercises of the same name."""
REFERENCE = {name: right_function(name) for name in OF}


@cache
def key_of(assignment: str) -> AnswerKey:
    return load_key(assignments()[assignment])


def judged(exercise: str, function: Callable[..., Any]) -> ExerciseResult:
    assignment = OF[exercise]
    key = key_of(assignment.name)
    declared, answers = assignment.exercise(exercise), key.answers[exercise]
    evidence = read_evidence(collected(declared, answers, function), exercise)
    result = judge_exercise(declared, answers, evidence)
    known = mistakes_of(assignment.name, exercise)
    outcomes, tolerance = key.outcomes(exercise), declared.expectation.tolerance
    return name_mistakes(result, evidence, known, outcomes, answers, tolerance)


def names(result: ExerciseResult) -> set[str | None]:
    return {case.mistake for case in result.cases if case.points < case.max_points}


def coarse(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function`` as it would be computed in single precision."""

    def in_float32(value: Any) -> Any:
        if isinstance(value, np.ndarray) and value.dtype.kind == "f":
            return value.astype(np.float32)
        if isinstance(value, dict):
            return {key: in_float32(item) for key, item in value.items()}
        return type(value)(map(in_float32, value)) if isinstance(value, tuple | list) else value

    return lambda *arguments: in_float32(function(*map(in_float32, arguments)))


def first_maximum(x: Any) -> Any:
    mask = np.zeros(x.shape, dtype=bool)
    mask[np.unravel_index(np.argmax(x), x.shape)] = True
    return mask


def functions_of(module: Any) -> dict[str, Callable[..., Any]]:
    """Those functions of ``module`` that are called like an exercise."""
    return {name: found for name, found in inspect.getmembers(module, callable) if name in OF}


RIGHT_IN_VALUE = {Verdict.PASSED, Verdict.COPIED, Verdict.LOOPS}


def in_another_way(kind: str, exercise: str) -> Callable[..., Any]:
    """Of TensorFlow, which is imported when the function is called."""
    return lambda *arguments: in_tensorflow.functions(kind)[exercise](*arguments)


RIGHT = {
    **{f"vectorised-{name}": (name, each) for name, each in functions_of(vectorised).items()},
    **{f"other-{name}": (name, each) for name, each in functions_of(other_ways).items()},
    **{f"loops-{name}": (name, each) for name, each in functions_of(brute_force).items()},
    "first-maximum-of-a-window": ("create_mask_from_window", first_maximum),
    **right_answers.RIGHT,
    **{
        f"{kind}-{name}": (name, in_another_way(kind, name))
        for kind in OTHER_WAYS
        for name in EXERCISES
    },
}


def test_there_are_right_answers_of_another_kind_to_every_exercise():
    assert {exercise for exercise, _ in RIGHT.values()} == set(OF)


@pytest.mark.parametrize(
    ("exercise", "function"),
    [pytest.param(*each, marks=marks_of(OF[each[0]]), id=id) for id, each in RIGHT.items()],
)
def test_right_answers_have_no_mistake(exercise, function):
    result = judged(exercise, function)
    assert {case.verdict for case in result.cases} <= RIGHT_IN_VALUE
    assert all(case.mistake is None for case in result.cases)


@pytest.mark.parametrize("exercise", marked(OF))
def test_the_reference_passes_every_case(exercise):
    assert judged(exercise, REFERENCE[exercise]).status is Status.PASSED


def test_what_costs_points_for_loops_or_copies_is_not_a_mistake_of_another_name():
    looped = judged("pool_forward_fast", brute_force.pool_forward)
    copied = judged("sliding_windows", right_answers.windows_by_indices)
    assert Verdict.LOOPS in {case.verdict for case in looped.cases}
    assert {case.verdict for case in copied.cases} == {Verdict.COPIED}
    assert names(looped) == names(copied) == {None}


@pytest.mark.parametrize("one", [np.float64, np.float32])
def test_nan_and_infinity_are_the_same_in_every_precision(one):
    def outcome(number: type, *values: float) -> MistakenOutcome:
        return MistakenOutcome([{"dZ": number(values)}, (number(values[0]),)])

    of_float64 = outcome(np.float64, np.nan, np.inf, 2)
    assert same_outcome(outcome(one, np.nan, np.inf, 2), of_float64)
    assert not same_outcome(outcome(one, 0, np.inf, 2), of_float64)
    assert not same_outcome(outcome(one, np.nan, -np.inf, 2), of_float64)
    assert not same_outcome(outcome(one, np.nan, np.nan, 2), of_float64)


@pytest.mark.parametrize("exercise", marked(OF))
def test_single_precision_is_given_no_mistake_s_name(exercise):
    result = judged(exercise, coarse(REFERENCE[exercise]))
    assert all(case.mistake is None for case in result.cases)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(["conv_forward", "conv_forward_fast", "dense_forward"]),
    st.floats(0.5, 2).filter(lambda factor: abs(factor - 1) > 1e-3),
    st.floats(-1, 1),
)
def test_a_wrong_answer_of_another_kind_is_not_named(exercise, factor, shift):
    def strange(*arguments: Any) -> Any:
        Z, cache = REFERENCE[exercise](*arguments)
        return Z * factor + shift, cache

    assert names(judged(exercise, strange)) == {None}


def name_of(value: Any) -> str:
    return getattr(value, "__name__", value)


SAMPLES = {
    loops.zero_pad__every_axis: "pads-every-axis",
    loops.distribute_value__undivided: "not-divided",
    loops.pool_backward__stride_ignored: "stride-ignored",
    network.sliding_windows__stride_ignored: "stride-ignored",
    network.pool_forward_fast__stride_ignored: "stride-ignored",
    network.softmax_cross_entropy__summed: "sum-for-mean",
    network.adam_step__no_bias_correction: "not-corrected",
    network.mini_batches__last_one_dropped: "last-batch-dropped",
}


@pytest.mark.parametrize(("function", "mistake"), SAMPLES.items(), ids=name_of)
def test_code_that_others_wrote_is_named(function, mistake):
    exercise, _ = function.__name__.split("__")
    named = {case.mistake for case in judged(exercise, function).cases if case.verdict in WRONG}
    assert named == {mistake}


@pytest.mark.parametrize("exercise", ["conv_forward", "conv_forward_fast"])
def test_a_mistake_in_one_case_only_is_not_named(exercise):
    def sometimes(A_prev: Any, W: Any, b: Any, hparameters: Any) -> Any:
        Z, cache = REFERENCE[exercise](A_prev, W, b, hparameters)
        return (Z - b, cache) if W.shape[0] == 5 else (Z, cache)  # forgets the bias for f = 5

    assert names(judged(exercise, sometimes)) == {None}


@pytest.mark.parametrize("exercise", ["pool_forward", "pool_forward_fast"])
def test_two_mistakes_that_show_in_different_cases_are_both_named(exercise):
    def both(A_prev: Any, hparameters: Any, mode: str = "max") -> Any:
        A, cache = REFERENCE[exercise](A_prev, hparameters, mode)
        return (A * hparameters["f"] ** 2 if mode == "average" else np.maximum(A, 0)), cache

    assert names(judged(exercise, both)) == {"sum-for-average", "maximum-starts-at-zero"}


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
    "a product of misfits, @": (
        "conv_forward_fast",
        ValueError("matmul: Input operand 1 has a mismatch in its core dimension 0 (size 2 is …)"),
        {"matrices-do-not-fit"},
    ),
    "a product of misfits, np.dot": (
        "dense_backward",
        ValueError("shapes (3,2) and (4,2) not aligned: 2 (dim 1) != 4 (dim 0)"),
        {"matrices-do-not-fit"},
    ),
    "if array": (
        "relu",
        ValueError("The truth value of an array with more than one element is ambiguous. Use …"),
        {"asks-the-whole-array"},
    ),
}


@pytest.mark.parametrize(("exercise", "error", "expected"), ERRORS.values(), ids=ERRORS)
def test_errors_are_named_by_their_words(exercise, error, expected):
    assert names(judged(exercise, raising(error))) == expected


@pytest.mark.parametrize("exercise", OF)
@pytest.mark.parametrize("kind", [ValueError, TypeError, IndexError, AttributeError, KeyError])
def test_the_type_of_an_error_is_not_enough_for_a_name(exercise, kind):
    assert names(judged(exercise, raising(kind("of which nobody has heard")))) == {None}


def raising(error: Exception) -> Callable[..., Any]:
    def raises(*_: Any) -> Any:
        raise error

    return raises
