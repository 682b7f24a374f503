"""Parameters before training."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import tensorflow as tf

Shape = tuple[int, ...]


def _glorot(shape: Shape, number: int) -> Any:
    return keras.initializers.GlorotUniform(seed=0)(shape)


def initialize_parameters(
    *,
    W1: Shape = (4, 4, 3, 8),
    W2: Shape = (2, 2, 8, 16),
    values: Callable[[Shape, int], Any] = _glorot,
    kept_as: Callable[[Any], Any] = tf.Variable,
    units: int = 6,
    activation: str | None = None,
    with_dense: bool = True,
) -> dict[str, Any]:
    """The filters and the last layer; every keyword is a place where it can go wrong.

    ``values`` is called with a shape and the filters' number, 1 or 2.
    """
    shapes = {"W1": W1, "W2": W2}
    parameters = {
        name: kept_as(values(shape, number))
        for number, (name, shape) in enumerate(shapes.items(), start=1)
    }
    if with_dense:
        parameters["dense"] = keras.layers.Dense(units, activation=activation)
    return parameters
