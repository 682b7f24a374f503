"""The network computes what assignment 1's layers would, and its gradients are slopes."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from autograder.exercises import assignments
from autograder.expected.answers import DEFAULT_SEED, draw_arguments
from autograder.reference import convnet_in_numpy as course
from autograder.reference import functions
from tests.oracles.finite_differences import gradient
from tests.oracles.networks import Network, networks, random_network

Array = NDArray[Any]
STEP = 1e-5
SMOOTH = 1e-3  # much further than anything moves when one entry moves by STEP
ASSIGNMENT = assignments()["convnet_in_numpy"]


def gradients_of(network: Network) -> dict[str, Array]:
    Z, caches = course.model_forward(*network.arguments)
    _, dZ = course.softmax_cross_entropy(Z, network.Y)
    return course.model_backward(dZ, caches)


def slopes_of(network: Network) -> dict[str, Array]:
    """Central differences of the cost along every entry of every parameter."""

    def cost(name: str) -> Callable[[Array], float]:
        def with_entries(entries: Array) -> float:
            Z, _ = course.model_forward(*network.with_parameter(name, entries).arguments)
            return course.softmax_cross_entropy(Z, network.Y)[0]

        return with_entries

    return {name: gradient(cost(name), values, STEP) for name, values in network.parameters.items()}


def relative_error(found: dict[str, Array], expected: dict[str, Array]) -> float:
    """|found - expected| / (|found| + |expected|) over all parameters together."""
    one, other = (
        np.concatenate([each[name].ravel() for name in expected]) for each in (found, expected)
    )
    return float(np.linalg.norm(one - other) / (np.linalg.norm(one) + np.linalg.norm(other)))


@given(network=networks())
def test_the_logits_and_the_cost_are_those_of_assignment_1_and_scipy(network: Network) -> None:
    Z, _ = course.model_forward(*network.arguments)
    assert_allclose(Z, network.logits(), rtol=1e-10, atol=1e-11)
    cost, _ = course.softmax_cross_entropy(Z, network.Y)
    assert_allclose(cost, network.cost(), rtol=1e-10)


@settings(max_examples=30, deadline=None)
@given(network=networks())
def test_the_gradient_of_every_parameter_is_its_slope(network: Network) -> None:
    assume(network.distance_to_a_kink() > SMOOTH)
    found, slopes = gradients_of(network), slopes_of(network)
    assert {name: each.shape for name, each in found.items()} == {
        name: each.shape for name, each in network.parameters.items()
    }
    assert relative_error(found, slopes) < 1e-7
    for name in slopes:
        assert_allclose(found[name], slopes[name], rtol=1e-6, atol=1e-9)


def _of_the_notebook(seed: int) -> Network:
    """The layers that the notebook trains, on a picture of 16 × 20."""
    hparameters = {
        "conv1": {"stride": 1, "pad": 2},
        "pool1": {"f": 4, "stride": 4},
        "conv2": {"stride": 1, "pad": 1},
        "pool2": {"f": 4, "stride": 4},
    }
    random = np.random.default_rng(seed)
    return random_network(random, (1, 16, 20, 3), ((5, 8), (3, 16)), hparameters, 6, scale=0.1)


def test_the_gradient_of_every_parameter_of_the_notebooks_network_is_its_slope() -> None:
    """1,878 parameters; of a few dozen networks one that is smooth enough."""
    network = max(map(_of_the_notebook, range(40)), key=Network.distance_to_a_kink)
    assert sum(each.size for each in network.parameters.values()) == 1_878
    assert relative_error(gradients_of(network), slopes_of(network)) < 1e-7


@settings(max_examples=20, deadline=None)
@given(network=networks())
def test_numerical_gradients_are_those_of_the_oracle(network: Network) -> None:
    X, parameters, hparameters = network.arguments
    found = course.numerical_gradients(X, network.Y, parameters, hparameters)
    for name, slopes in slopes_of(network).items():
        assert_allclose(found[name], slopes, rtol=1e-6, atol=1e-9)


@given(network=networks())
def test_the_caches_are_what_the_layers_were_given(network: Network) -> None:
    X, parameters, hparameters = network.arguments
    _, caches = course.model_forward(X, parameters, hparameters)
    conv1, relu1, pool1, conv2, relu2, pool2, flat, dense = caches
    assert conv1[0] is X
    assert conv1[1] is parameters["W1"]
    assert conv2[2] is parameters["b2"]
    assert dense[1] is parameters["W3"]
    layers = {"conv1": conv1, "pool1": pool1, "conv2": conv2, "pool2": pool2}
    assert all(cache[-1] is hparameters[name] for name, cache in layers.items())
    assert_allclose(pool1[0], np.maximum(relu1, 0))
    assert_allclose(pool2[0], np.maximum(relu2, 0))
    assert flat == (len(X), *flat[1:])
    assert dense[0].shape == (len(X), int(np.prod(flat[1:])))


@given(network=networks())
def test_float32_stays_float32(network: Network) -> None:
    X, parameters, hparameters = network.arguments
    single = {name: values.astype(np.float32) for name, values in parameters.items()}
    Z, caches = course.model_forward(X.astype(np.float32), single, hparameters)
    _, dZ = course.softmax_cross_entropy(Z, network.Y)
    gradients = course.model_backward(dZ, caches)
    none = {name: np.zeros_like(values) for name, values in single.items()}
    moved, m, v = course.adam_step(single, gradients, none, none, 1)
    arrays = [Z, dZ, *(each for part in (gradients, moved, m, v) for each in part.values())]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}
    assert_allclose(Z, network.logits(), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("exercise", ASSIGNMENT.exercises, ids=lambda each: each.name)
def test_inputs_are_left_unchanged(exercise: Any) -> None:
    for case in exercise.cases:
        arguments = draw_arguments(ASSIGNMENT, exercise, case, DEFAULT_SEED)
        before = copy.deepcopy(arguments)
        functions(ASSIGNMENT)[exercise.name](*arguments)
        np.testing.assert_equal(arguments, before)
