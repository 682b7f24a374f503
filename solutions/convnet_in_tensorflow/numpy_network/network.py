"""CONV → RELU → MAXPOOL 8 × 8 → CONV → RELU → MAXPOOL 4 × 4 → FLATTEN → FULLYCONNECTED.

Parameters are W1 (4, 4, 3, 8), W2 (2, 2, 8, 16) and "dense": {"kernel": (n, k), "bias": (k,)}.
Padding is SAME everywhere: zeros before a convolution, and nothing that could be the largest before
a pooling.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .layers import (
    conv_backward,
    conv_forward,
    dense_backward,
    dense_forward,
    pool_backward,
    pool_forward,
    relu,
    relu_backward,
)
from .padding import pad_same, without_padding

Array = NDArray[Any]
POOLS = (8, 4)
"""Sizes, and strides, of the two poolings."""


def network_forward(X: Array, parameters: Mapping[str, Any]) -> tuple[Array, list[Any]]:
    """The logits Z3 (m, k) of the pictures X (m, n_H, n_W, 3), and the caches."""
    A, caches = X, []
    for W, f in zip((parameters["W1"], parameters["W2"]), POOLS, strict=True):
        Z, conv = conv_forward(pad_same(A, len(W), 1), W)
        active, relu_cache = relu(Z)
        P, pool = pool_forward(pad_same(active, f, f, -np.inf), f, f)
        caches += [(A.shape, conv, relu_cache, active.shape, pool)]
        A = P
    Z3, dense = dense_forward(
        A.reshape(len(A), -1), parameters["dense"]["kernel"], parameters["dense"]["bias"]
    )
    return Z3, [*caches, (A.shape, dense)]


def network_backward(dZ3: Array, caches: list[Any]) -> dict[str, Any]:
    """The gradient of each parameter, from the gradient of the logits."""
    *convolutions, (shape, dense) = caches
    dF, kernel, bias = dense_backward(dZ3, dense)
    gradients: dict[str, Any] = {"dense": {"kernel": kernel, "bias": bias}}
    dA = dF.reshape(shape)
    for name, f, cache in zip(("W2", "W1"), POOLS[::-1], convolutions[::-1], strict=True):
        before, conv, Z, active, pool = cache
        dA = without_padding(pool_backward(dA, pool), active, f, f)
        dX, gradients[name] = conv_backward(relu_backward(dA, Z), conv)
        dA = without_padding(dX, before, len(conv[1]), 1)
    return gradients
