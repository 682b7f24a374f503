"""Wrong ways back through a convolution. Each changes one thing in the right loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.convolution_step_by_step.in_loops import (
    declare_loop_over_none,
)
from autograder.mistakes.declaration import Mistakes
from autograder.reference.convolution_step_by_step import Array, ConvolutionCache, zero_pad

MISTAKES = Mistakes("conv_backward")
Shape = tuple[int, ...]


def _add(total: Array, term: Array) -> Array:
    return total + term


def _replace(total: Array, term: Array) -> Array:
    return np.broadcast_to(term, total.shape)


def _unpadded(dA_prev_pad: Array, pad: int) -> Array:
    _, n_H, n_W, _ = dA_prev_pad.shape
    return dA_prev_pad[:, pad : n_H - pad, pad : n_W - pad]


def _loops(
    dZ: Array,
    cache: ConvolutionCache,
    *,
    begin: Callable[[Shape], Array] = np.zeros,
    start: Callable[[int, int], int] = lambda n, stride: n * stride,
    place: Callable[[int, int], tuple[int, int]] = lambda h, w: (h, w),
    gradient: Callable[..., Any] = lambda dZ, i, h, w, c: dZ[i, h, w, c],
    seen: Callable[..., Array] = lambda A_prev, A_prev_pad, i, rows, columns: A_prev_pad[
        i, rows, columns
    ],
    weights: Callable[[Array, int], Array] = lambda W, c: W[..., c],
    into_dA: Callable[[Array, Array], Array] = _add,
    into_dW: Callable[[Array, Array], Array] = _add,
    into_db: Callable[[Array, Array], Array] = _add,
    examples: Callable[[int], range] = range,
    uncut: Callable[[Array, int], Array] = _unpadded,
    returned: Callable[..., Any] = lambda dA_prev, dW, db, m, positions: (dA_prev, dW, db),
) -> Any:
    """The right loops; every keyword is a place where they can go wrong."""
    A_prev, W, b, hparameters = cache
    stride, pad, f = hparameters["stride"], hparameters["pad"], W.shape[0]
    A_prev_pad = zero_pad(A_prev, pad)
    dA_prev_pad, dW, db = (np.array(begin(x.shape)) for x in (A_prev_pad, W, b))
    m, n_H, n_W, n_C = dZ.shape
    for i in examples(m):
        for h, w, c in np.ndindex(n_H, n_W, n_C):
            rows, columns = (slice(start(n, stride), start(n, stride) + f) for n in place(h, w))
            dz = gradient(dZ, i, h, w, c)
            there = (i, rows, columns)
            dA_prev_pad[there] = into_dA(dA_prev_pad[there], weights(W, c) * dz)
            dW[..., c] = into_dW(dW[..., c], seen(A_prev, A_prev_pad, i, rows, columns) * dz)
            db[..., c] = into_db(db[..., c], dz)
    return returned(uncut(dA_prev_pad, pad), dW, db, m, n_H * n_W)


MISTAKES.wrong(
    "stride-ignored",
    "Its windows start one pixel after the other, whatever the stride is.",
    "Where did the forward pass cut the window of this output position?",
    _loops,
    start=lambda n, stride: n,
)
MISTAKES.wrong(
    "stride-added",
    "It adds the stride to the position instead of multiplying by it.",
    "Where should the window of output position 0 begin, and where does yours begin?",
    _loops,
    start=lambda n, stride: n + stride,
)
MISTAKES.wrong(
    "starts-from-random-numbers",
    "Its gradients start from random numbers instead of zeros.",
    "What is the sum of nothing, and what do your gradients hold before the first loop?",
    _loops,
    begin=lambda shape: np.random.randn(*shape),
)
MISTAKES.wrong(
    "starts-from-ones",
    "Its gradients start from ones instead of zeros.",
    "What is the sum of nothing, and what do your gradients hold before the first loop?",
    _loops,
    begin=np.ones,
)
MISTAKES.wrong(
    "input-gradient-overwritten",
    "It writes dA_prev where it should add, so of windows that overlap only the last one counts.",
    "A pixel is in several windows. What happens to what the first one contributed?",
    _loops,
    into_dA=_replace,
)
MISTAKES.wrong(
    "weight-gradient-overwritten",
    "It writes dW where it should add, so only the last window counts.",
    "A filter is used at every position. What happens to what the first position contributed?",
    _loops,
    into_dW=_replace,
)
MISTAKES.wrong(
    "bias-gradient-overwritten",
    "It writes db where it should add, so only the last position counts.",
    "A bias is used at every position. What happens to what the first position contributed?",
    _loops,
    into_db=_replace,
)
MISTAKES.wrong(
    "all-gradients-overwritten",
    "It writes all three gradients where it should add to them.",
    "Do the lines of your innermost loop add to what is there, or replace it?",
    _loops,
    into_dA=_replace,
    into_dW=_replace,
    into_db=_replace,
)
MISTAKES.wrong(
    "border-not-cut-off",
    "It returns the gradient of the padded pictures, border and all.",
    "Which shape should dA_prev have, and which does yours have?",
    _loops,
    uncut=lambda dA_prev_pad, pad: dA_prev_pad,
)
MISTAKES.wrong(
    "nothing-left-without-padding",
    "It cuts the border off with [pad:-pad], which for pad 0 is [0:-0] and leaves nothing.",
    "What does a[0:-0] give, and how can you write the end of the slice so that pad 0 works?",
    _loops,
    uncut=lambda dA_prev_pad, pad: dA_prev_pad[:, pad:-pad, pad:-pad],
)
MISTAKES.wrong(
    "cut-off-after-only",
    "It cuts twice the border off below and on the right, and none on the other two sides.",
    "On which sides of a picture is there a border?",
    _loops,
    uncut=lambda dA_prev_pad, pad: dA_prev_pad[
        :, : dA_prev_pad.shape[1] - 2 * pad, : dA_prev_pad.shape[2] - 2 * pad
    ],
)
MISTAKES.wrong(
    "output-rows-and-columns-swapped",
    "It reads dZ at [i, w, h, c].",
    "In which order do the axes of dZ come?",
    _loops,
    gradient=lambda dZ, i, h, w, c: dZ[i, w % dZ.shape[1], h % dZ.shape[2], c],
)
MISTAKES.wrong(
    "height-and-width-swapped",
    "It uses the row's number to go along the width and the column's to go along the height.",
    "Which of h and w says how far down a window is?",
    _loops,
    place=lambda h, w: (w, h),
)
MISTAKES.wrong(
    "windows-without-border",
    "For dW it cuts its windows from the pictures as they came, without the border.",
    "From which array did the forward pass cut its windows?",
    _loops,
    seen=lambda A_prev, A_prev_pad, i, rows, columns: A_prev[i, rows, columns],
)
MISTAKES.wrong(
    "first-filter-for-all",
    "For dA_prev it uses the first filter for every channel of the output.",
    "Where does c appear when you take the weights?",
    _loops,
    weights=lambda W, c: W[..., 0],
)
MISTAKES.wrong(
    "weights-flipped",
    "For dA_prev it turns every filter upside down and left to right.",
    "Which weight did the pixel in the window's top left corner meet in the forward pass?",
    _loops,
    weights=lambda W, c: W[::-1, ::-1, :, c],
)
MISTAKES.wrong(
    "first-picture-for-all",
    "It cuts every window from the first picture.",
    "Where does i appear when you cut a window?",
    _loops,
    seen=lambda A_prev, A_prev_pad, i, rows, columns: A_prev_pad[0, rows, columns],
)
MISTAKES.wrong(
    "only-the-last-picture",
    "Only the last picture contributes to its gradients.",
    "Is there something inside the loop over the pictures that should stand before it?",
    _loops,
    examples=lambda m: range(m - 1, m),
)
MISTAKES.wrong(
    "only-the-first-picture",
    "Only the first picture contributes to its gradients.",
    "How often does your loop over the pictures run before the function returns?",
    _loops,
    examples=lambda m: range(1),
)
MISTAKES.wrong(
    "divided-by-pictures",
    "It divides dW and db by the number of pictures.",
    "Does the formula have a sum over the pictures, or a mean?",
    _loops,
    returned=lambda dA_prev, dW, db, m, positions: (dA_prev, dW / m, db / m),
)
MISTAKES.wrong(
    "bias-gradient-averaged",
    "It averages db over pictures and positions instead of summing.",
    "Does the formula for db have a sum, or a mean?",
    _loops,
    returned=lambda dA_prev, dW, db, m, positions: (dA_prev, dW, db / (m * positions)),
)
MISTAKES.wrong(
    "bias-gradient-zero",
    "Its db is zero everywhere: nothing is ever added to it.",
    "Which of the three lines of the innermost loop is missing?",
    _loops,
    into_db=lambda total, term: total,
)
MISTAKES.wrong(
    "weight-gradient-zero",
    "Its dW is zero everywhere: nothing is ever added to it.",
    "Which of the three lines of the innermost loop is missing?",
    _loops,
    into_dW=lambda total, term: total,
)
MISTAKES.wrong(
    "input-gradient-zero",
    "Its dA_prev is zero everywhere: what the loops added is not what is returned.",
    "Where does what was added to dA_prev_pad get into dA_prev?",
    _loops,
    into_dA=lambda total, term: total,
)
MISTAKES.wrong(
    "gradient-left-out",
    "It adds the weights and windows themselves, without multiplying by dZ.",
    "If dZ is 0 everywhere, what should all three gradients be?",
    _loops,
    gradient=lambda dZ, i, h, w, c: 1.0,
)
MISTAKES.wrong(
    "gradients-in-another-order",
    "It returns dW first and dA_prev second.",
    "In which order does the text ask for the three gradients?",
    _loops,
    returned=lambda dA_prev, dW, db, m, positions: (dW, dA_prev, db),
)
declare_loop_over_none(MISTAKES)
MISTAKES.error(
    "matrix-product",
    "It multiplies arrays with @ or np.dot where entries should meet one by one.",
    "Which operator multiplies two arrays entry by entry?",
    r"ValueError: (matmul: |shapes .* not aligned)",
    lambda dZ, cache: np.ones((2, 3)) @ np.ones((2, 3)),
)
