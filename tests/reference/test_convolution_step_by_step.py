"""The reference gives what the formulas give, in the right shapes, and leaves its inputs alone."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from autograder import reference
from autograder.exercises import assignments
from autograder.reference import convolution_step_by_step as course
from tests.oracles import brute_force
from tests.oracles.layers import Convolution, Pooling, convolutions, poolings, windows

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 5)
finite = st.floats(-1e6, 1e6, allow_subnormal=False)


def assert_close(found: Any, expected: Any) -> None:
    """Equal but for the rounding of a few hundred additions."""
    assert_allclose(found, expected, rtol=1e-10, atol=1e-12)


@given(layer=convolutions(), pad=st.integers(0, 3))
def test_zero_pad_follows_its_formula(layer: Convolution, pad: int) -> None:
    assert_array_equal(course.zero_pad(layer.A_prev, pad), brute_force.zero_pad(layer.A_prev, pad))


@given(seed=seeds, shape=st.tuples(sizes, sizes, sizes))
def test_conv_single_step_follows_its_formula(seed: int, shape: tuple[int, int, int]) -> None:
    random = np.random.default_rng(seed)
    step = random.normal(size=shape), random.normal(size=shape), random.normal(size=(1, 1, 1))
    Z = course.conv_single_step(*step)
    assert np.shape(Z) == ()
    assert_close(Z, brute_force.conv_single_step(*step))


@given(layer=convolutions())
def test_conv_forward_follows_its_formula(layer: Convolution) -> None:
    found, _ = course.conv_forward(*layer.cache)
    expected, _ = brute_force.conv_forward(*layer.cache)
    assert_close(found, expected)


@given(layer=convolutions())
def test_conv_backward_follows_its_formula(layer: Convolution) -> None:
    found = course.conv_backward(layer.dZ, layer.cache)
    expected = brute_force.conv_backward(layer.dZ, layer.cache)
    for gradient, expected_gradient in zip(found, expected, strict=True):
        assert_close(gradient, expected_gradient)


@given(layer=poolings())
def test_pool_forward_follows_its_formula(layer: Pooling) -> None:
    found, _ = course.pool_forward(*layer.cache, layer.mode)
    expected, _ = brute_force.pool_forward(*layer.cache, layer.mode)
    assert_close(found, expected)


@given(layer=poolings())
def test_pool_backward_follows_its_formula(layer: Pooling) -> None:
    found = course.pool_backward(layer.dA, layer.cache, layer.mode)
    assert_close(found, brute_force.pool_backward(layer.dA, layer.cache, layer.mode))


@given(x=windows())
def test_create_mask_follows_its_formula(x: np.ndarray[Any, Any]) -> None:
    mask = course.create_mask_from_window(x)
    assert mask.dtype == bool
    assert mask.sum() == 1
    assert_array_equal(mask, brute_force.create_mask_from_window(x))


@given(dz=finite, shape=st.tuples(sizes, sizes))
def test_distribute_value_follows_its_formula(dz: float, shape: tuple[int, int]) -> None:
    spread = course.distribute_value(dz, shape)
    assert_allclose(spread, brute_force.distribute_value(dz, shape), rtol=1e-14)
    assert_allclose(spread.sum(), dz, rtol=1e-14)


@given(layer=poolings())
def test_pooling_takes_the_maximum_unless_told_otherwise(layer: Pooling) -> None:
    default, _ = course.pool_forward(*layer.cache)
    assert_array_equal(default, course.pool_forward(*layer.cache, "max")[0])
    assert_array_equal(
        course.pool_backward(layer.dA, layer.cache),
        course.pool_backward(layer.dA, layer.cache, "max"),
    )


@given(layer=convolutions())
def test_convolution_gives_float64_arrays_of_the_right_shapes(layer: Convolution) -> None:
    Z, _ = course.conv_forward(*layer.cache)
    gradients = course.conv_backward(layer.dZ, layer.cache)
    assert Z.shape == layer.dZ.shape
    shapes = [gradient.shape for gradient in gradients]
    assert shapes == [layer.A_prev.shape, layer.W.shape, layer.b.shape]
    assert {array.dtype for array in (Z, *gradients)} == {np.dtype(np.float64)}


@given(layer=poolings())
def test_pooling_gives_float64_arrays_of_the_right_shapes(layer: Pooling) -> None:
    A, _ = course.pool_forward(*layer.cache, layer.mode)
    dA_prev = course.pool_backward(layer.dA, layer.cache, layer.mode)
    assert (A.shape, A.dtype) == (layer.dA.shape, np.float64)
    assert (dA_prev.shape, dA_prev.dtype) == (layer.A_prev.shape, np.float64)


@given(layer=convolutions(), pooling=poolings())
def test_the_caches_hold_the_inputs_themselves(layer: Convolution, pooling: Pooling) -> None:
    _, cache = course.conv_forward(*layer.cache)
    _, pooling_cache = course.pool_forward(*pooling.cache, pooling.mode)
    assert all(part is given for part, given in zip(cache, layer.cache, strict=True))
    assert all(part is given for part, given in zip(pooling_cache, pooling.cache, strict=True))


@given(layer=convolutions())
def test_padding_gives_an_array_of_its_own(layer: Convolution) -> None:
    assert not np.shares_memory(course.zero_pad(layer.A_prev, 0), layer.A_prev)


def _a_convolution() -> tuple[Any, ...]:
    random = np.random.default_rng(3)
    A_prev, W = random.normal(size=(2, 5, 6, 3)), random.normal(size=(3, 3, 3, 2))
    return A_prev, W, random.normal(size=(1, 1, 1, 2)), {"stride": 2, "pad": 1}


def _a_pooling() -> tuple[Any, ...]:
    return np.random.default_rng(4).normal(size=(2, 5, 6, 3)), {"f": 3, "stride": 2}


CALLS: dict[str, tuple[Any, ...]] = {
    "zero_pad": (_a_convolution()[0], 2),
    "conv_single_step": (np.ones((2, 2, 3)), np.ones((2, 2, 3)), np.ones((1, 1, 1))),
    "conv_forward": _a_convolution(),
    "pool_forward": (*_a_pooling(), "average"),
    "conv_backward": (np.ones((2, 3, 3, 2)), _a_convolution()),
    "create_mask_from_window": (np.arange(6.0).reshape(2, 3),),
    "distribute_value": (2.0, (2, 3)),
    "pool_backward": (np.ones((2, 2, 2, 3)), _a_pooling(), "max"),
}


@pytest.mark.parametrize(("name", "arguments"), CALLS.items(), ids=CALLS)
def test_inputs_are_left_unchanged(name: str, arguments: tuple[Any, ...]) -> None:
    function: Callable[..., Any] = getattr(course, name)
    before = copy.deepcopy(arguments)
    function(*arguments)
    np.testing.assert_equal(arguments, before)


@pytest.mark.parametrize("assignment", assignments().values(), ids=lambda a: a.name)
def test_every_exercise_has_a_reference(assignment: Any) -> None:
    functions = reference.functions(assignment)
    assert list(functions) == [exercise.name for exercise in assignment.exercises]
    assert all(functions[name].__name__ == name for name in functions)
