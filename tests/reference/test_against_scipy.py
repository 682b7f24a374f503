"""The reference agrees with SciPy, which computes the same things by other means."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from hypothesis import given
from numpy.testing import assert_allclose
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter, uniform_filter
from scipy.signal import convolve, correlate

from autograder.reference import convolution_step_by_step as course
from tests.oracles.layers import Convolution, Pooling, convolutions, poolings

Array = NDArray[Any]


def padded(layer: Convolution) -> Array:
    """A_prev with its frame of zeros."""
    pad = layer.hparameters["pad"]
    return np.pad(layer.A_prev, ((0, 0), (pad, pad), (pad, pad), (0, 0)))


def spread_out(gradient: Array, stride: int) -> Array:
    """``gradient`` with stride - 1 zeros between its rows and columns: the gradient at stride 1."""
    m, n_H, n_W, n_C = gradient.shape
    spread = np.zeros((m, (n_H - 1) * stride + 1, (n_W - 1) * stride + 1, n_C))
    spread[:, ::stride, ::stride] = gradient
    return spread


def embed(part: Array, shape: tuple[int, ...]) -> Array:
    """``part`` in the upper left corner of zeros: what no window reaches has no gradient."""
    return np.pad(part, [(0, size - own) for size, own in zip(shape, part.shape, strict=True)])


@given(layer=convolutions())
def test_zero_pad_is_numpys_pad(layer: Convolution) -> None:
    found = course.zero_pad(layer.A_prev, layer.hparameters["pad"])
    assert_allclose(found, padded(layer), rtol=0)


@given(layer=convolutions())
def test_conv_forward_is_a_valid_correlation_of_every_stride_th_pixel(layer: Convolution) -> None:
    images, stride = padded(layer), layer.hparameters["stride"]
    Z, _ = course.conv_forward(*layer.cache)
    for i, c in np.ndindex(Z.shape[0], Z.shape[3]):
        channels = range(images.shape[3])
        full = sum(correlate(images[i, ..., k], layer.W[..., k, c], "valid") for k in channels)
        expected = full[::stride, ::stride] + layer.b[0, 0, 0, c]
        assert_allclose(Z[i, ..., c], expected, rtol=1e-10, atol=1e-10)


@given(layer=convolutions())
def test_conv_backward_is_a_full_convolution_and_a_correlation(layer: Convolution) -> None:
    images, pad = padded(layer), layer.hparameters["pad"]
    dZ = spread_out(layer.dZ, layer.hparameters["stride"])
    d_images, dW = np.zeros(images.shape), np.zeros(layer.W.shape)
    reach = [size + layer.W.shape[0] - 1 for size in dZ.shape[1:3]]
    for i, k, c in product(*map(range, (len(images), *layer.W.shape[2:]))):
        by_windows = convolve(dZ[i, ..., c], layer.W[..., k, c], "full")
        d_images[i, ..., k] += embed(by_windows, images.shape[1:3])
        dW[..., k, c] += correlate(images[i, : reach[0], : reach[1], k], dZ[i, ..., c], "valid")
    n_H_prev, n_W_prev = layer.A_prev.shape[1:3]
    dA_prev = d_images[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    expected = dA_prev, dW, dZ.sum(axis=(0, 1, 2), keepdims=True)
    found = course.conv_backward(layer.dZ, layer.cache)
    for gradient, expected_gradient in zip(found, expected, strict=True):
        assert_allclose(gradient, expected_gradient, rtol=1e-10, atol=1e-10)


@given(layer=poolings())
def test_pool_forward_is_a_filter_of_every_stride_th_pixel(layer: Pooling) -> None:
    f, stride = layer.hparameters["f"], layer.hparameters["stride"]
    image_filter = {"max": maximum_filter, "average": uniform_filter}[layer.mode]
    everywhere = image_filter(layer.A_prev, size=(1, f, f, 1))
    A, _ = course.pool_forward(*layer.cache, layer.mode)
    # SciPy's windows are centred: the one that starts at pixel 0 is centred on pixel f // 2
    rows, columns = (
        slice(f // 2, f // 2 + size - f + 1, stride) for size in layer.A_prev.shape[1:3]
    )
    assert_allclose(A, everywhere[:, rows, columns], rtol=1e-10, atol=1e-10)


@given(layer=poolings())
def test_average_pool_backward_is_a_full_convolution_with_a_box(layer: Pooling) -> None:
    f = layer.hparameters["f"]
    box = np.full((1, f, f, 1), 1 / f**2)
    by_windows = convolve(spread_out(layer.dA, layer.hparameters["stride"]), box, "full")
    expected = embed(by_windows, layer.A_prev.shape)
    found = course.pool_backward(layer.dA, layer.cache, "average")
    assert_allclose(found, expected, rtol=1e-10, atol=1e-10)
