"""Pooling layers of assignment 2, forward and backward, without a loop over examples or positions.

Arrays are NHWC. The maximum of a window is the largest of its columns' maxima, and an average is an
average of averages. So images are pooled along their height first and then along their width: 2 f
steps for a window of f × f, and most of them on long pieces of memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[Any]
Hyperparameters = dict[str, int]
PoolingCache = tuple[Array, Hyperparameters]

HEIGHT, WIDTH = 1, 2


def pool_forward_fast(
    A_prev: Array, hparameters: Hyperparameters, mode: str = "max"
) -> tuple[Array, PoolingCache]:
    """A (m, n_H, n_W, n_C), the windows' maxima or averages, and the cache.

    A_prev (m, n_H_prev, n_W_prev, n_C); n_H = floor((n_H_prev - f) / stride) + 1, n_W likewise.
    """
    f, stride = hparameters["f"], hparameters["stride"]
    pool = _maxima if mode == "max" else _averages
    return pool(pool(A_prev, f, stride, HEIGHT), f, stride, WIDTH), (A_prev, hparameters)


def pool_backward_fast(dA: Array, cache: PoolingCache, mode: str = "max") -> Array:
    """The gradient dA_prev, shaped as A_prev; dA is shaped as the output of the pooling.

    Of several largest numbers the first one in the first column gets the gradient, and gets it
    once: in an evenly coloured part of a picture all numbers of a window are equal.
    """
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    if mode == "max":
        columns = _maxima(A_prev, f, stride, HEIGHT)
        A = _maxima(columns, f, stride, WIDTH)
        d_columns = _to_the_maxima(dA, columns, A, f, stride, WIDTH)
        return _to_the_maxima(d_columns, A_prev, columns, f, stride, HEIGHT)
    m, _, n_W_prev, n_C = A_prev.shape
    d_columns = _to_all(dA, (m, dA.shape[1], n_W_prev, n_C), f, stride, WIDTH)
    return _to_all(d_columns, A_prev.shape, f, stride, HEIGHT)


def _along(images: Array, f: int, stride: int, axis: int, *, writeable: bool = False) -> Array:
    """``f`` views of ``images``, one behind the other: number r has each window's r-th pixel."""
    windows = sliding_window_view(images, f, axis=axis, writeable=writeable)
    every = slice(None, None, stride)
    return np.moveaxis(windows[:, every] if axis == HEIGHT else windows[:, :, every], -1, 0)


def _maxima(images: Array, f: int, stride: int, axis: int) -> Array:
    """The largest number of each window of ``f`` along ``axis``."""
    pixels = _along(images, f, stride, axis)
    maxima: Array = pixels[0].copy()
    for pixel in pixels[1:]:
        np.maximum(maxima, pixel, out=maxima)
    return maxima


def _averages(images: Array, f: int, stride: int, axis: int) -> Array:
    """The average of each window of ``f`` along ``axis``."""
    pixels = _along(images, f, stride, axis)
    total: Array = pixels[0].copy()
    for pixel in pixels[1:]:
        total += pixel
    return total / f


def _to_the_maxima(
    d_maxima: Array, images: Array, maxima: Array, f: int, stride: int, axis: int
) -> Array:
    """The gradient of ``images``, whose ``maxima`` along ``axis`` have the gradient given.

    What a number has taken is not ``left`` for an equal one behind it.
    """
    d_images = np.zeros(images.shape, d_maxima.dtype)
    left = d_maxima.copy()
    pixels = _along(images, f, stride, axis)
    d_pixels = _along(d_images, f, stride, axis, writeable=True)
    for pixel, d_pixel in zip(pixels, d_pixels, strict=True):
        if stride >= f:  # windows that do not overlap: nothing is there to add to
            np.multiply(left, pixel == maxima, out=d_pixel)
            left -= d_pixel
        else:
            share = left * (pixel == maxima)
            d_pixel += share
            left -= share
    return d_images


def _to_all(d_averages: Array, shape: tuple[int, ...], f: int, stride: int, axis: int) -> Array:
    """The gradient of images of ``shape``, whose averages along ``axis`` have the one given."""
    d_images = np.zeros(shape, d_averages.dtype)
    share = d_averages / f
    for d_pixel in _along(d_images, f, stride, axis, writeable=True):
        d_pixel += share
    return d_images
