"""Time layers written with loops against the student's layers without, on the machine at hand."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from . import loops
from .brief_runs import is_brief


class FastLayers(NamedTuple):
    """The student's layers that have counterparts with loops."""

    conv_forward_fast: Callable[..., Any]
    conv_backward_fast: Callable[..., Any]
    pool_forward_fast: Callable[..., Any]
    pool_backward_fast: Callable[..., Any]


@dataclass(frozen=True)
class Timings:
    """Seconds by layer for one batch of ``images`` (m, n_H, n_W, n_C): with loops, and without.

    ``growth`` has one entry for each number of pictures that the convolution was timed on: the
    number, seconds with loops (None where that would take too long), and seconds without.
    """

    images: tuple[int, int, int, int]
    by_layer: dict[str, tuple[float, float]]
    growth: tuple[tuple[int, float | None, float], ...]


_IMAGES = (2, 32, 32, 3)
_COUNTS = (1, 2, 4, 8, 16, 32, 64)
_LOOPS_UP_TO = 4
_PATIENCE = 0.3
"""Seconds in which something quick is timed again and again."""
_CONVOLUTION = {"stride": 1, "pad": 2}
_POOLING = {"f": 4, "stride": 4}


def time_layers(fast: FastLayers) -> Timings:
    """Time the first layers of the network both ways: 8 filters of 5 × 5, pooling of 4 × 4.

    Takes some seconds. In a brief run the pictures are tiny, and the times say nothing.
    """
    images = (1, 4, 4, 3) if is_brief() else _IMAGES
    counts = (1,) if is_brief() else _COUNTS
    return Timings(images, _by_layer(fast, images), tuple(_growth(fast, images, counts)))


def _by_layer(
    fast: FastLayers, images: tuple[int, int, int, int]
) -> dict[str, tuple[float, float]]:
    X, W, b = _draw(images)
    Z, conv_cache = fast.conv_forward_fast(X, W, b, _CONVOLUTION)
    A, pool_cache = fast.pool_forward_fast(Z, _POOLING)
    calls: dict[str, tuple[Callable[..., Any], Callable[..., Any], tuple[Any, ...]]] = {
        "conv_forward": (loops.conv_forward_loops, fast.conv_forward_fast, (X, W, b, _CONVOLUTION)),
        "conv_backward": (loops.conv_backward_loops, fast.conv_backward_fast, (Z, conv_cache)),
        "pool_forward": (loops.pool_forward_loops, fast.pool_forward_fast, (Z, _POOLING)),
        "pool_backward": (loops.pool_backward_loops, fast.pool_backward_fast, (A, pool_cache)),
    }
    return {
        name: (_seconds(slow, arguments), _seconds(quick, arguments, _PATIENCE))
        for name, (slow, quick, arguments) in calls.items()
    }


def _growth(
    fast: FastLayers, images: tuple[int, int, int, int], counts: tuple[int, ...]
) -> list[tuple[int, float | None, float]]:
    found: list[tuple[int, float | None, float]] = []
    for count in counts:
        X, W, b = _draw((count, *images[1:]))
        given = (X, W, b, _CONVOLUTION)
        slow = _seconds(loops.conv_forward_loops, given) if count <= _LOOPS_UP_TO else None
        found.append((count, slow, _seconds(fast.conv_forward_fast, given, _PATIENCE)))
    return found


def _draw(images: tuple[int, ...]) -> tuple[Any, Any, Any]:
    """Pictures X, filters W and biases b in float32."""
    rng = np.random.default_rng(0)
    shapes = (images, (5, 5, images[3], 8), (1, 1, 1, 8))
    X, W, b = (rng.standard_normal(shape).astype(np.float32) for shape in shapes)
    return X, W, b


def _seconds(
    function: Callable[..., Any], arguments: tuple[Any, ...], patience: float = 0
) -> float:
    """The shortest of all calls in ``patience`` seconds: what disturbs one only makes it longer."""
    shortest, end = float("inf"), time.perf_counter() + (0 if is_brief() else patience)
    while True:
        begun = time.perf_counter()
        function(*arguments)
        now = time.perf_counter()
        shortest = min(shortest, now - begun)
        if now >= end:
            return shortest
