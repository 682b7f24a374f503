"""Call an exercise with plain NumPy arrays, and get back plain values: so results can be compared.

TensorFlow's tensors, variables and layers stay within the notebook. What checks and grading see of
them are arrays, and for symbolic inputs their description.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from .errors import make_plain
from .proof import Proof

Function = Callable[..., Any]
Plain = Mapping[str, Any]


def plainly(function: Function) -> Function:
    """``function`` of this assignment, made to take and return plain values.

    It is called with tensors, variables and layers that are made of the arguments for each call.
    """
    name = function.__name__
    adapter = _ADAPTERS[name]
    if name in _PROVED:
        adapter = functools.partial(adapter, Proof(name))

    @functools.wraps(function)
    def call(*arguments: Any) -> Any:
        __tracebackhide__ = True  # IPython leaves this frame out of the student's tracebacks
        try:
            return adapter(function, *arguments)
        except Exception as error:
            make_plain(error)
            raise

    return call


def _create_placeholders(function: Function, *sizes: int) -> Any:
    return _described(function(*sizes))


def _described(found: Any) -> Any:
    """Symbols in words. What a student says in the same words is no symbol, and marked as that."""
    if type(found) in (tuple, list):
        return type(found)(map(_described, found))
    if issubclass(type(found), keras.KerasTensor | tf.Tensor):
        return plain(found)
    other = plain(found)
    return f"no symbol: {other!r}" if isinstance(other, str) else other


def _initialize_parameters(function: Function, *names: str) -> Any:
    """For each name what kind of thing the parameter is, and its values, one behind the other."""
    parameters = function()
    if not isinstance(parameters, dict) or not set(names) <= set(parameters):
        return plain(parameters)
    return tuple(part for name in names for part in _kind_and_values(parameters[name]))


def _kind_and_values(found: Any) -> tuple[str, Any]:
    if isinstance(found, keras.layers.Layer):
        about = plain(found)
        if isinstance(about, dict):  # whether it has its weights already does not matter
            about = {name: about[name] for name in ("units", "activation")}
        return "layer", about
    kinds = keras.Variable | tf.Variable
    return "variable" if isinstance(found, kinds) else "no variable", plain(found)


def _forward_propagation(proof: Proof, function: Function, X: Any, parameters: Plain) -> Any:
    pictures, variables = tf.constant(X, tf.float32), as_variables(parameters)
    found = function(pictures, variables)
    logits = (len(X), parameters["dense"]["bias"].size)
    if X.ndim == 4 and _may_be_right(found, proof, shape=logits):
        proof.ask(
            function,
            pictures,
            variables,
            needed=lambda _, watched: _learned(variables, watched),
        )
    return plain(found)


def _learned(parameters: Plain, watched: Sequence[Any]) -> Iterator[tuple[str, list[Any]]]:
    """What the network learns: the last layer, and filters, be they copies in other variables.

    A bias that is forgotten makes wrong numbers, which is said in other words.
    """
    yield "the last layer's kernel", [parameters["dense"].kernel.value]
    for name in ("W1", "W2"):
        shape = parameters[name].shape
        yield name, [parameters[name], *(each for each in watched if each.shape == shape)]


def _compute_cost(proof: Proof, function: Function, Z3: Any, Y: Any) -> Any:
    logits, classes = tf.constant(Z3, tf.float32), tf.constant(Y, tf.float32)
    found = function(logits, classes)
    if _may_be_right(found, proof, shape=()):
        proof.ask(function, logits, classes, needed=lambda given, _: [("Z3", [given])])
    return plain(found)


def _may_be_right(found: Any, proof: Proof, shape: tuple[int, ...]) -> bool:
    """Whether these are numbers of this shape; raises an error if they are not TensorFlow's."""
    if tf.is_tensor(found):
        numbers = found.dtype.is_floating and found.shape == shape and hasattr(found, "numpy")
        return bool(numbers and np.isfinite(found.numpy()).all())
    if isinstance(found, float | np.ndarray | np.floating) and np.shape(found) == shape:
        proof.refuse()
    return False


def _model(function: Function, *arguments: Any) -> Any:
    *pictures, learning_rate, num_epochs, minibatch_size = arguments
    copies = [np.array(each, dtype=np.float32) for each in pictures]
    return plain(function(*copies, learning_rate, num_epochs, minibatch_size))


def _predict(function: Function, picture: Any, parameters: Plain) -> Any:
    return plain(function(np.array(picture), as_variables(parameters)))


_ADAPTERS: dict[str, Function] = {
    "create_placeholders": _create_placeholders,
    "initialize_parameters": _initialize_parameters,
    "forward_propagation": _forward_propagation,
    "compute_cost": _compute_cost,
    "model": _model,
    "predict": _predict,
}


_PROVED = ("forward_propagation", "compute_cost")
"""Whose results TensorFlow has to have computed."""


def as_variables(parameters: Plain) -> dict[str, Any]:
    """The parameters as the notebook has them: variables, and a layer for "dense"."""
    found: dict[str, Any] = {}
    for name, value in parameters.items():
        if isinstance(value, Mapping):
            found[name] = _dense(**value)
        else:
            found[name] = tf.Variable(value, dtype=tf.float32)
    return found


def _dense(kernel: Any, bias: Any) -> Any:
    layer = keras.layers.Dense(kernel.shape[1], name="dense")  # errors name it
    layer.build((None, kernel.shape[0]))
    layer.set_weights([np.asarray(kernel, np.float32), np.asarray(bias, np.float32)])
    return layer


def plain(value: Any) -> Any:
    """``value`` without TensorFlow: arrays for tensors, weights for layers, words for symbols."""
    if isinstance(value, keras.KerasTensor):
        dtype = keras.backend.standardize_dtype(value.dtype)
        return f"symbolic, shape {tuple(value.shape)}, {dtype}"
    if isinstance(value, keras.layers.Dense):
        return _plain_dense(value)
    if isinstance(value, keras.Variable):
        value = value.value
    if tf.is_tensor(value) or isinstance(value, tf.Variable):
        return _plain_tensor(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(map(plain, value)) if type(value) in (tuple, list) else repr(value)
    return value


def _plain_tensor(value: Any) -> Any:
    if not hasattr(value, "numpy"):
        return f"symbolic, shape {tuple(value.shape)}, {value.dtype.name}"
    array = value.numpy()
    return np.asarray(array)[()]


def _plain_dense(layer: Any) -> Any:
    """Its weights, or how many it will have outputs if it has none yet; and its activation."""
    activation = keras.activations.serialize(layer.activation)
    about: dict[str, Any] = {"units": layer.units, "activation": str(activation)}
    if layer.built:
        kernel, bias = layer.kernel, layer.bias
        about["kernel"] = plain(kernel)
        about["bias"] = plain(bias)
    return about
