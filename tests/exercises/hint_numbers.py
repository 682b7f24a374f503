"""Find the numbers of a worked example in the hint that shows it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from autograder.exercises import assignments
from autograder.exercises.hints import hints_of

LAST_STEPS = {name: steps[2] for each in assignments() for name, steps in hints_of(each).items()}


def shown(name: str, *values: Any) -> None:
    """Each list of numbers stands in the last hint of ``name``, in this order."""
    numbers = " ".join(re.findall(r"-?\d+(?:\.\d+)?", LAST_STEPS[name]))
    for value in values:
        row = " ".join(f"{number:g}" for number in np.ravel(value))
        assert f" {row} " in f" {numbers} ", (row, numbers)


def rows_shown(name: str, *matrices: Any) -> None:
    """Each row of each matrix stands in the last hint of ``name``; they may stand side by side."""
    for matrix in matrices:
        shown(name, *np.asarray(matrix).reshape(-1, np.shape(matrix)[-1]))


def image(*rows: list[float]) -> Any:
    """One picture of one channel."""
    return np.array(rows, dtype=float)[None, :, :, None]
