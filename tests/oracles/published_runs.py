"""The inputs of the published seeded runs of assignment 1, drawn as the notebook draws them.

``np.random.seed(1)`` stands before each; a generator of its own, seeded with 1, gives the same
numbers and leaves the global one alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np


def zero_pad() -> tuple[Any, ...]:
    """x = randn(4, 3, 3, 2), pad 2."""
    return np.random.RandomState(1).randn(4, 3, 3, 2), 2


def conv_single_step() -> tuple[Any, ...]:
    """a = randn(4, 4, 3), W = randn(4, 4, 3), b = randn(1, 1, 1)."""
    random = np.random.RandomState(1)
    return random.randn(4, 4, 3), random.randn(4, 4, 3), random.randn(1, 1, 1)


def conv_forward(stride: int) -> tuple[Any, ...]:
    """A_prev = randn(10, 4, 4, 3), W = randn(2, 2, 3, 8), b = randn(1, 1, 1, 8), pad 2."""
    random = np.random.RandomState(1)
    A_prev, W = random.randn(10, 4, 4, 3), random.randn(2, 2, 3, 8)
    return A_prev, W, random.randn(1, 1, 1, 8), {"pad": 2, "stride": stride}


def pool_forward() -> tuple[Any, ...]:
    """A_prev = randn(2, 4, 4, 3), f 3, stride 2."""
    return np.random.RandomState(1).randn(2, 4, 4, 3), {"f": 3, "stride": 2}


def create_mask_from_window() -> tuple[Any, ...]:
    """x = randn(2, 3)."""
    return (np.random.RandomState(1).randn(2, 3),)


def distribute_value() -> tuple[Any, ...]:
    """2, to be spread over (2, 2)."""
    return 2, (2, 2)


def pool_backward() -> tuple[Any, ...]:
    """dA = randn(5, 4, 2, 2), drawn after A_prev = randn(5, 5, 3, 2), f 2, stride 1."""
    random = np.random.RandomState(1)
    A_prev = random.randn(5, 5, 3, 2)
    return random.randn(5, 4, 2, 2), (A_prev, {"f": 2, "stride": 1})
