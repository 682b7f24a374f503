"""The layers of assignment 2, on inputs that are padded already.

Arrays are NHWC. Every forward function also returns a cache, which its backward function takes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[Any]


def _windows(X: Array, f: int, stride: int) -> Array:
    """A view (m, n_H, n_W, f, f, n_C) of all windows of ``X``."""
    everywhere: Array = sliding_window_view(X, (f, f), axis=(1, 2))  # type: ignore[call-overload]
    return everywhere[:, ::stride, ::stride].transpose(0, 1, 2, 4, 5, 3)


def conv_forward(X: Array, W: Array, b: Array | float = 0.0, stride: int = 1) -> tuple[Array, Any]:
    """Filters W (f, f, n_C_prev, n_C) over X (m, n_H_prev, n_W_prev, n_C_prev), without padding."""
    f, _, _, n_C = W.shape
    windows = _windows(X, f, stride)
    Z = windows.reshape(*windows.shape[:3], -1) @ W.reshape(-1, n_C) + b
    return Z, (X, W, stride)


def conv_backward(dZ: Array, cache: Any) -> tuple[Array, Array]:
    """The gradients with respect to X and W."""
    X, W, stride = cache
    f, _, _, n_C = W.shape
    _, n_H, n_W, _ = dZ.shape
    flat = _windows(X, f, stride).reshape(-1, W[..., 0].size)
    dW = (flat.T @ dZ.reshape(-1, n_C)).reshape(W.shape)
    dX = np.zeros(X.shape, dtype=dZ.dtype)
    for r in range(f):
        for s in range(f):
            rows = slice(r, r + stride * n_H, stride)
            columns = slice(s, s + stride * n_W, stride)
            dX[:, rows, columns] += dZ @ W[r, s].T
    return dX, dW


def pool_forward(X: Array, f: int, stride: int) -> tuple[Array, Any]:
    """The largest of every window of ``f`` × ``f``."""
    A = _windows(X, f, stride).max(axis=(3, 4))
    return A, (X, A, f, stride)


def pool_backward(dA: Array, cache: Any) -> Array:
    """The gradient goes to the entry that was the largest; to all of them, if there are several."""
    X, A, f, stride = cache
    _, n_H, n_W, _ = dA.shape
    dX = np.zeros(X.shape, dtype=dA.dtype)
    for r in range(f):
        for s in range(f):
            place = (
                slice(None),
                slice(r, r + stride * n_H, stride),
                slice(s, s + stride * n_W, stride),
            )
            dX[place] += dA * (X[place] == A)
    return dX


def relu(Z: Array) -> tuple[Array, Array]:
    """What is below 0 becomes 0."""
    return np.maximum(Z, 0), Z


def relu_backward(dA: Array, Z: Array) -> Array:
    """The gradient passes where Z was above 0."""
    return dA * (Z > 0)


def dense_forward(A: Array, W: Array, b: Array) -> tuple[Array, Any]:
    """A (m, n) times W (n, k), plus b (k,)."""
    return A @ W + b, (A, W)


def dense_backward(dZ: Array, cache: Any) -> tuple[Array, Array, Array]:
    """The gradients with respect to A, W and b."""
    A, W = cache
    return dZ @ W.T, A.T @ dZ, dZ.sum(axis=0)


def softmax_cross_entropy(Z: Array, Y: Array) -> tuple[float, Array]:
    """The mean cost of the logits Z (m, k) where Y (m, k) is right, and its gradient."""
    shifted = Z - Z.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    cost = float(-(Y * logs).sum(axis=1).mean())
    return cost, (np.exp(logs) * Y.sum(axis=1, keepdims=True) - Y) / len(Z)
