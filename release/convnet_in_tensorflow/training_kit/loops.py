"""Convolution and pooling one window after the other, as assignment 1 has them: to be timed.

Shapes, arguments and results are those of the fast layers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Place = tuple[int, int, int, slice, slice]


def _places(n_H: int, n_W: int, m: int, f: int, stride: int) -> Iterator[Place]:
    """Every window: picture, row and column of the output, rows and columns of the input."""
    for i, h, w in np.ndindex(m, n_H, n_W):
        top, left = h * stride, w * stride
        yield i, h, w, slice(top, top + f), slice(left, left + f)


def _padded(images: Array, pad: int) -> Array:
    return np.pad(images, [(0, 0), (pad, pad), (pad, pad), (0, 0)])


def conv_forward_loops(
    A_prev: Array, W: Array, b: Array, hparameters: dict[str, int]
) -> tuple[Array, Any]:
    """``(Z, cache)`` of a convolution."""
    images, f = _padded(A_prev, hparameters["pad"]), W.shape[0]
    n_H, n_W = ((size - f) // hparameters["stride"] + 1 for size in images.shape[1:3])
    Z = np.zeros((len(images), n_H, n_W, W.shape[3]), images.dtype)
    for i, h, w, down, across in _places(n_H, n_W, len(images), f, hparameters["stride"]):
        for c in range(W.shape[3]):
            Z[i, h, w, c] = np.sum(images[i, down, across] * W[..., c]) + b[0, 0, 0, c]
    return Z, (A_prev, W, b, hparameters)


def conv_backward_loops(dZ: Array, cache: Any) -> tuple[Array, Array, Array]:
    """``(dA_prev, dW, db)`` of a convolution."""
    given, W, b, settings = cache
    pad, images = settings["pad"], _padded(given, settings["pad"])
    sent, dW, db = (np.zeros_like(array) for array in (images, W, b))
    count, high, wide, filters = dZ.shape
    for i, h, w, down, across in _places(high, wide, count, W.shape[0], settings["stride"]):
        for c in range(filters):
            sent[i, down, across] += W[..., c] * dZ[i, h, w, c]
            dW[..., c] += images[i, down, across] * dZ[i, h, w, c]
            db[..., c] += dZ[i, h, w, c]
    rows, columns = given.shape[1:3]
    return sent[:, pad : pad + rows, pad : pad + columns], dW, db


def pool_forward_loops(A_prev: Array, hparameters: dict[str, int]) -> tuple[Array, Any]:
    """``(A, cache)`` of max pooling."""
    f, stride = hparameters["f"], hparameters["stride"]
    m, high, wide, n_C = A_prev.shape
    A = np.zeros((m, (high - f) // stride + 1, (wide - f) // stride + 1, n_C), A_prev.dtype)
    for i, h, w, down, across in _places(A.shape[1], A.shape[2], m, f, stride):
        for c in range(n_C):
            A[i, h, w, c] = np.max(A_prev[i, down, across, c])
    return A, (A_prev, hparameters)


def pool_backward_loops(dA: Array, cache: Any) -> Array:
    """``dA_prev`` of max pooling."""
    given, settings = cache
    sent: Array = np.zeros_like(given)
    count, high, wide, channels = dA.shape
    for i, h, w, down, across in _places(high, wide, count, settings["f"], settings["stride"]):
        for c in range(channels):
            window = given[i, down, across, c]
            sent[i, down, across, c] += (window == np.max(window)) * dA[i, h, w, c]
    return sent
