"""What students' functions take and give is turned into plain values, whatever they are made of."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.instant_checks.packing import pack, unpack
from tests.in_tensorflow import NEEDS_TENSORFLOW

pytestmark = NEEDS_TENSORFLOW


@pytest.fixture(scope="module")
def kit():
    from autograder.tensorflow_kit import plain as module

    return module


@pytest.fixture(scope="module")
def tf(kit):
    import tensorflow

    return tensorflow


@pytest.fixture(scope="module")
def keras(kit):
    import keras

    return keras


def test_tensors_and_variables_become_arrays(kit, tf, keras):
    array = np.arange(6, dtype=np.float32).reshape(2, 3)
    for value in (tf.constant(array), tf.Variable(array), keras.Variable(array), array):
        found = kit.plain(value)
        assert type(found) is np.ndarray
        np.testing.assert_array_equal(found, array)
    cost = kit.plain(tf.constant(1.5))
    assert isinstance(cost, np.float32)
    assert cost == 1.5


def test_symbols_become_words(kit, tf, keras):
    symbol = keras.Input((4, 5, 3))
    assert kit.plain(symbol) == "symbolic, shape (None, 4, 5, 3), float32"
    assert kit.plain(keras.Input((2,), dtype="int32")) == "symbolic, shape (None, 2), int32"
    words = []

    @tf.function
    def traced(X):
        words.append(kit.plain(X))
        return X

    traced(tf.constant([1.0, 2.0]))
    assert words == ["symbolic, shape (2,), float32"]


def test_a_layer_becomes_what_it_knows_of_itself(kit, keras):
    layer = keras.layers.Dense(3, activation="relu")
    assert kit.plain(layer) == {"units": 3, "activation": "relu"}
    layer(np.ones((1, 2), np.float32))
    found = kit.plain(layer)
    assert (found["kernel"].shape, found["bias"].shape) == ((2, 3), (3,))


def test_what_lies_in_containers_becomes_plain_too(kit, tf):
    found = kit.plain({"W": tf.Variable([1.0]), "all": [tf.constant(2.0), (3, "four")]})
    assert found["all"] == [2.0, (3, "four")]
    assert type(found["W"]) is np.ndarray
    unpack(pack(found))


@pytest.mark.parametrize("value", [None, "text", 3, 2.5, True])
def test_what_is_plain_stays(kit, value):
    assert kit.plain(value) is value


def test_other_things_are_packed_as_what_they_are(kit, keras):
    """A model or an optimiser is no result: it is described, and breaks nothing."""
    for value in (keras.optimizers.Adam(), keras.Sequential([]), object()):
        unpack(pack(kit.plain(value)))


def test_parameters_arrive_as_the_notebook_has_them(kit, tf, keras):
    seen = {}

    def forward_propagation(X, parameters):
        seen.update(parameters, X=X)
        return parameters["dense"](X)

    X, kernel, bias = np.ones((2, 4)), np.ones((4, 6)), np.arange(6.0)
    arrays = {"W1": np.zeros((4, 4, 3, 8)), "dense": {"kernel": kernel, "bias": bias}}
    found = kit.plainly(forward_propagation)(X, arrays)
    np.testing.assert_allclose(found, X @ kernel + bias)
    assert isinstance(seen["W1"], tf.Variable)
    assert isinstance(seen["dense"], keras.layers.Dense)
    assert seen["X"].dtype == tf.float32
    seen["W1"].assign_add(np.ones((4, 4, 3, 8), np.float32))
    assert not arrays["W1"].any()


def test_the_name_is_kept_since_checks_and_hints_go_by_it(kit):
    def compute_cost(Z3, Y):
        """Cost."""

    assert kit.plainly(compute_cost).__name__ == "compute_cost"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        (None, None),
        ([1, 2], [1, 2]),
        ({"W1": 1}, {"W1": 1}),
    ],
)
def test_what_is_no_dictionary_of_parameters_is_shown_as_it_is(kit, parameters, expected):
    def initialize_parameters():
        return parameters

    assert kit.plainly(initialize_parameters)("W1", "W2") == expected


def test_errors_are_told_in_few_words(kit, tf, keras):
    def forward_propagation(X, parameters):
        return keras.ops.conv(X, parameters["W2"], padding="same")

    parameters = {"W2": np.zeros((2, 2, 8, 16))}
    with pytest.raises(ValueError, match="Depth of input") as caught:
        kit.plainly(forward_propagation)(np.zeros((1, 9, 9, 3)), parameters)
    assert str(caught.value) == (
        "Depth of input (3) is not a multiple of input depth of filter (8)"
    )

    def compute_cost(Z3, Y):
        return tf.matmul(Z3, Y)

    with pytest.raises(tf.errors.InvalidArgumentError) as caught:
        kit.plainly(compute_cost)(np.zeros((2, 3)), np.zeros((2, 3)))
    assert "{{" not in str(caught.value)
    assert "2" in str(caught.value)


def test_a_student_s_own_errors_are_left_as_they_are(kit):
    class Odd(Exception):
        def __init__(self, one, two):
            super().__init__(one, two)

    def predict(picture, parameters):
        raise Odd("in user code: ", 2)

    with pytest.raises(Odd) as caught:
        kit.plainly(predict)(np.zeros((2, 2, 3), np.uint8), {})
    assert caught.value.args == ("in user code: ", 2)
