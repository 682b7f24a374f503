"""Wrong ways to weigh one window."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.mistakes.declaration import Mistakes

MISTAKES = Mistakes("conv_single_step")


def _float_of_an_array(a_slice_prev: Any, W: Any, b: Any) -> float:
    """What float(b) ends in with NumPy 2.4, whichever NumPy is installed."""
    raise TypeError("only 0-dimensional arrays can be converted to Python scalars")


MISTAKES.wrong(
    "bias-in-every-product",
    "It adds the bias to every product before summing, so the bias counts once for each number.",
    "How often does b appear in the formula: once in all, or once for each product?",
    lambda a_slice_prev, W, b: np.sum(a_slice_prev * W + b),
)
MISTAKES.wrong(
    "bias-left-out",
    "It sums the products, but never adds the bias.",
    "Which of the three arguments does your code not use?",
    lambda a_slice_prev, W, b: np.sum(a_slice_prev * W),
)
MISTAKES.wrong(
    "returns-an-array",
    "Its number is right, but still wrapped up in an array, because b is an array of one number.",
    "What is the shape of your result, and how do you take a number out of a one-element array?",
    lambda a_slice_prev, W, b: np.sum(a_slice_prev * W) + b,
)
MISTAKES.wrong(
    "sums-one-axis",
    "It sums along the first axis only, so an array is left over.",
    "What does np.sum do if you tell it no axis?",
    lambda a_slice_prev, W, b: np.sum(a_slice_prev * W, axis=0) + b.item(),
)
MISTAKES.wrong(
    "not-summed",
    "It multiplies and adds the bias, but does not sum, so every product is still there.",
    "How many numbers should one step give?",
    lambda a_slice_prev, W, b: a_slice_prev * W + b,
)
MISTAKES.wrong(
    "sums-before-multiplying",
    "It multiplies the sum of the window by the sum of the weights.",
    "Is (1 + 2) · (3 + 4) the same as 1 · 3 + 2 · 4? Which one does the formula say?",
    lambda a_slice_prev, W, b: np.sum(a_slice_prev) * np.sum(W) + b.item(),
)
MISTAKES.wrong(
    "adds-the-weights",
    "It adds the weights to the window instead of multiplying by them.",
    "What should a weight of 0 do to a number of the window?",
    lambda a_slice_prev, W, b: np.sum(a_slice_prev + W) + b.item(),
)
MISTAKES.wrong(
    "mean-for-sum",
    "It takes the mean of the products instead of their sum.",
    "What does your result get divided by that the formula does not mention?",
    lambda a_slice_prev, W, b: np.mean(a_slice_prev * W) + b.item(),
)
MISTAKES.wrong(
    "weights-flipped",
    "It turns the weights upside down and left to right, as mathematicians' convolution does.",
    "Which weight belongs to the window's top left number in this course?",
    lambda a_slice_prev, W, b: np.sum(a_slice_prev * W[::-1, ::-1]) + b.item(),
)
MISTAKES.error(
    "float-of-an-array",
    "It calls float() on an array, which NumPy 2.4 and later refuse for arrays with axes.",
    "Which method of an array gives its only element as a plain number?",
    r"TypeError: only (0-dimensional|length-1|size-1) arrays can be converted to Python scalars",
    _float_of_an_array,
)
MISTAKES.error(
    "removed-from-numpy",
    "It uses a name, such as np.float or np.asscalar, that was removed from NumPy years ago.",
    "What does the error message say the name was an alias for, or that replaces it?",
    r"AttributeError: module 'numpy' has no attribute '(float|asscalar|int|bool|object)'",
    lambda *_: getattr(np, "float"),  # noqa: B009 - as plain code it would not pass the checks
)
