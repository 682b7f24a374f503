"""A picture of one's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import tensorflow as tf

from autograder.mistakes.convnet_in_tensorflow.wrong_code.forward import forward_propagation


def predict(
    picture: Any,
    parameters: Mapping[str, Any],
    *,
    resized: Callable[[Any], Any] = lambda picture: tf.image.resize(picture, (64, 64)),
    scaled: Callable[[Any], Any] = lambda picture: picture / 255,
    as_batch: Callable[[Any], Any] = lambda picture: picture[None],
    forward: Callable[[Any, Any], Any] = forward_propagation,
    answer: Callable[[Any], Any] = lambda Z3: int(np.argmax(Z3)),
) -> Any:
    """The class of a picture; every keyword is a place where it can go wrong."""
    return answer(forward(as_batch(scaled(resized(picture))), parameters))
