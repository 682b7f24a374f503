"""Wrong ways back through a pooling layer. Each changes one thing in the right loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.convolution_step_by_step.in_loops import (
    declare_loop_over_none,
)
from autograder.mistakes.declaration import Mistakes
from autograder.reference.convolution_step_by_step import Array, PoolingCache

MISTAKES = Mistakes("pool_backward")


def _mask(window: Array, dz: float, whole: Array) -> Array:
    mask: Array = window == np.max(window)
    return mask * dz


def _share(shape: tuple[int, int], dz: float, output: tuple[int, int]) -> Array:
    return np.full(shape, dz / (shape[0] * shape[1]))


def _loops(
    dA: Array,
    cache: PoolingCache,
    mode: str = "max",
    *,
    start: Callable[[int, int], int] = lambda n, stride: n * stride,
    place: Callable[[int, int], tuple[int, int]] = lambda h, w: (h, w),
    gradient: Callable[..., Any] = lambda dA, i, h, w, c: dA[i, h, w, c],
    source: Callable[[int, int], tuple[int, int]] = lambda i, c: (i, c),
    to_maximum: Callable[[Array, float, Array], Array] = _mask,
    to_all: Callable[..., Array] = _share,
    into: Callable[[Array, Array], Array] = lambda total, term: total + term,
    chosen: Callable[[str], str] = lambda mode: mode,
    examples: Callable[[int], range] = range,
) -> Array:
    """The right loops; every keyword is a place where they can go wrong."""
    A_prev, hparameters = cache
    f, stride = hparameters["f"], hparameters["stride"]
    dA_prev = np.zeros(A_prev.shape)
    m, n_H, n_W, n_C = dA.shape
    for i in examples(m):
        for h, w, c in np.ndindex(n_H, n_W, n_C):
            rows, columns = (slice(start(n, stride), start(n, stride) + f) for n in place(h, w))
            here, dz = (i, rows, columns, c), gradient(dA, i, h, w, c)
            if chosen(mode) == "max":
                picture, channel = source(i, c)
                window = A_prev[picture, rows, columns, channel]
                term = to_maximum(window, dz, A_prev[i, rows, columns])
            else:
                term = to_all((f, f), dz, (n_H, n_W))
            dA_prev[here] = into(dA_prev[here], term)
    return dA_prev


MISTAKES.wrong(
    "stride-ignored",
    "Its windows start one pixel after the other, whatever the stride is.",
    "Where did the forward pass cut the window of this output position?",
    _loops,
    start=lambda n, stride: n,
)
MISTAKES.wrong(
    "activation-for-gradient",
    "For the maximum it passes back the input's own numbers, not the gradient.",
    "If dA is 0 everywhere, what should dA_prev be?",
    _loops,
    to_maximum=lambda window, dz, whole: (window == np.max(window)) * window,
)
MISTAKES.wrong(
    "activation-times-gradient",
    "For the maximum it multiplies the gradient by the input's own number.",
    "How much does the maximum change when its pixel changes by a little?",
    _loops,
    to_maximum=lambda window, dz, whole: (window == np.max(window)) * window * dz,
)
MISTAKES.wrong(
    "mask-without-gradient",
    "For the maximum it adds the mask itself, without the gradient.",
    "If dA is 0 everywhere, what should dA_prev be?",
    _loops,
    to_maximum=lambda window, dz, whole: (window == np.max(window)) * 1.0,
)
MISTAKES.wrong(
    "whole-gradient-to-all",
    "For the maximum it gives the whole gradient to every pixel of the window, without the mask.",
    "Which pixels of the window did the output not depend on?",
    _loops,
    to_maximum=lambda window, dz, whole: np.full(window.shape, dz),
)
MISTAKES.wrong(
    "minimum-for-maximum",
    "It sends the gradient to the smallest number of the window.",
    "Which number of the window got through in the forward pass?",
    _loops,
    to_maximum=lambda window, dz, whole: (window == np.min(window)) * dz,
)
MISTAKES.wrong(
    "compares-sizes",
    "It looks for the largest number without its sign.",
    "Which is larger: −5 or 2?",
    _loops,
    to_maximum=lambda window, dz, whole: (np.abs(window) == np.max(np.abs(window))) * dz,
)
MISTAKES.wrong(
    "maximum-of-all-channels",
    "It compares with the maximum of all channels, so most windows pass nothing back.",
    "Which of the four axes is missing when you cut the window for the mask?",
    _loops,
    to_maximum=lambda window, dz, whole: (window == np.max(whole)) * dz,
)
MISTAKES.wrong(
    "overwritten",
    "It writes where it should add, so of windows that overlap only the last one counts.",
    "A pixel is in several windows. What happens to what the first one contributed?",
    _loops,
    into=lambda total, term: term,
)
MISTAKES.wrong(
    "average-not-divided",
    "For the average it gives the whole gradient to every pixel of the window.",
    "How much does an average of four numbers change when one of them changes by 1?",
    _loops,
    to_all=lambda shape, dz, output: np.full(shape, dz),
)
MISTAKES.wrong(
    "average-divided-by-f",
    "For the average it divides the gradient by f, not by the number of pixels in the window.",
    "How many pixels does a window of size f have?",
    _loops,
    to_all=lambda shape, dz, output: np.full(shape, dz / shape[0]),
)
MISTAKES.wrong(
    "average-divided-by-output",
    "For the average it divides the gradient by the size of the output, not of the window.",
    "Over how many pixels did the forward pass average?",
    _loops,
    to_all=lambda shape, dz, output: np.full(shape, dz / (output[0] * output[1])),
)
MISTAKES.wrong(
    "modes-swapped",
    "It spreads the gradient when it should send it to the maximum, and the other way round.",
    'Which branch of your if runs when mode is "max"?',
    _loops,
    chosen=lambda mode: "average" if mode == "max" else "max",
)
MISTAKES.wrong(
    "always-the-maximum",
    "It sends the gradient to the maximum whatever the mode is.",
    "Where does your code look at mode?",
    _loops,
    chosen=lambda mode: "max",
)
MISTAKES.wrong(
    "always-the-average",
    "It spreads the gradient over the window whatever the mode is.",
    "Where does your code look at mode?",
    _loops,
    chosen=lambda mode: "average",
)
MISTAKES.wrong(
    "output-rows-and-columns-swapped",
    "It reads dA at [i, w, h, c].",
    "In which order do the axes of dA come?",
    _loops,
    gradient=lambda dA, i, h, w, c: dA[i, w % dA.shape[1], h % dA.shape[2], c],
)
MISTAKES.wrong(
    "first-channel-for-all",
    "It finds the maximum in the first channel, for all channels.",
    "Where does c appear when you cut the window for the mask?",
    _loops,
    source=lambda i, c: (i, 0),
)
MISTAKES.wrong(
    "first-picture-for-all",
    "It finds the maximum in the first picture, for all pictures.",
    "Where does i appear when you cut the window for the mask?",
    _loops,
    source=lambda i, c: (0, c),
)
MISTAKES.wrong(
    "only-the-last-picture",
    "Only the last picture gets a gradient.",
    "Is there something inside the loop over the pictures that should stand before it?",
    _loops,
    examples=lambda m: range(m - 1, m),
)
MISTAKES.wrong(
    "only-the-first-picture",
    "Only the first picture gets a gradient.",
    "How often does your loop over the pictures run before the function returns?",
    _loops,
    examples=lambda m: range(1),
)
declare_loop_over_none(MISTAKES)
