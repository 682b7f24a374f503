"""Adam by the textbook, mini-batches as a partition, and training as both together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray

from autograder.reference import convnet_in_numpy as course
from tests.oracles.networks import Network, networks, random_network
from tests.oracles.optimiser import Adam

Array = NDArray[Any]

seeds = st.integers(0, 2**32 - 1)
rates = st.fixed_dictionaries(
    {},
    optional={
        "learning_rate": st.floats(1e-4, 0.5),
        "beta1": st.floats(0, 0.99),
        "beta2": st.floats(0, 0.9999),
        "epsilon": st.floats(1e-10, 0.5),
    },
)


@given(seed=seeds, steps=st.integers(1, 12), rates=rates, size=st.floats(1e-6, 1e3))
def test_adam_takes_the_steps_of_the_textbook(
    seed: int, steps: int, rates: dict[str, float], size: float
) -> None:
    random = np.random.default_rng(seed)
    first = {"W": random.normal(size=(2, 3)), "b": random.normal(size=(1, 3))}
    gradients = [
        {name: size * random.normal(size=p.shape) for name, p in first.items()}
        for _ in range(steps)
    ]
    parameters, m, v = first, _zeros(first), _zeros(first)
    for t, gradient in enumerate(gradients, start=1):
        parameters, m, v = course.adam_step(parameters, gradient, m, v, t, **rates)
    for name, values in first.items():
        for place in np.ndindex(values.shape):
            adam = Adam(values[place]).steps([each[name][place] for each in gradients], **rates)
            for found, expected in (
                (parameters[name][place], adam.p),
                (m[name][place], adam.m),
                (v[name][place], adam.v),
            ):
                assert_allclose(found, expected, rtol=1e-9, atol=1e-12)


def _zeros(parameters: dict[str, Array]) -> dict[str, Array]:
    return {name: np.zeros_like(values) for name, values in parameters.items()}


@given(seed=seeds, learning_rate=st.floats(1e-4, 1))
def test_the_first_step_is_as_long_as_the_learning_rate(seed: int, learning_rate: float) -> None:
    random = np.random.default_rng(seed)
    p, dp = {"W": random.normal(size=(3, 2))}, {"W": random.normal(size=(3, 2))}
    moved, _, _ = course.adam_step(p, dp, _zeros(p), _zeros(p), 1, learning_rate)
    assert_allclose(moved["W"], p["W"] - learning_rate * np.sign(dp["W"]), atol=1e-4)


@given(
    m=st.integers(1, 20), size=st.integers(1, 25), seed=st.integers(0, 1000), axes=st.integers(0, 3)
)
def test_mini_batches_are_a_partition_in_random_order(
    m: int, size: int, seed: int, axes: int
) -> None:
    X = np.arange(m).reshape(m, *[1] * axes) * np.ones((m, *[2] * axes))
    Y = 100 + np.arange(m)
    batches = course.mini_batches(X, Y, size, seed)
    assert isinstance(batches, list)
    assert all(isinstance(batch, tuple) for batch in batches)
    lengths = [len(batch) for batch, _ in batches]
    assert lengths == [size] * (m // size) + ([m % size] if m % size else [])
    labels = np.concatenate([labels for _, labels in batches])
    assert sorted(labels) == list(Y)
    assert_array_equal(labels - 100, np.random.default_rng(seed).permutation(m))
    for X_batch, Y_batch in batches:
        assert_array_equal(X_batch.reshape(len(X_batch), -1).mean(axis=1), Y_batch - 100)


@settings(max_examples=20, deadline=None)
@given(
    network=networks(),
    epochs=st.integers(1, 3),
    batch_size=st.integers(1, 4),
    seed=st.integers(0, 99),
)
def test_training_is_adam_over_the_mini_batches_of_each_epoch(
    network: Network, epochs: int, batch_size: int, seed: int
) -> None:
    X, parameters, hparameters = network.arguments
    found, costs = course.train(
        X, network.Y, parameters, hparameters, epochs, batch_size, 0.01, seed
    )
    states = {
        (name, place): Adam(values[place])
        for name, values in parameters.items()
        for place in np.ndindex(values.shape)
    }
    now = {name: values.copy() for name, values in parameters.items()}
    for epoch in range(epochs):
        order = np.random.default_rng(seed + epoch).permutation(len(X))
        each = []  # the cost of every example, when its turn came
        for start in range(0, len(X), batch_size):
            chosen = order[start : start + batch_size]
            Z, caches = course.model_forward(X[chosen], now, hparameters)
            cost, dZ = course.softmax_cross_entropy(Z, network.Y[chosen])
            each += [cost] * len(chosen)
            gradients = course.model_backward(dZ, caches)
            for (name, place), adam in states.items():
                now[name][place] = adam.steps([gradients[name][place]], learning_rate=0.01).p
        assert_allclose(costs[epoch], np.mean(each), rtol=1e-7)
    assert all(type(cost) is float for cost in costs)
    assert len(costs) == epochs
    for name, values in now.items():
        assert_allclose(found[name], values, rtol=1e-6, atol=1e-8)


HPARAMETERS = {
    "conv1": {"stride": 1, "pad": 1},
    "pool1": {"f": 2, "stride": 2},
    "conv2": {"stride": 1, "pad": 1},
    "pool2": {"f": 2, "stride": 2},
}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_network_learns_to_tell_bright_pictures_from_dark_ones(dtype: type) -> None:
    random = np.random.default_rng(0)
    network = random_network(random, (20, 8, 12, 3), ((3, 4), (3, 4)), HPARAMETERS, 2)
    Y = np.arange(20) % 2
    X = (0.3 * random.normal(size=network.X.shape) + Y[:, None, None, None]).astype(dtype)
    first = {name: values.astype(dtype) for name, values in network.parameters.items()}
    parameters, costs = course.train(X, Y, first, HPARAMETERS, 30, 8, 0.01)
    assert costs[-1] < costs[0] / 10
    assert {values.dtype for values in parameters.values()} == {np.dtype(dtype)}
    assert_array_equal(course.model_forward(X, parameters, HPARAMETERS)[0].argmax(axis=1), Y)


@given(network=networks())
def test_no_epoch_changes_nothing(network: Network) -> None:
    X, parameters, hparameters = network.arguments
    found, costs = course.train(X, network.Y, parameters, hparameters, 0)
    assert costs == []
    np.testing.assert_equal(found, parameters)
