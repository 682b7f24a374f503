"""Convolution without loops gives what the loops of assignment 1 give, and SciPy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray
from scipy.signal import correlate

from autograder.reference import convnet_in_numpy as course
from autograder.reference import convolution_step_by_step as assignment_1
from autograder.reference.convnet_in_numpy import convolution as vectorised_convolution
from autograder.reference.convnet_in_numpy.convolution import input_gradient, parameter_gradients
from tests.oracles import brute_force
from tests.oracles.finite_differences import gradient
from tests.oracles.layers import Convolution, convolutions

Array = NDArray[Any]
WIDEST = st.integers(0, 12)


@st.composite
def wide_convolutions(draw: st.DrawFn) -> Convolution:
    """Layers whose output is up to a dozen windows wide, so that patches hold 1, 2 or 4."""
    f, stride, pad = draw(st.integers(1, 5)), draw(st.integers(1, 3)), draw(st.integers(0, 2))
    n_H = max(1, f - 2 * pad) + draw(st.integers(0, 4))
    n_W_prev = max(1, f - 2 * pad) + stride * draw(WIDEST) + draw(st.integers(0, stride - 1))
    m, n_C_prev, n_C = draw(st.integers(1, 3)), draw(st.integers(1, 3)), draw(st.integers(1, 3))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    A_prev, W = (
        random.normal(size=(m, n_H, n_W_prev, n_C_prev)),
        random.normal(size=(f, f, n_C_prev, n_C)),
    )
    b, hparameters = random.normal(size=(1, 1, 1, n_C)), {"stride": stride, "pad": pad}
    Z, _ = assignment_1.conv_forward(A_prev, W, b, hparameters)
    return Convolution(A_prev, W, b, hparameters, dZ=random.normal(size=Z.shape))


def assert_close(found: Any, expected: Any) -> None:
    """Equal but for the rounding of a few hundred additions."""
    assert_allclose(found, expected, rtol=1e-10, atol=1e-11)


@given(layer=convolutions())
def test_windows_are_the_slices_of_the_loops(layer: Convolution) -> None:
    f, stride, X = layer.W.shape[0], layer.hparameters["stride"], layer.A_prev
    if f > min(X.shape[1:3]):
        f = 1
    windows = course.sliding_windows(X, f, stride)
    n_H, n_W = (brute_force.output_size(size, f, stride) for size in X.shape[1:3])
    assert windows.shape == (len(X), n_H, n_W, f, f, X.shape[3])
    assert np.shares_memory(windows, X)
    for i, h, w in np.ndindex(windows.shape[:3]):
        rows, columns = slice(h * stride, h * stride + f), slice(w * stride, w * stride + f)
        assert_array_equal(windows[i, h, w], X[i, rows, columns])


@given(layer=convolutions())
def test_forward_is_that_of_the_loops(layer: Convolution) -> None:
    Z, _ = course.conv_forward_fast(*layer.cache)
    assert_close(Z, brute_force.conv_forward(*layer.cache)[0])


@given(layer=convolutions())
def test_backward_is_that_of_the_loops(layer: Convolution) -> None:
    found = course.conv_backward_fast(layer.dZ, layer.cache)
    for each, expected in zip(found, brute_force.conv_backward(layer.dZ, layer.cache), strict=True):
        assert_close(each, expected)


@given(layer=wide_convolutions())
def test_forward_is_that_of_assignment_1_however_wide(layer: Convolution) -> None:
    Z, _ = course.conv_forward_fast(*layer.cache)
    assert_close(Z, assignment_1.conv_forward(*layer.cache)[0])


@given(layer=wide_convolutions())
def test_backward_is_that_of_assignment_1_however_wide(layer: Convolution) -> None:
    found = course.conv_backward_fast(layer.dZ, layer.cache)
    expected = assignment_1.conv_backward(layer.dZ, layer.cache)
    for each, of_assignment_1 in zip(found, expected, strict=True):
        assert_close(each, of_assignment_1)


@pytest.mark.parametrize("windows", [1, 2, 3, 4, 8])
@given(layer=wide_convolutions())
def test_it_does_not_matter_how_many_windows_a_patch_may_hold(
    windows: int, layer: Convolution
) -> None:
    Z, _ = course.conv_forward_fast(*layer.cache)
    gradients = course.conv_backward_fast(layer.dZ, layer.cache)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectorised_convolution, "MOST_WINDOWS_IN_A_PATCH", windows)
        assert_close(course.conv_forward_fast(*layer.cache)[0], Z)
        for each, expected in zip(
            course.conv_backward_fast(layer.dZ, layer.cache), gradients, strict=True
        ):
            assert_close(each, expected)


@given(layer=wide_convolutions())
def test_forward_is_scipys_correlation(layer: Convolution) -> None:
    pad, stride = layer.hparameters["pad"], layer.hparameters["stride"]
    images = np.pad(layer.A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    Z, _ = course.conv_forward_fast(*layer.cache)
    for i, c in np.ndindex(Z.shape[0], Z.shape[3]):
        # Along the channels the picture and the filter are of one size: one position is left.
        everywhere = correlate(images[i], layer.W[..., c], "valid")[..., 0]
        assert_close(Z[i, ..., c], everywhere[::stride, ::stride] + layer.b[0, 0, 0, c])


@given(layer=wide_convolutions())
def test_backward_gives_the_slope_along_every_input(layer: Convolution) -> None:
    A_prev, W, b, hparameters = layer.cache

    def loss(A_prev: Array, W: Array, b: Array) -> float:
        return float(np.vdot(layer.dZ, course.conv_forward_fast(A_prev, W, b, hparameters)[0]))

    dA_prev, dW, db = course.conv_backward_fast(layer.dZ, layer.cache)
    # The loss is linear in each of the three, so that any step gives the slope.
    slopes = (
        gradient(lambda entries: loss(entries, W, b), A_prev, 1.0),
        gradient(lambda entries: loss(A_prev, entries, b), W, 1.0),
        gradient(lambda entries: loss(A_prev, W, entries), b, 1.0),
    )
    for found, slope in zip((dA_prev, dW, db), slopes, strict=True):
        assert_allclose(found, slope, rtol=1e-8, atol=1e-10)


@given(layer=convolutions())
def test_each_gradient_is_to_be_had_alone(layer: Convolution) -> None:
    dA_prev, dW, db = course.conv_backward_fast(layer.dZ, layer.cache)
    alone = parameter_gradients(layer.dZ, layer.cache)
    assert_array_equal(input_gradient(layer.dZ, layer.cache), dA_prev)
    assert_array_equal(alone[0], dW)
    assert_array_equal(alone[1], db)


@given(layer=wide_convolutions())
def test_float32_stays_float32(layer: Convolution) -> None:
    A_prev, W, b, dZ = (each.astype(np.float32) for each in (*layer.cache[:3], layer.dZ))
    Z, cache = course.conv_forward_fast(A_prev, W, b, layer.hparameters)
    found = (Z, *course.conv_backward_fast(dZ, cache))
    expected = (
        course.conv_forward_fast(*layer.cache)[0],
        *course.conv_backward_fast(layer.dZ, layer.cache),
    )
    for each, exact in zip(found, expected, strict=True):
        assert each.dtype == np.float32
        assert exact.dtype == np.float64
        assert_allclose(each, exact, rtol=1e-4, atol=1e-4)


def test_what_lies_in_memory_in_another_order_is_read_right() -> None:
    random = np.random.default_rng(5)
    A_prev, W = random.normal(size=(3, 6, 4, 2)), random.normal(size=(2, 3, 3, 3))
    turned = A_prev.transpose(3, 2, 1, 0)[:, ::-1], W.transpose(1, 2, 3, 0)
    b, hparameters = random.normal(size=(1, 1, 1, 2)), {"stride": 1, "pad": 1}
    Z, cache = course.conv_forward_fast(*turned, b, hparameters)
    expected, _ = assignment_1.conv_forward(*turned, b, hparameters)
    assert_close(Z, expected)
    dZ = random.normal(size=Z.shape[::-1]).transpose()
    for found, gradient_1 in zip(
        course.conv_backward_fast(dZ, cache), assignment_1.conv_backward(dZ, cache), strict=True
    ):
        assert_close(found, gradient_1)
