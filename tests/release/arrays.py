"""The arrays inside arguments and results, however they are nested."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np


def arrays_in(value: Any) -> Iterator[np.ndarray[Any, Any]]:
    """Every array and every float of ``value``, as arrays; other numbers are settings."""
    if isinstance(value, dict):
        value = tuple(value.values())
    if isinstance(value, tuple | list):
        for part in value:
            yield from arrays_in(part)
    elif isinstance(value, np.ndarray | np.floating | float):
        yield np.asarray(value)
