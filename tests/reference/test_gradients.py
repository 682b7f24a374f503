"""The backward functions are the derivatives of the forward ones, in every single entry.

The loss is ``sum(dZ * Z)`` with a random dZ, whose gradient by Z is dZ. It is linear in each of
A_prev, W and b alone (and, for max-pooling, linear until another number becomes the largest), so
that central differences are exact but for rounding, and the bound can be tight.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from hypothesis import given
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from autograder.reference.convolution_step_by_step import (
    conv_backward,
    conv_forward,
    pool_backward,
    pool_forward,
)
from tests.oracles.finite_differences import gradient
from tests.oracles.layers import Convolution, Pooling, convolutions, poolings

Array = NDArray[np.float64]

STEP = 0.25  # below half the distance of the whole numbers that are pooled


def assert_is_gradient(found: Array, loss: Callable[[Array], float], parameter: Array) -> None:
    """Every entry of ``found`` is the slope of ``loss`` along that entry of ``parameter``."""
    assert_allclose(found, gradient(loss, parameter, STEP), rtol=1e-7, atol=1e-10)


@given(layer=convolutions())
def test_conv_backward_gives_the_gradient_of_every_input(layer: Convolution) -> None:
    A_prev, W, b, hparameters = layer.cache

    def loss(A_prev: Array, W: Array, b: Array) -> float:
        return float(np.vdot(layer.dZ, conv_forward(A_prev, W, b, hparameters)[0]))

    dA_prev, dW, db = conv_backward(layer.dZ, layer.cache)
    assert_is_gradient(dA_prev, lambda entries: loss(entries, W, b), A_prev)
    assert_is_gradient(dW, lambda entries: loss(A_prev, entries, b), W)
    assert_is_gradient(db, lambda entries: loss(A_prev, W, entries), b)


@given(layer=poolings())
def test_pool_backward_gives_the_gradient_of_every_input(layer: Pooling) -> None:
    def loss(A_prev: Array) -> float:
        return float(np.vdot(layer.dA, pool_forward(A_prev, layer.hparameters, layer.mode)[0]))

    dA_prev = pool_backward(layer.dA, layer.cache, layer.mode)
    assert_is_gradient(dA_prev, loss, layer.A_prev)
