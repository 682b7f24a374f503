"""Results are compared within tolerance, in shape and type, and differences are put in words."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from autograder.instant_checks.comparison import (
    DOUBLE_PRECISION,
    Difference,
    compare,
    compare_result,
)
from autograder.instant_checks.packing import Omitted, Opaque
from tests.instant_checks.results import Array, arrays, masks, numbers, results, shapes


def tolerance(value: float) -> float:
    """By how much a number may be off."""
    return DOUBLE_PRECISION.absolute + DOUBLE_PRECISION.relative * abs(value)


def difference(found: object, expected: object) -> Difference:
    """The difference, of which there must be one."""
    found_difference = compare(found, expected)
    assert found_difference is not None
    return found_difference


def kind(found: object, expected: object) -> str | None:
    """The kind of difference, if any."""
    found_difference = compare(found, expected)
    return found_difference.kind if found_difference else None


@given(value=results)
def test_a_result_equals_itself(value: object) -> None:
    assert compare(value, value) is None


def test_the_tolerance_is_the_documented_one() -> None:
    assert (DOUBLE_PRECISION.relative, DOUBLE_PRECISION.absolute) == (1e-5, 1e-7)


@given(expected=arrays, data=st.data(), sign=st.sampled_from([-1, 1]))
def test_a_change_beyond_tolerance_is_found_at_its_position(
    expected: Array, data: Any, sign: int
) -> None:
    position = data.draw(st.tuples(*(st.integers(0, size - 1) for size in expected.shape)))
    found = expected.copy()
    found[position] += sign * 1.1 * tolerance(expected[position])
    words = difference(found, expected).in_words(with_values=True)
    assert difference(found, expected).kind == "differs"
    assert f"1 of {expected.size} values is wrong, the first one at {list(position)}" in words
    assert f"Expected {expected[position]:.10g}" in words
    assert f"found {found[position]:.10g}" in words


@given(expected=arrays, sign=st.sampled_from([-1, 1]))
def test_a_change_within_tolerance_is_forgiven(expected: Array, sign: int) -> None:
    assert compare(expected + sign * 0.9 * tolerance(1.0) * np.abs(expected), expected) is None
    assert compare(expected + sign * 0.9 * DOUBLE_PRECISION.absolute, expected) is None


@given(expected=numbers, factor=st.sampled_from([0.9, 1.1]), sign=st.sampled_from([-1, 1]))
def test_numbers_have_the_same_tolerance(expected: float, factor: float, sign: int) -> None:
    found = expected + sign * factor * tolerance(expected)
    assert kind(found, expected) == ("differs" if factor > 1 else None)
    assert kind(np.float64(found), np.float64(expected)) == kind(found, expected)


@given(expected=arrays)
def test_the_first_of_several_differences_is_named(expected: Array) -> None:
    assume(expected.size > 1)
    found = expected + 1 + np.abs(expected)
    words = difference(found, expected).summary
    assert f"{expected.size} of {expected.size} values" in words
    assert str([0] * expected.ndim) in words


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf])
@given(expected=arrays, data=st.data())
def test_nan_and_infinity_are_never_right(odd: float, expected: Array, data: Any) -> None:
    found = expected.copy()
    found.flat[data.draw(st.integers(0, expected.size - 1))] = odd
    assert kind(found, expected) == "differs"
    assert kind(odd, expected.flat[0]) == "differs"
    assert f"found {odd}" in difference(found, expected).values


@given(expected=arrays)
def test_single_precision_will_do_where_it_is_precise_enough(expected: Array) -> None:
    assert compare(expected.astype(np.float32), expected) is None


def test_too_coarse_a_number_is_told_why() -> None:
    expected = np.array([1 / 3, 1.0])
    assert "float16" in difference(expected.astype(np.float16), expected).summary
    assert "float32" in difference(np.float32([1.0, 1.0]), expected).summary
    assert "float64" not in difference(np.array([1.0, 1.0]), expected).summary
    assert compare(np.float16([0.5, 1.0]), np.array([0.5, 1.0])) is None


def test_whole_numbers_will_do_where_they_are_right() -> None:
    assert compare(np.array([1, 2]), np.array([1.0, 2.0])) is None
    assert compare(np.array([1.0, 2.0]), np.array([1, 2])) is None
    assert compare(2, 2.0) is None
    assert compare(2.0, 2) is None
    assert kind(np.array([1, 2]), np.array([1.0, 2.5])) == "differs"
    assert kind(np.array([255], np.uint8), np.array([-1])) == "differs"


def test_a_whole_number_beyond_64_bits_is_refused() -> None:
    for expected in (1.0, 1, np.ones(2)):
        assert kind(10**30, expected) == "wrong type"


@given(mask=masks)
def test_numbers_are_no_booleans_and_booleans_no_numbers(mask: Array) -> None:
    for other in (mask.astype(int), mask.astype(float)):
        assert kind(other, mask) == "wrong type"
        assert kind(mask, other) == "wrong type"
    assert kind(True, 1.0) == kind(np.True_, 1) == kind(1, True) == "wrong type"
    assert kind(np.array(True), 1.0) == "wrong type"


@given(mask=masks, data=st.data())
def test_a_wrong_boolean_is_found(mask: Array, data: Any) -> None:
    found = mask.copy()
    index = data.draw(st.integers(0, mask.size - 1))
    found.flat[index] ^= True
    values = difference(found, mask).values
    assert values.startswith(f"Expected {bool(mask.flat[index])} at ")


@given(expected=arrays)
def test_complex_numbers_are_refused(expected: Array) -> None:
    assert kind(expected.astype(complex), expected) == "wrong type"
    assert kind(1 + 0j, 1.0) == kind(np.complex128(1), 1.0) == "wrong type"


@given(expected=arrays)
def test_lists_are_refused_and_told_why(expected: Array) -> None:
    refusal = difference(expected.tolist(), expected)
    assert refusal.kind == "wrong type"
    assert "list" in refusal.summary
    assert "np.array" in refusal.summary


@given(expected=arrays, other=shapes)
def test_a_wrong_shape_is_named_with_both_shapes(expected: Array, other: tuple[int, ...]) -> None:
    assume(other != expected.shape)
    refusal = difference(np.resize(expected, other), expected)
    assert refusal.kind == "wrong shape"
    assert str(expected.shape) in refusal.summary
    assert str(other) in refusal.summary


def test_an_array_of_one_number_is_not_a_number() -> None:
    for shape in [(1,), (1, 1, 1)]:
        refusal = difference(np.ones(shape), 1.0)
        assert refusal.kind == "wrong shape"
        assert ".item()" in refusal.summary
    assert compare(np.array(1.0), 1.0) is None
    assert compare(np.float64(1.0), np.float64(1.0)) is None
    assert compare(1.0, np.float64(1.0)) is None


def test_a_number_is_not_an_array() -> None:
    for found in (1.0, np.float64(1.0), np.array(1.0)):
        assert kind(found, np.ones((1, 1))) in ("wrong type", "wrong shape")
    assert kind(np.float64(1.0), np.array(1.0)) is None


def test_none_is_asked_for_its_return() -> None:
    for expected in (np.ones(2), 1.0, (1.0, 2.0), {"f": 2}):
        refusal = difference(None, expected)
        assert refusal.kind == "wrong type"
        assert "return" in refusal.summary


@pytest.mark.parametrize("expected", [np.ones(2), 1.0, (1.0, 2.0), {"f": 2}, "max", True, None])
@pytest.mark.parametrize(
    "found", ["text", "", {}, {1: 2}, [], (), Opaque("Evil"), object(), b"", range(2), 1j]
)
def test_anything_else_is_refused_by_its_type(found: object, expected: object) -> None:
    refusal = difference(found, expected)
    assert refusal.kind in ("wrong type", "differs")
    assert "expected" in refusal.summary


def test_an_opaque_value_is_described() -> None:
    refusal = difference(Opaque("torch.Tensor"), np.ones(2))
    assert "torch.Tensor" in refusal.summary


@pytest.mark.parametrize("expected", [np.ones((2, 2)), 1.0], ids=["array", "number"])
def test_an_omitted_array_has_the_wrong_shape(expected: object) -> None:
    refusal = difference(Omitted((9000, 9000), "float64"), expected)
    assert refusal.kind == "wrong shape"
    assert "(9000, 9000)" in refusal.summary


def test_tuples_are_compared_part_by_part() -> None:
    expected = (1.0, np.ones(2), {"stride": 2})
    assert compare((1.0, np.ones(2), {"stride": 2}), expected) is None
    assert "part 2" in difference((1.0, np.zeros(2), {"stride": 2}), expected).where
    assert "part 3" in difference((1.0, np.ones(2), {"stride": 3}), expected).where
    assert "'stride'" in difference((1.0, np.ones(2), {"stride": 3}), expected).where


def test_tuples_of_another_length_or_kind_are_refused() -> None:
    assert kind((1.0,), (1.0, 2.0)) == kind((1.0, 2.0, 3.0), (1.0, 2.0)) == "wrong type"
    assert kind([1.0, 2.0], (1.0, 2.0)) == "wrong type"
    assert "list" in difference([1.0, 2.0], (1.0, 2.0)).summary.lower()
    assert kind(np.array([1.0, 2.0]), (1.0, 2.0)) == "wrong type"
    assert kind((1.0, 2.0), np.array([1.0, 2.0])) == "wrong type"


def test_lists_are_compared_part_by_part() -> None:
    batches = [(np.ones((2, 3)), np.array([0, 1])), (np.zeros((1, 3)), np.array([2]))]
    assert compare([(X.copy(), Y.astype(float)) for X, Y in batches], batches) is None
    wrong = difference([batches[0], (np.zeros((1, 3)), np.array([1]))], batches)
    assert (wrong.kind, wrong.where) == ("differs", "part 2 of the result, part 2")
    assert compare([np.float32(0.5), np.array(2)], [0.5, 2.0]) is None


def test_lists_of_another_length_or_kind_are_refused() -> None:
    batches = [np.ones(2), np.ones(1)]
    assert "list of 2 parts, found 1" in difference(batches[:1], batches).summary
    assert "list of 1 part," in difference(batches, batches[:1]).summary
    assert "Square brackets" in difference(tuple(batches), batches).summary
    assert kind(np.ones(2), [1.0, 1.0]) == kind({0: 1.0}, [1.0]) == kind(1.0, [1.0]) == "wrong type"
    assert kind([batches], [tuple(batches)]) == "wrong type"


def test_dicts_must_have_the_same_keys() -> None:
    assert compare({"pad": 1, "stride": 2}, {"stride": 2, "pad": 1}) is None
    for found in ({"stride": 2}, {"stride": 2, "pad": 1, "f": 3}, {}):
        assert kind(found, {"stride": 2, "pad": 1}) == "differs"
    assert kind([("stride", 2)], {"stride": 2}) == "wrong type"


def test_parts_of_a_result_are_called_by_their_names() -> None:
    expected = (np.zeros(2), np.ones(2))
    wrong = compare_result((np.zeros(2), np.zeros(2)), expected, ("dA_prev", "dW"))
    assert wrong is not None
    assert wrong.in_words(with_values=False).startswith("dW: ")
    assert compare_result(expected, expected, ("dA_prev", "dW")) is None


def test_the_first_wrong_part_is_reported() -> None:
    wrong = compare_result((1.0, 2.0, 3.0), (1.0, 0.0, 0.0), ("a", "b", "c"))
    assert wrong is not None
    assert wrong.where == "b"


@pytest.mark.parametrize("found", [(1.0,), (1.0, 2.0, 3.0), [1.0, 2.0], 1.0, None])
def test_a_result_with_other_parts_is_refused(found: object) -> None:
    wrong = compare_result(found, (1.0, 2.0), ("one", "two"))
    assert wrong is not None
    assert wrong.kind == "wrong type"
    assert "tuple of 2 parts" in wrong.summary


def test_a_single_result_needs_no_name() -> None:
    assert compare_result(np.ones(2), np.ones(2), ("Z",)) is None
    wrong = compare_result(np.ones(2), np.zeros(2), ("Z",))
    assert wrong is not None
    assert wrong.in_words(with_values=False)[0].isupper()


def test_of_several_parts_the_right_ones_are_told_too() -> None:
    expected = (np.ones(2), np.zeros(3), np.ones(4))
    names = ("dA_prev", "dW", "db")
    found = (np.ones(2), np.zeros(3), np.zeros(4))
    words = compare_result(found, expected, names).in_words(with_values=False)
    assert words.startswith("db: the shape is right, but 4 of 4 values are wrong")
    assert words.endswith("(dA_prev and dW are right.)")


def test_a_single_number_for_a_mask_is_told_as_a_shape() -> None:
    words = compare(np.float64(4.0), np.array([[True, False]])).in_words(with_values=True)
    assert words == "Expected an array of shape (1, 2), found a single number."


def test_a_list_for_a_cache_is_told_about_round_brackets() -> None:
    assert "round brackets" in compare([1, 2], (1, 2)).summary
    assert "np.array(...)" in compare([1, 2], np.ones(2)).summary
