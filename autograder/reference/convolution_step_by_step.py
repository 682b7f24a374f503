"""Reference implementations of assignment 1, vectorised; every expected output comes from them.

Arrays are NHWC. The formulas are those of discrete cross-correlation and its adjoint: with
``window(h, w) = A_prev_pad[:, h*stride : h*stride + f, w*stride : w*stride + f, :]``,

    Z[i, h, w, c]   = sum(window(h, w)[i] * W[..., c]) + b[..., c]
    dA_prev_pad     = sum over h, w, c of dZ[i, h, w, c] * W[..., c], added at window(h, w)
    dW[..., c]      = sum over i, h, w of dZ[i, h, w, c] * window(h, w)[i]
    db[..., c]      = sum over i, h, w of dZ[i, h, w, c]

The code is deliberately of another kind than the course's loops (views and einsum), so that the
two can be held against each other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[Any]
Hyperparameters = dict[str, int]
ConvolutionCache = tuple[Array, Array, Array, Hyperparameters]
PoolingCache = tuple[Array, Hyperparameters]


def _windows(images: Array, f: int, stride: int) -> Array:
    """All windows as a view of shape (m, n_H, n_W, n_C, f, f)."""
    windows: Array = sliding_window_view(images, (f, f), axis=(1, 2))  # type: ignore[call-overload]
    return windows[:, ::stride, ::stride]


def _add_windows(shape: tuple[int, ...], windows: Array, stride: int) -> Array:
    """The adjoint of :func:`_windows`: an array of ``shape`` into which every window is added."""
    n_H, n_W, f = windows.shape[1], windows.shape[2], windows.shape[4]
    total = np.zeros(shape, dtype=windows.dtype)
    for row in range(f):
        for column in range(f):
            rows = slice(row, row + stride * n_H, stride)
            columns = slice(column, column + stride * n_W, stride)
            total[:, rows, columns, :] += windows[..., row, column]
    return total


def zero_pad(X: Array, pad: int) -> Array:
    """X (m, n_H, n_W, n_C) with ``pad`` zeros on each side: (m, n_H + 2 pad, n_W + 2 pad, n_C)."""
    m, n_H, n_W, n_C = X.shape
    X_pad = np.zeros((m, n_H + 2 * pad, n_W + 2 * pad, n_C), dtype=X.dtype)
    X_pad[:, pad : pad + n_H, pad : pad + n_W, :] = X
    return X_pad


def conv_single_step(a_slice_prev: Array, W: Array, b: Array) -> np.float64:
    """The scalar sum(a_slice_prev * W) + b; both (f, f, n_C_prev), b (1, 1, 1)."""
    return np.float64(np.vdot(a_slice_prev, W) + b.item())


def conv_forward(
    A_prev: Array, W: Array, b: Array, hparameters: Hyperparameters
) -> tuple[Array, ConvolutionCache]:
    """Z (m, n_H, n_W, n_C) and the cache (A_prev, W, b, hparameters).

    A_prev (m, n_H_prev, n_W_prev, n_C_prev), W (f, f, n_C_prev, n_C), b (1, 1, 1, n_C);
    n_H = floor((n_H_prev + 2 pad - f) / stride) + 1, and n_W likewise.
    """
    windows = _windows(zero_pad(A_prev, hparameters["pad"]), W.shape[0], hparameters["stride"])
    Z = np.einsum("mhwcij,ijcn->mhwn", windows, W) + b
    return Z, (A_prev, W, b, hparameters)


def pool_forward(
    A_prev: Array, hparameters: Hyperparameters, mode: str = "max"
) -> tuple[Array, PoolingCache]:
    """A (m, n_H, n_W, n_C), the windows' maxima or averages, and the cache.

    n_H = floor((n_H_prev - f) / stride) + 1, and n_W likewise.
    """
    windows = _windows(A_prev, hparameters["f"], hparameters["stride"])
    A = windows.max(axis=(4, 5)) if mode == "max" else windows.mean(axis=(4, 5))
    return A, (A_prev, hparameters)


def conv_backward(dZ: Array, cache: ConvolutionCache) -> tuple[Array, Array, Array]:
    """The gradients dA_prev, dW and db, shaped as A_prev, W and b; dZ is shaped as Z."""
    A_prev, W, _, hparameters = cache
    stride, pad = hparameters["stride"], hparameters["pad"]
    A_prev_pad = zero_pad(A_prev, pad)
    dW = np.einsum("mhwcij,mhwn->ijcn", _windows(A_prev_pad, W.shape[0], stride), dZ)
    db = dZ.sum(axis=(0, 1, 2), keepdims=True)
    spread = np.einsum("mhwn,ijcn->mhwcij", dZ, W)
    dA_prev_pad = _add_windows(A_prev_pad.shape, spread, stride)
    n_H_prev, n_W_prev = A_prev.shape[1:3]
    return dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev, :], dW, db


def create_mask_from_window(x: Array) -> NDArray[np.bool_]:
    """A boolean array shaped as ``x``, True where ``x`` has its maximum."""
    return np.asarray(x == np.max(x))


def distribute_value(dz: float, shape: tuple[int, int]) -> Array:
    """An array of ``shape`` (n_H, n_W) in which every entry is dz / (n_H n_W)."""
    return np.full(shape, dz / (shape[0] * shape[1]))


def pool_backward(dA: Array, cache: PoolingCache, mode: str = "max") -> Array:
    """The gradient dA_prev, shaped as A_prev; dA is shaped as the output of the pooling."""
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    windows = _windows(A_prev, f, stride)
    if mode == "max":
        share = windows == windows.max(axis=(4, 5), keepdims=True)
    else:
        share = np.full(windows.shape, 1 / (f * f))
    return _add_windows(A_prev.shape, share * dA[..., None, None], stride)
