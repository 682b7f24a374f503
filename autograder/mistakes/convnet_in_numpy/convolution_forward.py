"""Wrong ways to convolve with one matrix product. Each changes one thing in the right way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.convnet_in_numpy.in_matrices import (
    declare_product_of_misfits,
    declare_reshape_of_misfits,
)
from autograder.mistakes.convolution_step_by_step.conv_forward import MISTAKES as WITH_LOOPS
from autograder.mistakes.declaration import Mistakes
from autograder.reference.convnet_in_numpy import sliding_windows
from autograder.reference.convolution_step_by_step import Array, Hyperparameters, zero_pad

MISTAKES = Mistakes("conv_forward_fast")
Shape = tuple[int, ...]


def one_row_each(windows: Array) -> Array:
    """(m, n_H, n_W, f, f, n_C) as a matrix with a row for each window."""
    return windows.reshape(windows.shape[0] * windows.shape[1] * windows.shape[2], -1)


def one_column_each(W: Array) -> Array:
    """(f, f, n_C_prev, n_C) as a matrix with a column for each filter."""
    return W.reshape(-1, W.shape[3])


def _product(
    A_prev: Array,
    W: Array,
    b: Array,
    hparameters: Hyperparameters,
    *,
    pads: Callable[[Array, int], Array] = zero_pad,
    steps: Callable[[int], int] = lambda stride: stride,
    rows: Callable[[Array], Array] = one_row_each,
    columns: Callable[[Array], Array] = one_column_each,
    shaped: Callable[[Array, Shape], Array] = lambda Z, shape: Z.reshape(shape),
    biased: Callable[[Array, Array], Array] = lambda Z, b: Z + b.ravel(),
    cached: Callable[..., Any] = lambda windows, *inputs: inputs,
) -> Any:
    """The right way; every keyword is a place where it can go wrong."""
    padded = pads(A_prev, hparameters["pad"])
    windows = sliding_windows(padded, W.shape[0], steps(hparameters["stride"]))
    Z = biased(rows(windows) @ columns(W), b)
    shape = (*windows.shape[:3], W.shape[3])
    return shaped(Z, shape), cached(windows, A_prev, W, b, hparameters)


MISTAKES.also(WITH_LOOPS, "pad-and-stride-swapped")
MISTAKES.wrong(
    "pad-ignored",
    "It takes the windows of the pictures as they came, without the border.",
    "Which array do you hand to sliding_windows?",
    _product,
    pads=lambda A_prev, pad: A_prev,
)
MISTAKES.wrong(
    "pads-height-only",
    "It puts a border above and below the pictures, but none on the left and right.",
    "Which of the four pairs in your call of np.pad are not (0, 0)?",
    _product,
    pads=lambda A_prev, pad: np.pad(A_prev, ((0, 0), (pad, pad), (0, 0), (0, 0))),
)
MISTAKES.wrong(
    "pads-the-batch-too",
    "It puts pictures of zeros before and after those of the batch.",
    "How many pictures does your Z have, and how many has A_prev?",
    _product,
    pads=lambda A_prev, pad: np.pad(A_prev, ((pad, pad), (pad, pad), (pad, pad), (0, 0))),
)
MISTAKES.wrong(
    "stride-ignored",
    "It puts a window at every row and column, whatever the stride is.",
    "Which number do you hand to sliding_windows as the stride?",
    _product,
    steps=lambda stride: 1,
)
MISTAKES.also(WITH_LOOPS, "bias-left-out", "bias-in-every-product")
MISTAKES.wrong(
    "one-bias-for-all",
    "It adds the bias of the first filter to every channel of the output.",
    "How many biases are there, and how many does your code add?",
    _product,
    biased=lambda Z, b: Z + b[0, 0, 0, 0],
)
MISTAKES.wrong(
    "bias-added-to-the-weights",
    "It adds the bias to every weight, before the product.",
    "If a window is all zeros, what should the answer of a filter be?",
    lambda A_prev, W, b, hparameters: (
        _product(A_prev, W + b, 0 * b, hparameters)[0],
        (A_prev, W, b, hparameters),
    ),
)
MISTAKES.wrong(
    "windows-with-channels-first",
    "It lays out the windows channel by channel, but the filters pixel by pixel.",
    "Which weight does the second number in a row of your matrix of windows meet?",
    _product,
    rows=lambda windows: one_row_each(windows.transpose(0, 1, 2, 5, 3, 4)),
)
MISTAKES.wrong(
    "filters-with-channels-first",
    "It lays out the filters channel by channel, but the windows pixel by pixel.",
    "Which number of the window does the second weight in a column of your matrix meet?",
    _product,
    columns=lambda W: one_column_each(W.transpose(2, 0, 1, 3)),
)
MISTAKES.wrong(
    "filters-cut-into-rows",
    "It reshapes W to one row for each filter, but the filters are W's last axis.",
    "Print W and your matrix for two filters of two weights: where do the first filter's end up?",
    _product,
    columns=lambda W: W.reshape(W.shape[3], -1).T,
)
MISTAKES.wrong(
    "windows-cut-into-columns",
    "It reshapes the windows to one column for each, but the windows are the first axes.",
    "Print a small array of windows and your matrix: where do the first window's numbers end up?",
    _product,
    rows=lambda windows: windows.reshape(int(np.prod(windows.shape[3:])), -1).T,
)
MISTAKES.also(WITH_LOOPS, "weights-flipped")
MISTAKES.wrong(
    "filters-before-positions",
    "It reshapes a matrix with a row for each filter, though the filters are Z's last axis.",
    "Which axis of your product belongs to the filters, and which one does in Z?",
    _product,
    shaped=lambda Z, shape: Z.T.reshape(shape),
)
MISTAKES.wrong(
    "channels-before-height",
    "Its Z has the channels before height and width.",
    "In which order do the axes come in this course?",
    _product,
    shaped=lambda Z, shape: Z.reshape(shape).transpose(0, 3, 1, 2),
)
MISTAKES.wrong(
    "width-before-height",
    "It reshapes the product as if the width came before the height.",
    "In which order do the first three axes of your windows come?",
    _product,
    shaped=lambda Z, shape: Z.reshape(shape[0], shape[2], shape[1], shape[3]),
)
MISTAKES.wrong(
    "product-not-shaped",
    "It returns the product as a matrix, a row for each window.",
    "How many axes has your Z, and how many should it have?",
    _product,
    shaped=lambda Z, shape: Z,
)
MISTAKES.wrong(
    "activated",
    "It sets the negative numbers of Z to 0, which is another layer's work.",
    "Which function of this notebook comes after the convolution?",
    _product,
    biased=lambda Z, b: np.maximum(Z + b.ravel(), 0),
)
MISTAKES.also(WITH_LOOPS, "padded-pictures-in-cache", "settings-not-in-cache", "no-cache")
MISTAKES.wrong(
    "windows-in-cache",
    "It puts the windows into the cache, not the pictures that came in.",
    "What does the text say that the cache is made of?",
    _product,
    cached=lambda windows, A_prev, *others: (windows, *others),
)
declare_product_of_misfits(MISTAKES)
declare_reshape_of_misfits(MISTAKES)
