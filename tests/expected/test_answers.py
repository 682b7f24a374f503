"""Answer keys are computed from the declaration, the reference and the seed, and nothing else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.exercises import (
    Assignment,
    Case,
    Computed,
    Drawn,
    Exercise,
    Integers,
    Normal,
    assignments,
)
from autograder.expected import AnswerKey, compute_key
from autograder.expected.answers import draw_arguments
from autograder.instant_checks.packing import digest, unpack
from autograder.reference import functions

ASSIGNMENT = assignments()["convolution_step_by_step"]
OTHER_SEED = 20_240_229


def draw(case: Case, seed: int = 0) -> tuple[Any, ...]:
    """The arguments of ``case`` as a case of conv_forward."""
    return draw_arguments(ASSIGNMENT, Exercise("conv_forward", 1, ("Z",), (case,)), case, seed)


def test_every_case_has_an_answer_in_the_order_of_the_notebook(
    assignment: Assignment, key: AnswerKey
) -> None:
    assert key.assignment == assignment.name
    cases = {exercise: list(answers) for exercise, answers in key.answers.items()}
    assert cases == {e.name: [case.name for case in e.cases] for e in assignment.exercises}
    assert list(cases) == [exercise.name for exercise in assignment.exercises]


def test_the_expected_output_is_what_the_reference_makes_of_the_arguments(
    assignment: Assignment, key: AnswerKey
) -> None:
    for name, function in functions(assignment).items():
        for answer in key.answers[name].values():
            arguments = unpack(answer.arguments)
            assert answer.digest == digest(arguments)
            np.testing.assert_equal(answer.expected, function(*arguments))


def test_another_seed_changes_every_hidden_draw_and_no_public_one(
    assignment: Assignment, key: AnswerKey
) -> None:
    other = compute_key(assignment, OTHER_SEED)
    for exercise in assignment.exercises:
        for case in exercise.cases:
            ours, theirs = (of.answers[exercise.name][case.name] for of in (key, other))
            unchanged = case.public or not case.draws
            assert (ours.digest == theirs.digest) is unchanged, (exercise.name, case.name)


def test_another_seed_changes_every_array_of_a_hidden_case(
    assignment: Assignment, key: AnswerKey
) -> None:
    other = compute_key(assignment, OTHER_SEED)
    for name in ("conv_forward", "pool_backward"):
        for case in assignment.exercise(name).cases:
            ours, theirs = (of.answers[name][case.name] for of in (key, other))
            for one, another in zip(
                _arrays(ours.arguments), _arrays(theirs.arguments), strict=True
            ):
                assert one.shape == another.shape
                assert np.array_equal(one, another) is case.public


def _arrays(packed: Any) -> list[np.ndarray[Any, Any]]:
    def walk(value: Any) -> list[np.ndarray[Any, Any]]:
        parts = value if isinstance(value, tuple) else ()
        own = [value] if isinstance(value, np.ndarray) else []
        return own + [array for part in parts for array in walk(part)]

    return walk(unpack(packed))


def test_two_hidden_cases_that_ask_for_the_same_draws_get_different_numbers() -> None:
    one, other = (
        draw(Case(name, 1, (Drawn("x"),), {"x": Normal((3, 4))})) for name in ("one", "other")
    )
    assert not np.isclose(one[0], other[0]).any()


@given(seed=st.integers(0, 2**70))
def test_any_seed_will_do(seed: int) -> None:
    case = Case("any", 1, (Drawn("x"),), {"x": Normal((2, 3))})
    np.testing.assert_equal(draw(case, seed), draw(case, seed))


def test_draws_are_made_in_their_order_and_put_where_the_arguments_say() -> None:
    case = Case(
        name="nested",
        points=1,
        arguments=(3, (Drawn("late"), {"early": Drawn("early"), "f": 2}), "max"),
        draws={"early": Normal((2, 2)), "late": Normal((3,))},
        public=True,
    )
    random = np.random.RandomState(1)
    early, late = random.randn(2, 2), random.randn(3)
    np.testing.assert_equal(draw(case), (3, (late, {"early": early, "f": 2}), "max"))


def test_a_draw_without_a_shape_is_a_python_float() -> None:
    (value,) = draw(Case("a number", 1, (Drawn("x"),), {"x": Normal(())}))
    assert type(value) is float


def test_negative_draws_are_the_same_draws_made_negative() -> None:
    plain, negative = (
        draw(Case("signs", 1, (Drawn("x"),), {"x": Normal((4, 5), negative=negative)}))[0]
        for negative in (False, True)
    )
    np.testing.assert_array_equal(negative, -np.abs(plain))


def test_draws_are_scaled_and_then_shifted() -> None:
    plain, moved = (
        draw(Case("logits", 1, (Drawn("x"),), {"x": normal}))[0]
        for normal in (
            Normal((4, 5), positive=True),
            Normal((4, 5), positive=True, scale=3.0, offset=-7.0),
        )
    )
    np.testing.assert_array_equal(moved, 3 * plain - 7)
    (nothing,) = draw(Case("logits", 1, (Drawn("x"),), {"x": Normal((4, 5), scale=0)}))
    np.testing.assert_array_equal(nothing, np.zeros((4, 5)))
    assert not np.signbit(nothing).any()


def test_whole_numbers_are_drawn_below_their_bound() -> None:
    case = Case(
        "labels", 1, (Drawn("Y"), Drawn("x")), {"Y": Integers((200,), 6), "x": Normal((3,))}
    )
    Y, x = draw(case)
    assert Y.dtype == np.int64
    assert set(Y) == set(range(6))
    np.testing.assert_equal(draw(case), (Y, x))


def test_computed_arguments_come_from_the_reference() -> None:
    image = Computed("zero_pad", (Drawn("x"), 1), part=0)
    case = Case("padded", 1, (image,), {"x": Normal((1, 2, 2, 1))}, public=True)
    x = np.random.RandomState(1).randn(1, 2, 2, 1)
    np.testing.assert_equal(draw(case), (np.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))[0],))


def test_the_global_random_state_is_left_alone(assignment: Assignment) -> None:
    np.random.seed(5)
    before = np.random.random(3)
    np.random.seed(5)
    compute_key(assignment)
    np.testing.assert_array_equal(np.random.random(3), before)


def test_a_draw_that_was_not_declared_is_an_error() -> None:
    with pytest.raises(KeyError):
        draw(Case("forgotten", 1, (Drawn("x"),)))
