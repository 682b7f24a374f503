"""Gradients by central differences, over every entry of a parameter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def gradient(function: Callable[[Array], float], parameter: Array, step: float) -> Array:
    """(function(p + step) - function(p - step)) / (2 step) for each entry p of ``parameter``.

    Exact but for rounding where ``function`` is linear within one step of the parameter.
    """
    slopes = np.empty_like(parameter)
    for place in np.ndindex(parameter.shape):
        ahead, behind = parameter.copy(), parameter.copy()
        ahead[place] += step
        behind[place] -= step
        slopes[place] = (function(ahead) - function(behind)) / (2 * step)
    return slopes
