"""Mistakes that are the same in every exercise with loops over windows."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.mistakes.declaration import Mistakes


def declare_loop_over_none(mistakes: Mistakes) -> None:
    """A placeholder that is left in the head of a loop."""
    mistakes.error(
        "loop-over-none",
        "One of its loops still runs over range(None).",
        "Which range(...) have you not filled in yet?",
        r"TypeError: 'NoneType' object cannot be interpreted as an integer",
        _loops_over_none,
    )


def declare_size_no_whole_number(mistakes: Mistakes) -> None:
    """A size that was divided with /."""
    mistakes.error(
        "size-is-no-whole-number",
        "It divides with /, which gives a float, and a shape needs whole numbers.",
        "Which operator divides and rounds down?",
        r"TypeError: 'float' object cannot be interpreted as an integer",
        _makes_half_an_array,
    )


def _loops_over_none(*_: Any) -> Any:
    return [0 for _ in range(None)]  # type: ignore[call-overload]


def _makes_half_an_array(*_: Any) -> Any:
    return np.zeros((1, 5 / 2))
