"""NumPy's layers and TensorFlow give the same: outputs to 1e-5, gradients to 1e-4."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.numpy_network import (
    conv_backward,
    conv_forward,
    network_backward,
    network_forward,
    pad_same,
    pool_backward,
    pool_forward,
    softmax_cross_entropy,
    without_padding,
)
from autograder.numpy_network.padding import features
from tests.in_tensorflow import NEEDS_TENSORFLOW, notebook_functions

pytestmark = NEEDS_TENSORFLOW
OUTPUTS, GRADIENTS = 1e-5, 1e-4
SIZES = st.integers(4, 40)


def float32(rng, *shape):
    return rng.normal(size=shape).astype(np.float32)


def gradients_in_tensorflow(function, *arrays):
    """The result of ``function``, and the slopes of its weighted sum along ``arrays``."""
    import tensorflow as tf

    variables = [tf.Variable(array) for array in arrays]
    with tf.GradientTape() as tape:
        result = function(*variables)
        total = tf.reduce_sum(result * weights_of(result.numpy()))
    return result.numpy(), [each.numpy() for each in tape.gradient(total, variables)]


def weights_of(result):
    """Weights of both signs, so that no part of a result counts as another does."""
    return np.sin(np.arange(result.size, dtype=np.float32)).reshape(result.shape)


@settings(max_examples=20)
@given(st.integers(1, 3), SIZES, SIZES, st.integers(1, 5), st.integers(1, 3), st.integers(0, 99))
def test_a_convolution(m, n_H, n_W, f, stride, seed):
    import tensorflow as tf

    rng = np.random.default_rng(seed)
    X, W = float32(rng, m, n_H, n_W, 3), float32(rng, f, f, 3, 4)
    expected, (dX, dW) = gradients_in_tensorflow(
        lambda X, W: tf.nn.conv2d(X, W, stride, "SAME"), X, W
    )
    Z, cache = conv_forward(pad_same(X, f, stride), W, stride=stride)
    np.testing.assert_allclose(Z, expected, rtol=OUTPUTS, atol=OUTPUTS)
    found_dX, found_dW = conv_backward(weights_of(Z), cache)
    found_dX = without_padding(found_dX, X.shape, f, stride)
    np.testing.assert_allclose(found_dX, dX, rtol=GRADIENTS, atol=GRADIENTS)
    np.testing.assert_allclose(found_dW, dW, rtol=GRADIENTS, atol=GRADIENTS)


@settings(max_examples=20)
@given(st.integers(1, 3), SIZES, SIZES, st.integers(1, 8), st.integers(1, 8), st.integers(0, 99))
def test_a_pooling(m, n_H, n_W, f, stride, seed):
    import tensorflow as tf

    X = float32(np.random.default_rng(seed), m, n_H, n_W, 2) - 2  # nearly all are negative
    expected, (dX,) = gradients_in_tensorflow(lambda X: tf.nn.max_pool2d(X, f, stride, "SAME"), X)
    A, cache = pool_forward(pad_same(X, f, stride, -np.inf), f, stride)
    np.testing.assert_array_equal(A, expected)
    found = without_padding(pool_backward(weights_of(A), cache), X.shape, f, stride)
    np.testing.assert_allclose(found, dX, rtol=GRADIENTS, atol=GRADIENTS)


@pytest.mark.parametrize("size", [(64, 64), (20, 45), (50, 17), (9, 9)])
def test_the_solution_s_network_and_all_of_its_gradients(size):
    import tensorflow as tf

    from autograder.tensorflow_kit.plain import as_variables

    rng = np.random.default_rng(sum(size))
    X, Y = float32(rng, 4, *size, 3), np.eye(6, dtype=np.float32)[[5, 0, 2, 2]]
    arrays = {
        "W1": 0.3 * float32(rng, 4, 4, 3, 8),
        "W2": 0.3 * float32(rng, 2, 2, 8, 16),
        "dense": {"kernel": 0.3 * float32(rng, features(*size), 6), "bias": float32(rng, 6)},
    }
    functions = notebook_functions()
    parameters = as_variables(arrays)
    dense = parameters["dense"]
    variables = [parameters["W1"], parameters["W2"], dense.kernel.value, dense.bias.value]
    with tf.GradientTape() as tape:
        Z3 = functions["forward_propagation"](X, parameters)
        cost = functions["compute_cost"](Z3, Y)
    expected = tape.gradient(cost, variables)
    found, caches = network_forward(X, arrays)
    found_cost, dZ3 = softmax_cross_entropy(found, Y)
    gradients = network_backward(dZ3, caches)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, Z3, rtol=OUTPUTS, atol=OUTPUTS)
    assert found_cost == pytest.approx(float(cost), abs=OUTPUTS)
    flat = [gradients["W1"], gradients["W2"], *gradients["dense"].values()]
    for ours, theirs in zip(flat, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=GRADIENTS, atol=GRADIENTS)
