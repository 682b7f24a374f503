"""Training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from autograder.mistakes.convnet_in_tensorflow.wrong_code.cost import compute_cost
from autograder.mistakes.convnet_in_tensorflow.wrong_code.forward import forward_propagation
from autograder.mistakes.convnet_in_tensorflow.wrong_code.weights import initialize_parameters

Parameters = dict[str, Any]


def _all(parameters: Parameters) -> list[Any]:
    return [parameters["W1"], parameters["W2"], *parameters["dense"].trainable_variables]


def _share(parameters: Parameters, X: Any, Y: Any) -> float:
    answers = np.argmax(forward_propagation(X, parameters), axis=1)
    return float(np.mean(answers == np.argmax(Y, axis=1)))


def model(
    X_train: Any,
    Y_train: Any,
    X_test: Any,
    Y_test: Any,
    learning_rate: float,
    num_epochs: int,
    minibatch_size: int,
    *,
    trained: Callable[[Parameters], list[Any]] = _all,
    gradient: Callable[[Any], Any] = lambda gradient: gradient,
    epochs: Callable[[int], int] = lambda number: number,
    kept: Callable[[list[float], int], list[float]] = lambda costs, m: [sum(costs) / m],
    accuracy: Callable[[Parameters, Any, Any], float] = _share,
    accuracies: Callable[[float, float], Any] = lambda train, test: (train, test),
    returned: Callable[[Parameters, Any], Any] = lambda parameters, history: (parameters, history),
) -> Any:
    """Train with Adam; every keyword is a place where it can go wrong.

    ``kept`` makes of the costs of an epoch's mini-batches, each times its examples, what the
    history keeps of them.
    """
    parameters = initialize_parameters()
    forward_propagation(X_train[:1], parameters)  # now the last layer has its weights, too
    variables = trained(parameters)
    optimizer = keras.optimizers.Adam(learning_rate)
    optimizer.build(variables)

    @tf.function(reduce_retracing=True)
    def step(X: Any, Y: Any) -> Any:
        with tf.GradientTape() as tape:
            cost = compute_cost(forward_propagation(X, parameters), Y)
        gradients = [gradient(each) for each in tape.gradient(cost, variables)]
        optimizer.apply_gradients(zip(gradients, variables, strict=True))
        return cost

    history: dict[str, Any] = {"costs": []}
    rng = np.random.default_rng(0)
    for _ in range(epochs(num_epochs)):
        order = rng.permutation(len(X_train))
        starts = range(0, len(order), minibatch_size)
        pieces = [order[start : start + minibatch_size] for start in starts]
        costs = [float(step(X_train[piece], Y_train[piece])) * len(piece) for piece in pieces]
        history["costs"] += kept(costs, len(order))
    train, test = accuracies(
        accuracy(parameters, X_train, Y_train), accuracy(parameters, X_test, Y_test)
    )
    history |= {"train_accuracy": train, "test_accuracy": test}
    return returned(parameters, history)
