"""Reference of assignment 3: what its exercises come to, in NumPy and double precision.

TensorFlow is asked for one thing alone: the numbers that its initialiser draws. Results are plain
values, as :mod:`autograder.tensorflow_kit.plain` makes them of what students' functions return.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.frameworks import require
from autograder.numpy_network import network_forward, softmax_cross_entropy
from autograder.numpy_network.exam import SHAPES, exam

Array = NDArray[Any]
CLASSES = 6
SIZE = 64
NEW_PICTURES = 90
"""That a trained network is examined with."""
LEAST_ACCURACY = 0.9


def create_placeholders(n_H0: int, n_W0: int, n_C0: int, n_y: int) -> tuple[str, str]:
    """Both symbols, in words."""
    shapes = (None, n_H0, n_W0, n_C0), (None, n_y)
    X, Y = (f"symbolic, shape {shape}, float32" for shape in shapes)
    return X, Y


def initialize_parameters(*names: str) -> tuple[Any, ...]:
    """What these parameters are and hold; raises MissingFrameworkError."""
    return tuple(part for name in names for part in _initialized(name))


def _initialized(name: str) -> tuple[str, Any]:
    if name == "dense":
        return "layer", {"units": CLASSES, "activation": "linear"}
    require("tensorflow", "What assignment 3's weights begin with")
    from autograder import tensorflow_kit  # noqa: F401 - it keeps TensorFlow quiet
    import keras  # isort: skip

    values = keras.initializers.GlorotUniform(seed=0)(SHAPES[name])
    return "variable", np.asarray(values)


def forward_propagation(X: Array, parameters: Mapping[str, Any]) -> Array:
    """The logits Z3 (m, 6)."""
    Z3, _ = network_forward(X, parameters)
    return Z3


def compute_cost(Z3: Array, Y: Array) -> float:
    """The mean cross-entropy of the softmax of Z3 (m, 6), for Y (m, 6)."""
    cost, _ = softmax_cross_entropy(Z3, Y)
    return cost


def model(
    X_train: Array,
    Y_train: Array,
    X_test: Array,
    Y_test: Array,
    learning_rate: float,
    num_epochs: int,
    minibatch_size: int,
) -> dict[str, Any]:
    """The exam for a network that was trained with these pictures: it gets new ones like them.

    The colour of each class is known from the training pictures.
    """
    rng = np.random.RandomState(len(X_train))
    labels = np.arange(NEW_PICTURES) % CLASSES
    colours = np.stack(
        [X_train[Y_train[:, label] == 1].mean(axis=(0, 1, 2)) for label in range(CLASSES)]
    )
    noise = rng.randn(NEW_PICTURES, *X_train.shape[1:])
    X = colours[labels][:, None, None] + NOISE * noise
    before = dict(zip(SHAPES, initialize_parameters(*SHAPES)[1::2], strict=True))
    return exam(X.astype(np.float32), labels, LEAST_ACCURACY, before)


NOISE = 0.3


def coloured(noise: Array, labels: Array, order: Array) -> tuple[Array, Array]:
    """Noisy pictures X in the colour of their class, and the classes Y (m, 6).

    ``order`` (6,) says which class has which colour: by the ranks of its numbers.
    """
    axes = np.concatenate([np.eye(3), -np.eye(3)])
    colours = 0.5 + 0.4 * axes[np.argsort(order)]
    X = colours[labels][:, None, None] + NOISE * noise
    return X.astype(np.float32), np.eye(CLASSES, dtype=np.float32)[labels]


def one_hot(labels: Array) -> tuple[Array]:
    """The classes as rows of zeros with a single one."""
    return (np.eye(CLASSES, dtype=np.float32)[labels],)


def predict(picture: Array, parameters: Mapping[str, Any]) -> int:
    """The class that the network gives a picture (n_H, n_W, 3) of bytes, of whatever size."""
    X = resized(picture, SIZE)[None] / 255
    return int(forward_propagation(X, parameters).argmax())


def resized(picture: Array, size: int) -> Array:
    """The picture in ``size`` × ``size`` pixels: between those it has, mixed by their distance."""
    rows, columns = (_places(length, size) for length in picture.shape[:2])
    upper = _mixed(picture.astype(np.float64), *rows, axis=0)
    return _mixed(upper, *columns, axis=1)


def _places(length: int, size: int) -> tuple[Array, Array]:
    """For every new pixel the old one before its centre, and how far beyond that it lies."""
    centres = np.clip((np.arange(size) + 0.5) * length / size - 0.5, 0, length - 1)
    before = np.minimum(np.floor(centres).astype(int), max(length - 2, 0))
    return before, centres - before


def _mixed(values: Array, before: Array, beyond: Array, axis: int) -> Array:
    shape = (-1, 1, 1) if axis == 0 else (1, -1, 1)
    after = np.minimum(before + 1, values.shape[axis] - 1)
    share = beyond.reshape(shape)
    first, second = np.take(values, before, axis), np.take(values, after, axis)
    mixed: Array = first * (1 - share) + second * share
    return mixed


def smooth_picture(corners: Array, n_H: int, n_W: int) -> tuple[Array]:
    """A picture of bytes that goes smoothly from corner to corner; ``corners`` are (2, 2, 3).

    However it is made smaller or larger, about the same comes of it.
    """
    r, s = np.linspace(0, 1, n_H)[:, None, None], np.linspace(0, 1, n_W)[None, :, None]
    a, b, c, d = corners.reshape(4, 3)
    mixed = (1 - r) * ((1 - s) * a + s * b) + r * ((1 - s) * c + s * d)
    return (np.clip(127 + 80 * mixed, 0, 255).astype(np.uint8),)
