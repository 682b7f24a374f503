"""The arrays in a value, however it is nested."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np


def arrays(value: Any) -> Iterator[np.ndarray[Any, Any]]:
    """The arrays in ``value``."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from arrays(each)
    elif isinstance(value, dict):
        yield from arrays(list(value.values()))
