"""Wrong ways back through a convolution with matrix products. Each changes one thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.convnet_in_numpy.convolution_forward import one_column_each, one_row_each
from autograder.mistakes.convnet_in_numpy.in_matrices import (
    declare_product_of_misfits,
    declare_reshape_of_misfits,
)
from autograder.mistakes.convolution_step_by_step.conv_backward import MISTAKES as WITH_LOOPS
from autograder.mistakes.declaration import Mistakes
from autograder.reference.convnet_in_numpy import sliding_windows
from autograder.reference.convolution_step_by_step import Array, ConvolutionCache, zero_pad

MISTAKES = Mistakes("conv_backward_fast")
Shape = tuple[int, ...]


def add(place: Array, share: Array) -> None:
    """What is right where windows overlap."""
    place += share


def assign(place: Array, share: Array) -> None:
    """What is not."""
    place[...] = share


def spread(
    total: Array,
    shares: Array,
    stride: int,
    *,
    into: Callable[[Array, Array], None] = add,
    steps: Callable[[int], int] = lambda stride: stride,
    share: Callable[[Array, int, int], Array] = lambda shares, row, column: shares[
        :, :, :, row, column
    ],
) -> Array:
    """Each share (m, n_H, n_W, f, f, n_C) into its window's place in ``total``, offset by offset.

    Every keyword is a place where it can go wrong.
    """
    _, n_H, n_W, f, _, _ = shares.shape
    step = steps(stride)
    for row, column in np.ndindex(f, f):
        rows = slice(row, row + step * n_H, step)
        columns = slice(column, column + step * n_W, step)
        into(total[:, rows, columns], share(shares, row, column))
    return total


def _unpadded(dA_prev_pad: Array, pad: int) -> Array:
    _, n_H, n_W, _ = dA_prev_pad.shape
    return dA_prev_pad[:, pad : n_H - pad, pad : n_W - pad]


def _weights(windows: Array, dZ: Array, shape: Shape) -> Array:
    return (one_row_each(windows).T @ dZ).reshape(shape)


def _products(
    dZ: Array,
    cache: ConvolutionCache,
    *,
    begin: Callable[[Array], Array] = np.zeros_like,
    columns: Callable[[Array], Array] = one_column_each,
    weights: Callable[[Array, Array, Shape], Array] = _weights,
    bias: Callable[[Array], Array] = lambda dZ: dZ.sum(axis=(0, 1, 2), keepdims=True),
    uncut: Callable[[Array, int], Array] = _unpadded,
    **spreading: Any,
) -> Any:
    """The right way; every keyword is a place where it can go wrong."""
    A_prev, W, _, hparameters = cache
    stride, pad = hparameters["stride"], hparameters["pad"]
    A_prev_pad = zero_pad(A_prev, pad)
    windows = sliding_windows(A_prev_pad, W.shape[0], stride)
    dZ_rows = dZ.reshape(-1, dZ.shape[3])
    dW = weights(windows, dZ_rows, W.shape)
    shares = (dZ_rows @ columns(W).T).reshape(*dZ.shape[:3], *W.shape[:3])
    dA_prev_pad = spread(begin(A_prev_pad), shares, stride, **spreading)
    return uncut(dA_prev_pad, pad), dW, bias(dZ)


MISTAKES.wrong(
    "stride-ignored-on-the-way-back",
    "It adds to dA_prev as if the windows were one pixel apart, whatever the stride is.",
    "Which rows of the padded picture did the first row of every window come from?",
    _products,
    steps=lambda stride: 1,
)
MISTAKES.wrong(
    "overlaps-overwritten",
    "It writes dA_prev where it should add, so of windows that overlap only one counts.",
    "A pixel is in several windows. What happens to what the first one contributed?",
    _products,
    into=assign,
)
MISTAKES.wrong(
    "offsets-swapped",
    "It takes the share of a window's row and column from its column and row.",
    "In which order do the two axes of the filter come in your array of shares?",
    _products,
    share=lambda shares, row, column: shares[:, :, :, column, row],
)
MISTAKES.wrong(
    "starts-from-the-pictures",
    "Its dA_prev starts from the padded pictures instead of zeros.",
    "What does your gradient hold before anything is added to it?",
    _products,
    begin=np.copy,
)
MISTAKES.wrong(
    "border-not-cut-off",
    "It returns the gradient of the padded pictures, border and all.",
    "Which shape should dA_prev have, and which does yours have?",
    _products,
    uncut=lambda dA_prev_pad, pad: dA_prev_pad,
)
MISTAKES.wrong(
    "nothing-left-without-padding",
    "It cuts the border off with [pad:-pad], which for pad 0 is [0:-0] and leaves nothing.",
    "What does a[0:-0] give, and how can you write the end of the slice so that pad 0 works?",
    _products,
    uncut=lambda dA_prev_pad, pad: dA_prev_pad[:, pad:-pad, pad:-pad],
)
MISTAKES.wrong(
    "filters-with-channels-first",
    "For dA_prev it lays out the filters channel by channel, but takes the product for pixels.",
    "In which order do the three axes of a filter come before you reshape it?",
    _products,
    columns=lambda W: one_column_each(W.transpose(2, 0, 1, 3)),
)
MISTAKES.wrong(
    "filters-cut-into-rows",
    "For dA_prev it reshapes W to one row for each filter, but the filters are W's last axis.",
    "Print W and your matrix for two filters of two weights: where do the first filter's end up?",
    _products,
    columns=lambda W: W.reshape(W.shape[3], -1).T,
)
MISTAKES.also(WITH_LOOPS, "weights-flipped")
MISTAKES.wrong(
    "weight-gradient-scrambled",
    "It reshapes a matrix with a row for each filter to dW, whose last axis the filters are.",
    "Which axis of your product belongs to the filters, and which one does in W?",
    _products,
    weights=lambda windows, dZ, shape: (dZ.T @ one_row_each(windows)).reshape(shape),
)
MISTAKES.wrong(
    "weight-gradient-filters-first",
    "Its dW has the filters as its first axis.",
    "Which shape should dW have, and which does yours have?",
    _products,
    weights=lambda windows, dZ, shape: (dZ.T @ one_row_each(windows)).reshape(shape[3], *shape[:3]),
)
MISTAKES.wrong(
    "weight-gradient-not-shaped",
    "It returns dW as a matrix, a column for each filter.",
    "Which shape should dW have, and which does yours have?",
    _products,
    weights=lambda windows, dZ, shape: one_row_each(windows).T @ dZ,
)
MISTAKES.also(WITH_LOOPS, "divided-by-pictures", "bias-gradient-averaged")
MISTAKES.wrong(
    "bias-gradient-without-axes",
    "The numbers of its db are right, but the axes of length one are missing.",
    "Which shape has b, and which has your db?",
    _products,
    bias=lambda dZ: dZ.sum(axis=(0, 1, 2)),
)
MISTAKES.wrong(
    "bias-gradient-over-the-batch-only",
    "It sums db over the pictures only, and keeps every position apart.",
    "At how many positions of a picture was the same bias added?",
    _products,
    bias=lambda dZ: dZ.sum(axis=0, keepdims=True),
)
MISTAKES.wrong(
    "bias-gradient-averaged-over-pictures",
    "It averages db over the pictures.",
    "Does the formula for db have a sum, or a mean?",
    _products,
    bias=lambda dZ: dZ.sum(axis=(0, 1, 2), keepdims=True) / len(dZ),
)
MISTAKES.wrong(
    "bias-gradient-of-all-channels",
    "It sums db over the channels too, so all filters share one number.",
    "How many biases are there, and how many numbers has your db?",
    _products,
    bias=lambda dZ: np.broadcast_to(dZ.sum(), (1, 1, 1, dZ.shape[3])).copy(),
)
MISTAKES.also(WITH_LOOPS, "gradients-in-another-order")
declare_product_of_misfits(MISTAKES)
declare_reshape_of_misfits(MISTAKES)
