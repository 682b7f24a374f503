"""The arrays inside arguments and results, however they are nested."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from autograder.expected import Answer

Numbers = Callable[[np.ndarray[Any, Any]], np.ndarray[Any, Any]]


def each_number(array: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """All numbers of ``array`` as float64."""
    return array.astype("<f8").ravel()


def prescribed_weights(
    answers: Mapping[str, Mapping[str, Answer]], numbers: Numbers = each_number
) -> set[bytes]:
    """The ``numbers`` that training begins with, as bytes: a public case tells them all."""
    return {
        value.tobytes()
        for answer in answers.get("initialize_parameters", {}).values()
        for array in arrays_in(answer.expected)
        for value in numbers(array)
    }


def arrays_in(value: Any) -> Iterator[np.ndarray[Any, Any]]:
    """Every array and every float of ``value``, as arrays; other numbers are settings."""
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for part in value:
            yield from arrays_in(part)
    elif isinstance(value, np.ndarray | np.floating | float):
        yield np.asarray(value)
