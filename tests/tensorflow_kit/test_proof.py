"""Numbers that TensorFlow did not compute are no answer, whatever they are put into."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.expected import load_key
from autograder.instant_checks.packing import unpack
from autograder.numpy_network import network_backward, network_forward, softmax_cross_entropy
from tests.in_tensorflow import ASSIGNMENT, NEEDS_TENSORFLOW, OTHER_WAYS, notebook_functions

pytestmark = NEEDS_TENSORFLOW
KEY = load_key(ASSIGNMENT).answers


@pytest.fixture(scope="module")
def tf():
    from autograder import tensorflow_kit  # noqa: F401 - first: it keeps TensorFlow quiet
    import tensorflow  # isort: skip

    return tensorflow


def called(function: Callable[..., Any], name: str, case: str) -> Any:
    """What comes of ``function`` as the exercise ``name``."""
    from autograder.tensorflow_kit import plainly

    def answer(*arguments: Any) -> Any:
        return function(*arguments)

    answer.__name__ = name
    return plainly(answer)(*unpack(KEY[name][case].arguments))


def arrays(parameters: Any) -> dict[str, Any]:
    dense = parameters["dense"]
    last = {"kernel": np.asarray(dense.kernel), "bias": np.asarray(dense.bias)}
    return {"W1": np.asarray(parameters["W1"]), "W2": np.asarray(parameters["W2"]), "dense": last}


def by_numpy(X: Any, parameters: Any) -> Any:
    return network_forward(np.asarray(X), arrays(parameters))[0].astype(np.float32)


def forwards(tf: Any) -> dict[str, tuple[Callable[..., Any], str]]:
    """Ways to hand NumPy's logits in, and what is said of each."""

    def with_a_bias(X: Any, parameters: Any) -> Any:
        return tf.constant(by_numpy(X, parameters)) + 0 * parameters["dense"].bias

    def called_back(call: Any) -> Callable[..., Any]:
        def forward(X: Any, parameters: Any) -> Any:
            return tf.ensure_shape(
                call(lambda Z: by_numpy(Z, parameters), [X], tf.float32), (None, 6)
            )

        return forward

    def with_gradients_by_numpy(X: Any, parameters: Any) -> Any:
        @tf.custom_gradient
        def network(W1: Any, W2: Any, kernel: Any, bias: Any) -> Any:
            Z3, caches = network_forward(X.numpy(), arrays(parameters))

            def back(dZ3: Any) -> Any:
                found = network_backward(dZ3.numpy(), caches)
                return found["W1"], found["W2"], found["dense"]["kernel"], found["dense"]["bias"]

            return tf.constant(Z3, tf.float32), back

        dense = parameters["dense"]
        return network(parameters["W1"], parameters["W2"], dense.kernel.value, dense.bias.value)

    def where_nobody_looks(X: Any, parameters: Any) -> Any:
        if tf.executing_eagerly():
            return tf.constant(by_numpy(X, parameters))
        return tf.zeros((X.shape[0], 6)) + parameters["dense"].bias

    def without_filters(X: Any, parameters: Any) -> Any:
        return notebook_functions()["forward_propagation"](
            X, {**parameters, "W1": tf.stop_gradient(parameters["W1"])}
        )

    return {
        "an array": (by_numpy, "they are no tensor"),
        "a tensor with a bias": (with_a_bias, "in a compiled function"),
        "py_function": (called_back(tf.py_function), "goes back to Python"),
        "numpy_function": (called_back(tf.numpy_function), "goes back to Python"),
        "custom_gradient": (with_gradients_by_numpy, "in a compiled function"),
        "another graph": (where_nobody_looks, "gives other numbers in a compiled function"),
        "no gradient": (without_filters, "no gradient of them with respect to W1"),
    }


def test_logits_that_tensorflow_did_not_compute_are_refused_in_a_sentence(tf):
    from autograder.tensorflow_kit.proof import NotByTensorFlow

    for name, (function, words) in forwards(tf).items():
        with pytest.raises(NotByTensorFlow, match=words) as caught:
            called(function, "forward_propagation", "one picture")
        assert str(caught.value).startswith("forward_propagation "), name


def test_costs_that_tensorflow_did_not_compute_are_refused_in_a_sentence(tf):
    from autograder.tensorflow_kit.proof import NotByTensorFlow

    def cost(Z3: Any, Y: Any) -> Any:
        return np.float32(softmax_cross_entropy(np.asarray(Z3), np.asarray(Y))[0])

    def in_a_tensor(Z3: Any, Y: Any) -> Any:
        return tf.constant(cost(Z3, Y))

    def called_back(Z3: Any, Y: Any) -> Any:
        return tf.ensure_shape(tf.numpy_function(cost, [Z3, Y], tf.float32), ())

    for function in (cost, lambda Z3, Y: float(cost(Z3, Y)), in_a_tensor, called_back):
        with pytest.raises(NotByTensorFlow, match="compute_cost "):
            called(function, "compute_cost", "four examples")


@pytest.mark.parametrize("kind", ["solution", *OTHER_WAYS])
def test_every_right_way_is_believed_with_layers_and_variables_made_anew_in_each_call(kind):
    functions = notebook_functions(kind)
    for name, case in (("forward_propagation", "one picture"), ("compute_cost", "four examples")):
        found = called(functions[name], name, case)
        np.testing.assert_allclose(found, KEY[name][case].expected, rtol=1e-4, atol=1e-5)


def test_words_are_no_symbols(tf):
    import keras

    sizes = (64, 64, 3, 6)
    (case,) = (each for each in KEY["create_placeholders"] if "64" in each)
    right = KEY["create_placeholders"][case].expected
    symbols = keras.Input(sizes[:3]), keras.Input(sizes[3:])

    class Words(tuple):
        __slots__ = ()

        def __repr__(self) -> str:
            return right[0]

    class Like:
        __class__ = keras.KerasTensor  # type: ignore[assignment]
        shape, dtype = (None, 64, 64, 3), "float32"

    def found(*returned: Any) -> Any:
        return called(lambda *_: returned, "create_placeholders", case)

    assert found(*symbols) == right
    for X in (right[0], np.str_(right[0]), Words(), Like(), {"X": right[0]}):
        assert found(X, symbols[1]) != right
