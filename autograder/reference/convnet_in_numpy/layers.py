"""The smaller layers of assignment 2, the cost, and where weights begin."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
DenseCache = tuple[Array, Array, Array]


def relu(Z: Array) -> tuple[Array, Array]:
    """A = max(Z, 0), of any shape, and the cache Z."""
    return np.maximum(Z, 0), Z


def relu_backward(dA: Array, cache: Array) -> Array:
    """dZ: dA where Z is positive, and 0 elsewhere."""
    return dA * (cache > 0)


def flatten(A: Array) -> tuple[Array, tuple[int, ...]]:
    """F (m, n_H n_W n_C), an example's numbers in a row, and the cache, A's shape."""
    return A.reshape(len(A), -1), A.shape


def flatten_backward(dF: Array, cache: tuple[int, ...]) -> Array:
    """dA, which is dF in the shape that the cache gives."""
    return dF.reshape(cache)


def dense_forward(A_prev: Array, W: Array, b: Array) -> tuple[Array, DenseCache]:
    """Z (m, k) and the cache (A_prev, W, b); A_prev (m, n), W (n, k), b (1, k)."""
    return A_prev @ W + b, (A_prev, W, b)


def dense_backward(dZ: Array, cache: DenseCache) -> tuple[Array, Array, Array]:
    """The gradients dA_prev, dW and db, shaped as A_prev, W and b; dZ (m, k)."""
    A_prev, W, _ = cache
    return dZ @ W.T, A_prev.T @ dZ, dZ.sum(axis=0, keepdims=True)


def xavier_uniform(shape: tuple[int, ...], seed: int) -> Array:
    """Weights of ``shape``, uniform on [-limit, limit) with limit = sqrt(6 / (fan_in + fan_out)).

    ``shape`` is (n_in, n_out) or (f, f, n_C_prev, n_C): each number in a filter's output comes from
    f f n_C_prev inputs, and each input goes to f f n_C outputs. After Glorot and Bengio (2010),
    "Understanding the difficulty of training deep feedforward neural networks", formula 16.
    """
    *window, n_in, n_out = shape
    limit = np.sqrt(6 / (prod(window) * (n_in + n_out)))
    return np.random.default_rng(seed).uniform(-limit, limit, shape)


def softmax_cross_entropy(Z: Array, Y: NDArray[np.integer[Any]]) -> tuple[float, Array]:
    """The cost, averaged over the examples, and its gradient dZ (m, k).

    Z (m, k) are logits and Y (m,) the numbers of the right classes. The largest logit is subtracted
    first: this changes no probability, and no exponential can overflow.
    """
    m = len(Y)
    right = np.arange(m), Y
    shifted = Z - Z.max(axis=1, keepdims=True)
    log_probabilities = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    dZ = np.exp(log_probabilities)
    dZ[right] -= 1
    dZ /= m
    return -float(log_probabilities[right].mean()), dZ
