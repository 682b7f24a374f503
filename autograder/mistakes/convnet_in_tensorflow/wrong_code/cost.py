"""The cost of a batch of answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tensorflow as tf


def _each(Z3: Any, Y: Any) -> Any:
    return tf.nn.softmax_cross_entropy_with_logits(labels=Y, logits=Z3)


def compute_cost(
    Z3: Any,
    Y: Any,
    *,
    logits: Callable[[Any], Any] = lambda Z3: Z3,
    each: Callable[[Any, Any], Any] = _each,
    over_all: Callable[[Any], Any] = tf.reduce_mean,
) -> Any:
    """The mean of each example's cross-entropy; every keyword is a place where it can go wrong."""
    return over_all(each(logits(Z3), Y))
