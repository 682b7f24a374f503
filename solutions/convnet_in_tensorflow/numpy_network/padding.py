"""SAME padding as TensorFlow has it: what the output size asks for, the odd one at the end."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def same_padding(size: int, f: int, stride: int) -> tuple[int, int]:
    """How much SAME padding adds before and after ``size`` entries, for windows of ``f``.

    The output has ``ceil(size / stride)`` entries. Where their windows need an odd number of
    entries more than there are, the one more comes after.
    """
    outputs = -(-size // stride)
    missing = max((outputs - 1) * stride + f - size, 0)
    return missing // 2, missing - missing // 2


def features(n_H: int, n_W: int) -> int:
    """How many numbers are left of a picture after both poolings: the inputs of the last layer."""
    rows, columns = (math.ceil(math.ceil(size / 8) / 4) for size in (n_H, n_W))
    return rows * columns * 16


def pad_same(X: Array, f: int, stride: int, value: float = 0.0) -> Array:
    """``X`` (m, n_H, n_W, n_C) with the border of SAME padding, filled with ``value``."""
    rows, columns = (same_padding(size, f, stride) for size in X.shape[1:3])
    return np.pad(X, ((0, 0), rows, columns, (0, 0)), constant_values=value)


def without_padding(dX: Array, shape: tuple[int, ...], f: int, stride: int) -> Array:
    """The part of ``dX`` that belongs to what :func:`pad_same` was given, which has ``shape``."""
    (top, _), (left, _) = (same_padding(size, f, stride) for size in shape[1:3])
    return dX[:, top : top + shape[1], left : left + shape[2]]
