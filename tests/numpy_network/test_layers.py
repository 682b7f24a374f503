"""The NumPy layers against loops, finite differences and the reference of assignment 2."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.numpy_network import (
    layers,
    network_backward,
    network_forward,
    softmax_cross_entropy,
)
from autograder.numpy_network.padding import features, pad_same, same_padding, without_padding
from autograder.reference import convnet_in_numpy as course

SIZES = st.integers(1, 40)


@given(SIZES, st.integers(1, 9), st.integers(1, 9))
def test_same_padding_gives_as_many_windows_as_it_promises(size, f, stride):
    before, after = same_padding(size, f, stride)
    assert after - before in (0, 1)
    windows = (size + before + after - f) // stride + 1
    assert windows == -(-size // stride) or (f < stride and before == after == 0)
    assert before == after == 0 or (size + before + after - f) % stride == 0


@given(st.integers(1, 3), SIZES, SIZES, st.integers(1, 6), st.integers(1, 4))
@settings(max_examples=25)
def test_what_padding_adds_can_be_taken_off(m, n_H, n_W, f, stride):
    X = np.arange(m * n_H * n_W * 2.0).reshape(m, n_H, n_W, 2)
    padded = pad_same(X, f, stride, value=-np.inf)
    assert np.isneginf(padded).sum() == padded.size - X.size
    assert (without_padding(padded, X.shape, f, stride) == X).all()


@pytest.mark.parametrize(("f", "stride"), [(1, 1), (3, 1), (4, 1), (2, 2), (4, 3)])
def test_layers_are_those_of_assignment_2(f, stride):
    rng = np.random.default_rng(f + stride)
    X, W = rng.normal(size=(2, 9, 11, 3)), rng.normal(size=(f, f, 3, 5))
    b = np.zeros((1, 1, 1, 5))
    Z, cache = layers.conv_forward(X, W, stride=stride)
    expected, its = course.conv_forward_fast(X, W, b, {"stride": stride, "pad": 0})
    np.testing.assert_allclose(Z, expected, atol=1e-12)
    dZ = rng.normal(size=Z.shape)
    dX, dW = layers.conv_backward(dZ, cache)
    for ours, theirs in zip((dX, dW), course.conv_backward_fast(dZ, its), strict=False):
        np.testing.assert_allclose(ours, theirs, atol=1e-12)
    A, cache = layers.pool_forward(X, f, stride)
    expected, its = course.pool_forward_fast(X, {"f": f, "stride": stride})
    np.testing.assert_array_equal(A, expected)
    dA = rng.normal(size=A.shape)
    np.testing.assert_allclose(
        layers.pool_backward(dA, cache), course.pool_backward_fast(dA, its), atol=1e-12
    )


@pytest.mark.parametrize("size", [(9, 9), (16, 21)])
def test_every_gradient_of_the_network_is_a_slope(size):
    rng = np.random.default_rng(3)
    X, Y = rng.normal(size=(2, *size, 3)), np.eye(6)[[4, 1]]
    parameters = {
        "W1": 0.3 * rng.normal(size=(4, 4, 3, 8)),
        "W2": 0.3 * rng.normal(size=(2, 2, 8, 16)),
        "dense": {"kernel": rng.normal(size=(features(*size), 6)), "bias": rng.normal(size=6)},
    }

    def cost() -> float:
        return softmax_cross_entropy(network_forward(X, parameters)[0], Y)[0]

    Z3, caches = network_forward(X, parameters)
    gradients = network_backward(softmax_cross_entropy(Z3, Y)[1], caches)
    dense, slopes = parameters["dense"], gradients["dense"]
    for array, gradient in (
        (parameters["W1"], gradients["W1"]),
        (parameters["W2"], gradients["W2"]),
        (dense["kernel"], slopes["kernel"]),
        (dense["bias"], slopes["bias"]),
    ):
        for place in rng.integers(array.size, size=12):
            found = _slope(cost, array, int(place))
            assert gradient.flat[place] == pytest.approx(found, rel=1e-5, abs=1e-8)


def _slope(cost, array, place, step=1e-6):
    kept = array.flat[place]
    costs = []
    for change in (step, -step):
        array.flat[place] = kept + change
        costs.append(cost())
    array.flat[place] = kept
    return (costs[0] - costs[1]) / (2 * step)
