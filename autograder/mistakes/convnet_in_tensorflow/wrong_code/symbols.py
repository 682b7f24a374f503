"""Symbolic inputs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

Sizes = tuple[Any, ...]


def _symbol(sizes: Sizes) -> Any:
    return keras.Input(shape=sizes)


def create_placeholders(
    n_H0: int,
    n_W0: int,
    n_C0: int,
    n_y: int,
    *,
    picture: Callable[[int, int, int], Sizes] = lambda n_H0, n_W0, n_C0: (n_H0, n_W0, n_C0),
    answer: Callable[[int], Sizes] = lambda n_y: (n_y,),
    of_pictures: Callable[[Sizes], Any] = _symbol,
    of_answers: Callable[[Sizes], Any] = _symbol,
    returned: Callable[[Any, Any], Any] = lambda X, Y: (X, Y),
) -> Any:
    """Symbols for pictures and for answers; every keyword is a place where it can go wrong."""
    return returned(of_pictures(picture(n_H0, n_W0, n_C0)), of_answers(answer(n_y)))
