"""Assignment 1 by its formulas alone: one scalar at a time, slow and plain, for small arrays only.

Nothing here slices, broadcasts or reduces; every index is written out, so that each line can be
held against the formula it comes from. Arrays are NHWC.
"""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Hyperparameters = dict[str, int]


def zero_pad(X: Array, pad: int) -> Array:
    """X (m, n_H, n_W, n_C) with ``pad`` zeros around each image."""
    m, n_H, n_W, n_C = X.shape
    X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C))
    for i, h, w, c in np.ndindex(X.shape):
        X_pad[i, h + pad, w + pad, c] = X[i, h, w, c]
    return X_pad


def conv_single_step(a_slice_prev: Array, W: Array, b: Array) -> float:
    """The sum over i, j, k of a[i, j, k] W[i, j, k], and then the bias."""
    total = 0.0
    for i, j, k in np.ndindex(W.shape):
        total += float(a_slice_prev[i, j, k]) * float(W[i, j, k])
    return total + float(b[0, 0, 0])


def output_size(n_prev: int, f: int, stride: int, pad: int = 0) -> int:
    """How many windows of ``f`` fit, found by placing them one after another."""
    return sum(1 for start in range(0, n_prev + 2 * pad, stride) if start + f <= n_prev + 2 * pad)


def conv_forward(
    A_prev: Array, W: Array, b: Array, hparameters: Hyperparameters
) -> tuple[Array, tuple[Any, ...]]:
    """Z[i, h, w, c] = b[c] + the sum of A_prev[i, h s + y - p, w s + x - p, k] W[y, x, k, c]."""
    stride, pad = hparameters["stride"], hparameters["pad"]
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, _, n_C_prev, n_C = W.shape
    n_H = output_size(n_H_prev, f, stride, pad)
    n_W = output_size(n_W_prev, f, stride, pad)
    Z = np.zeros((m, n_H, n_W, n_C))
    for i, h, w, c in np.ndindex(Z.shape):
        Z[i, h, w, c] = b[0, 0, 0, c]
        for y, x, k in product(range(f), range(f), range(n_C_prev)):
            row, column = h * stride + y - pad, w * stride + x - pad
            if 0 <= row < n_H_prev and 0 <= column < n_W_prev:
                Z[i, h, w, c] += A_prev[i, row, column, k] * W[y, x, k, c]
    return Z, (A_prev, W, b, hparameters)


def conv_backward(dZ: Array, cache: tuple[Any, ...]) -> tuple[Array, Array, Array]:
    """The chain rule, product by product: each A_prev[...] W[...] in a Z gets that Z's gradient."""
    A_prev, W, b, hparameters = cache
    stride, pad = hparameters["stride"], hparameters["pad"]
    _, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    f = W.shape[0]
    dA_prev, dW, db = np.zeros(A_prev.shape), np.zeros(W.shape), np.zeros(b.shape)
    for i, h, w, c in np.ndindex(dZ.shape):
        db[0, 0, 0, c] += dZ[i, h, w, c]
        for y, x, k in product(range(f), range(f), range(n_C_prev)):
            row, column = h * stride + y - pad, w * stride + x - pad
            if 0 <= row < n_H_prev and 0 <= column < n_W_prev:
                dA_prev[i, row, column, k] += dZ[i, h, w, c] * W[y, x, k, c]
                dW[y, x, k, c] += dZ[i, h, w, c] * A_prev[i, row, column, k]
    return dA_prev, dW, db


def pool_forward(
    A_prev: Array, hparameters: Hyperparameters, mode: str = "max"
) -> tuple[Array, tuple[Any, ...]]:
    """A[i, h, w, c]: the largest number of its window, or the window's sum divided by f f."""
    f, stride = hparameters["f"], hparameters["stride"]
    m, n_H_prev, n_W_prev, n_C = A_prev.shape
    A = np.zeros((m, output_size(n_H_prev, f, stride), output_size(n_W_prev, f, stride), n_C))
    for i, h, w, c in np.ndindex(A.shape):
        largest, total = -math.inf, 0.0
        for y, x in product(range(f), range(f)):
            value = float(A_prev[i, h * stride + y, w * stride + x, c])
            largest, total = max(largest, value), total + value
        A[i, h, w, c] = {"max": largest, "average": total / (f * f)}[mode]
    return A, (A_prev, hparameters)


def pool_backward(dA: Array, cache: tuple[Any, ...], mode: str = "max") -> Array:
    """dA goes to the largest number of its window, or in equal parts to all of them."""
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros(A_prev.shape)
    for i, h, w, c in np.ndindex(dA.shape):
        window = [(h * stride + y, w * stride + x) for y, x in product(range(f), range(f))]
        if mode == "max":
            row, column = max(window, key=lambda place: A_prev[i, place[0], place[1], c])
            dA_prev[i, row, column, c] += dA[i, h, w, c]
        else:
            for row, column in window:
                dA_prev[i, row, column, c] += dA[i, h, w, c] / (f * f)
    return dA_prev


def create_mask_from_window(x: Array) -> NDArray[np.bool_]:
    """True where no other entry of the window is larger."""
    mask = np.zeros(x.shape, dtype=bool)
    for place in np.ndindex(x.shape):
        mask[place] = all(x[place] >= x[other] for other in np.ndindex(x.shape))
    return mask


def distribute_value(dz: float, shape: tuple[int, int]) -> Array:
    """n_H n_W equal parts of dz."""
    n_H, n_W = shape
    a = np.zeros(shape)
    for h, w in product(range(n_H), range(n_W)):
        a[h, w] = dz / n_H / n_W
    return a
