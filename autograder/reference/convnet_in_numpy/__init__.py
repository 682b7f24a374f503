"""Reference implementations of assignment 2: a network of fast layers, and how it is trained.

The model is CONV → RELU → MAXPOOL → CONV → RELU → MAXPOOL → FLATTEN → DENSE on pictures
X (m, n_H, n_W, 3). Its parameters are W1 (f1, f1, 3, c1), b1 (1, 1, 1, c1), W2 (f2, f2, c1, c2),
b2 (1, 1, 1, c2), W3 (n, k) and b3 (1, k); its hyperparameters are those of the layers "conv1",
"pool1", "conv2" and "pool2". Layers keep the dtype of what they are given: float32 in, float32 out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.reference.convnet_in_numpy.convolution import (
    conv_backward_fast,
    conv_forward_fast,
    parameter_gradients,
    sliding_windows,
)
from autograder.reference.convnet_in_numpy.layers import (
    dense_backward,
    dense_forward,
    flatten,
    flatten_backward,
    relu,
    relu_backward,
    softmax_cross_entropy,
    xavier_uniform,
)
from autograder.reference.convnet_in_numpy.pooling import pool_backward_fast, pool_forward_fast

__all__ = [
    "adam_step",
    "conv_backward_fast",
    "conv_forward_fast",
    "dense_backward",
    "dense_forward",
    "flatten",
    "flatten_backward",
    "mini_batches",
    "model_backward",
    "model_forward",
    "numerical_gradients",
    "pool_backward_fast",
    "pool_forward_fast",
    "relu",
    "relu_backward",
    "sliding_windows",
    "softmax_cross_entropy",
    "train",
    "xavier_uniform",
]

Array = NDArray[Any]
Labels = NDArray[np.integer[Any]]
Parameters = dict[str, Array]
ModelHyperparameters = dict[str, dict[str, int]]
Caches = tuple[Any, ...]


def model_forward(
    X: Array, parameters: Parameters, hparameters: ModelHyperparameters
) -> tuple[Array, Caches]:
    """The logits Z (m, k) and the caches of the eight layers in their order."""
    Z1, conv1 = conv_forward_fast(X, parameters["W1"], parameters["b1"], hparameters["conv1"])
    A1, relu1 = relu(Z1)
    P1, pool1 = pool_forward_fast(A1, hparameters["pool1"])
    Z2, conv2 = conv_forward_fast(P1, parameters["W2"], parameters["b2"], hparameters["conv2"])
    A2, relu2 = relu(Z2)
    P2, pool2 = pool_forward_fast(A2, hparameters["pool2"])
    F, flat = flatten(P2)
    Z, dense = dense_forward(F, parameters["W3"], parameters["b3"])
    return Z, (conv1, relu1, pool1, conv2, relu2, pool2, flat, dense)


def model_backward(dZ: Array, caches: Caches) -> Parameters:
    """The gradient of each parameter by its name; dZ (m, k) is that of the logits."""
    conv1, relu1, pool1, conv2, relu2, pool2, flat, dense = caches
    dF, dW3, db3 = dense_backward(dZ, dense)
    dA2 = pool_backward_fast(flatten_backward(dF, flat), pool2)
    dP1, dW2, db2 = conv_backward_fast(relu_backward(dA2, relu2), conv2)
    dA1 = pool_backward_fast(dP1, pool1)
    # Nobody asks for the gradient of the pictures, and it takes longer than the other two.
    dW1, db1 = parameter_gradients(relu_backward(dA1, relu1), conv1)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}


def numerical_gradients(
    X: Array,
    Y: Labels,
    parameters: Parameters,
    hparameters: ModelHyperparameters,
    epsilon: float = 1e-5,
) -> Parameters:
    """The gradient of each parameter by central differences, entry by entry."""
    moved = {name: values.copy() for name, values in parameters.items()}

    def cost() -> float:
        return softmax_cross_entropy(model_forward(X, moved, hparameters)[0], Y)[0]

    return {name: _slopes(cost, values, epsilon) for name, values in moved.items()}


def _slopes(cost: Callable[[], float], values: Array, epsilon: float) -> Array:
    """(cost(p + ε) - cost(p - ε)) / 2ε for each entry p of ``values``, which ``cost`` depends on.

    Each entry is moved and put back.
    """
    slopes = np.zeros_like(values)
    for place in np.ndindex(values.shape):
        middle = values[place]
        values[place] = middle + epsilon
        ahead = cost()
        values[place] = middle - epsilon
        slopes[place] = (ahead - cost()) / (2 * epsilon)
        values[place] = middle
    return slopes


def adam_step(
    parameters: Parameters,
    gradients: Parameters,
    m: Parameters,
    v: Parameters,
    t: int,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Parameters, Parameters, Parameters]:
    """The parameters after step number ``t`` (from 1), and the new moments m and v.

    After Kingma and Ba (2015), "Adam: a method for stochastic optimization", algorithm 1.
    """
    m = {name: beta1 * m[name] + (1 - beta1) * dp for name, dp in gradients.items()}
    v = {name: beta2 * v[name] + (1 - beta2) * dp**2 for name, dp in gradients.items()}

    def moved(p: Array, m: Array, v: Array) -> Array:
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        return np.asarray(p - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon))

    return {name: moved(p, m[name], v[name]) for name, p in parameters.items()}, m, v


def mini_batches(X: Array, Y: Labels, size: int, seed: int) -> list[tuple[Array, Labels]]:
    """The examples in a random order, cut into pieces of ``size``; the last may be smaller."""
    order = np.random.default_rng(seed).permutation(len(X))
    pieces = [order[start : start + size] for start in range(0, len(X), size)]
    return [(X[piece], Y[piece]) for piece in pieces]


def train(
    X: Array,
    Y: Labels,
    parameters: Parameters,
    hparameters: ModelHyperparameters,
    epochs: int,
    batch_size: int = 64,
    learning_rate: float = 0.001,
    seed: int = 0,
) -> tuple[Parameters, list[float]]:
    """The parameters after so many epochs of Adam, and each epoch's cost.

    Epoch ``e`` (from 0) takes its mini-batches in the order of ``seed + e``. Its cost is the mean
    over all examples of what the mini-batches' costs were when their turn came.
    """
    m = {name: np.zeros_like(values) for name, values in parameters.items()}
    v = {name: np.zeros_like(values) for name, values in parameters.items()}
    costs, t = [], 0
    for epoch in range(epochs):
        total = 0.0
        for X_batch, Y_batch in mini_batches(X, Y, batch_size, seed + epoch):
            t += 1
            Z, caches = model_forward(X_batch, parameters, hparameters)
            cost, dZ = softmax_cross_entropy(Z, Y_batch)
            gradients = model_backward(dZ, caches)
            parameters, m, v = adam_step(parameters, gradients, m, v, t, learning_rate)
            total += cost * len(Y_batch)
        costs.append(total / len(X))
    return parameters, costs
