"""Pooling without loops gives what the loops of assignment 1 give; each gradient goes on once."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter, uniform_filter

from autograder.reference import convnet_in_numpy as course
from tests.oracles import brute_force
from tests.oracles.finite_differences import gradient
from tests.oracles.layers import Pooling, poolings

Array = NDArray[Any]
STEP = 0.25  # below half the distance of the whole numbers that are pooled


@given(layer=poolings())
def test_forward_is_that_of_the_loops(layer: Pooling) -> None:
    A, _ = course.pool_forward_fast(*layer.cache, layer.mode)
    expected, _ = brute_force.pool_forward(*layer.cache, layer.mode)
    assert_allclose(A, expected, rtol=1e-12, atol=1e-12)


@given(layer=poolings())
def test_backward_is_that_of_the_loops(layer: Pooling) -> None:
    dA_prev = course.pool_backward_fast(layer.dA, layer.cache, layer.mode)
    expected = brute_force.pool_backward(layer.dA, layer.cache, layer.mode)
    assert_allclose(dA_prev, expected, rtol=1e-12, atol=1e-12)


@given(layer=poolings())
def test_forward_is_scipys_filter_of_every_stride_th_pixel(layer: Pooling) -> None:
    f, stride = layer.hparameters["f"], layer.hparameters["stride"]
    image_filter = {"max": maximum_filter, "average": uniform_filter}[layer.mode]
    everywhere = image_filter(layer.A_prev, size=(1, f, f, 1))
    A, _ = course.pool_forward_fast(*layer.cache, layer.mode)
    rows, columns = (
        slice(f // 2, f // 2 + size - f + 1, stride) for size in layer.A_prev.shape[1:3]
    )
    assert_allclose(A, everywhere[:, rows, columns], rtol=1e-10, atol=1e-10)


@given(layer=poolings())
def test_backward_gives_the_slope_along_every_input(layer: Pooling) -> None:
    def loss(A_prev: Array) -> float:
        A, _ = course.pool_forward_fast(A_prev, layer.hparameters, layer.mode)
        return float(np.vdot(layer.dA, A))

    found = course.pool_backward_fast(layer.dA, layer.cache, layer.mode)
    assert_allclose(found, gradient(loss, layer.A_prev, STEP), rtol=1e-7, atol=1e-10)


@given(layer=poolings())
def test_the_maximum_is_taken_unless_told_otherwise(layer: Pooling) -> None:
    A, _ = course.pool_forward_fast(*layer.cache)
    assert_array_equal(A, course.pool_forward_fast(*layer.cache, "max")[0])
    assert_array_equal(
        course.pool_backward_fast(layer.dA, layer.cache),
        course.pool_backward_fast(layer.dA, layer.cache, "max"),
    )


@given(layer=poolings(), colours=st.integers(1, 3))
def test_every_window_hands_its_gradient_on_once_however_many_are_largest(
    layer: Pooling, colours: int
) -> None:
    few = layer.A_prev % colours
    A, cache = course.pool_forward_fast(few, layer.hparameters, "max")
    dA = np.ones(A.shape)
    dA_prev = course.pool_backward_fast(dA, cache, "max")
    assert_allclose(dA_prev.sum(), dA.sum(), rtol=1e-12)
    assert_array_equal(dA_prev, np.round(dA_prev))
    # and only to numbers that are largest in some window
    assert set(np.unique(few[dA_prev > 0])) <= set(np.unique(A))


@given(layer=poolings())
def test_float32_stays_float32(layer: Pooling) -> None:
    A_prev, dA = layer.A_prev.astype(np.float32), layer.dA.astype(np.float32)
    A, cache = course.pool_forward_fast(A_prev, layer.hparameters, layer.mode)
    dA_prev = course.pool_backward_fast(dA, cache, layer.mode)
    assert A.dtype == dA_prev.dtype == np.float32
    exact = course.pool_backward_fast(layer.dA, layer.cache, layer.mode)
    assert_allclose(dA_prev, exact, rtol=1e-4, atol=1e-5)


@given(layer=poolings())
def test_the_result_is_no_view_of_the_input(layer: Pooling) -> None:
    A, _ = course.pool_forward_fast(*layer.cache, layer.mode)
    dA_prev = course.pool_backward_fast(layer.dA, layer.cache, layer.mode)
    assert not np.shares_memory(A, layer.A_prev)
    assert not np.shares_memory(dA_prev, layer.dA)
