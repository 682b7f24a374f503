"""Mistakes that are the same in every exercise with shapes to fit and matrices to multiply."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.mistakes.declaration import Mistakes


def declare_product_of_misfits(mistakes: Mistakes) -> None:
    """A product of matrices whose inner sizes differ."""
    mistakes.error(
        "matrices-do-not-fit",
        "It multiplies two matrices, but the first has not as many columns as the second has rows.",
        "Which shapes have the two matrices, and does either need to be turned or reshaped first?",
        r"ValueError: (matmul: .*mismatch in its core dimension|shapes .* not aligned)",
        lambda *_: np.ones((2, 3)) @ np.ones((2, 3)),
    )


def declare_reshape_of_misfits(mistakes: Mistakes) -> None:
    """A new shape for which there are too many numbers, or too few."""
    mistakes.error(
        "numbers-do-not-fill-the-shape",
        "It reshapes an array into a shape that holds another number of entries.",
        "How many entries has the array, and how many has the shape that you ask for?",
        r"ValueError: cannot reshape array of size \d+ into shape",
        lambda *_: np.ones(6).reshape(4, 2),
    )


def declare_truth_of_an_array(mistakes: Mistakes) -> None:
    """An if, or Python's own max, where every entry should be asked."""
    mistakes.error(
        "asks-the-whole-array",
        "It asks the whole array one yes-or-no question, with if or with Python's own max.",
        "Which function of NumPy compares every entry on its own?",
        r"ValueError: The truth value of an array with more than one element is ambiguous",
        _asks_an_array,
    )


def _asks_an_array(*_: Any) -> Any:
    return max(0, np.ones(2))
