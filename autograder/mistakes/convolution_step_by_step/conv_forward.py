"""Wrong ways to go over a picture with filters. Each changes one thing in the right loops."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.convolution_step_by_step.in_loops import (
    declare_loop_over_none,
    declare_size_no_whole_number,
)
from autograder.mistakes.declaration import Mistakes
from autograder.reference.convolution_step_by_step import Array, Hyperparameters, zero_pad

MISTAKES = Mistakes("conv_forward")


def _loops(
    A_prev: Array,
    W: Array,
    b: Array,
    hparameters: Hyperparameters,
    *,
    pads: Callable[[Array, int], Array] = zero_pad,
    settings: Callable[[int, int], tuple[int, int]] = lambda stride, pad: (stride, pad),
    size: Callable[[int, int, int, int], Any] = lambda n, f, stride, pad: (
        (n + 2 * pad - f) // stride + 1
    ),
    sizes: Callable[[int, int], tuple[int, int]] = lambda n_H_prev, n_W_prev: (n_H_prev, n_W_prev),
    start: Callable[[int, int], int] = lambda n, stride: n * stride,
    length: Callable[[int, int], int] = lambda f, stride: f,
    place: Callable[[int, int], tuple[int, int]] = lambda h, w: (h, w),
    example: Callable[[int], int] = lambda i: i,
    seen: Callable[[Array, int], Array] = lambda window, c: window,
    weights: Callable[[Array, int], Array] = lambda W, c: W[..., c],
    bias: Callable[[Array, int], float] = lambda b, c: b[..., c].item(),
    cached: Callable[..., Any] = lambda A_prev, A_prev_pad, W, b, hparameters: (
        A_prev, W, b, hparameters
    ),
    returned: Callable[[Array, Any], Any] = lambda Z, cache: (Z, cache),
) -> Any:  # fmt: skip
    """The right loops; every keyword is a place where they can go wrong."""
    stride, pad = settings(hparameters["stride"], hparameters["pad"])
    f = W.shape[0]
    n_H, n_W = (size(n, f, stride, pad) for n in sizes(*A_prev.shape[1:3]))
    Z = np.zeros((len(A_prev), n_H, n_W, W.shape[3]))
    A_prev_pad = pads(A_prev, pad)
    for i, h, w, c in np.ndindex(Z.shape):
        rows, columns = (
            slice(start(n, stride), start(n, stride) + length(f, stride)) for n in place(h, w)
        )
        window = seen(A_prev_pad[example(i), rows, columns], c)
        Z[i, h, w, c] = np.sum(window * weights(W, c)) + bias(b, c)
    return returned(Z, cached(A_prev, A_prev_pad, W, b, hparameters))


MISTAKES.wrong(
    "stride-ignored",
    "Its windows start one pixel after the other, whatever the stride is.",
    "For which stride is your start of a window right, and what has to change for another one?",
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
    "pad-ignored",
    "It cuts its windows from the pictures as they came, without the border.",
    "You made a padded copy of the pictures. Where do you use it?",
    _loops,
    pads=lambda A_prev, pad: A_prev,
)
MISTAKES.wrong(
    "pad-always-2",
    "It puts a border of 2 round the pictures, whatever hparameters say.",
    "Which number in your code should come from hparameters?",
    _loops,
    pads=lambda A_prev, pad: zero_pad(A_prev, 2),
)
MISTAKES.wrong(
    "pad-always-1",
    "It puts a border of 1 round the pictures, whatever hparameters say.",
    "Which number in your code should come from hparameters?",
    _loops,
    pads=lambda A_prev, pad: zero_pad(A_prev, 1),
)
MISTAKES.wrong(
    "pad-and-stride-swapped",
    "It takes the pad for the stride and the stride for the pad.",
    "Under which name do you look up each of the two settings?",
    _loops,
    settings=lambda stride, pad: (max(pad, 1), stride),
)
MISTAKES.wrong(
    "height-and-width-swapped",
    "It uses the row's number to go along the width and the column's to go along the height.",
    "Which of h and w says how far down a window is?",
    _loops,
    place=lambda h, w: (w, h),
)
MISTAKES.wrong(
    "width-from-height",
    "It computes the output's width from the height of the input.",
    "Which size of the input does n_W depend on?",
    _loops,
    sizes=lambda n_H_prev, n_W_prev: (n_H_prev, n_H_prev),
)
MISTAKES.wrong(
    "height-from-width",
    "It computes the output's height from the width of the input.",
    "Which size of the input does n_H depend on?",
    _loops,
    sizes=lambda n_H_prev, n_W_prev: (n_W_prev, n_W_prev),
)
MISTAKES.wrong(
    "sizes-swapped",
    "It computes the output's height from the input's width, and its width from the height.",
    "In which order do the axes of A_prev come: width first, or height?",
    _loops,
    sizes=lambda n_H_prev, n_W_prev: (n_W_prev, n_H_prev),
)
MISTAKES.wrong(
    "one-place-short",
    "Its output is one row and one column short: the + 1 of the size is missing.",
    "How many places are there for a window that is as large as the picture?",
    _loops,
    size=lambda n, f, stride, pad: (n + 2 * pad - f) // stride,
)
MISTAKES.wrong(
    "padded-once",
    "It counts the border once in the output's size, not on both sides.",
    "By how much does a border on the left and on the right make a picture wider?",
    _loops,
    size=lambda n, f, stride, pad: (n + pad - f) // stride + 1,
)
MISTAKES.wrong(
    "size-rounded-up",
    "It rounds the output's size up where the stride does not divide it.",
    "What happens to a last window for which there are not enough pixels left?",
    _loops,
    size=lambda n, f, stride, pad: math.ceil((n + 2 * pad - f) / stride) + 1,
)
MISTAKES.wrong(
    "window-as-long-as-the-stride",
    "Its windows end one stride after they begin, not one filter.",
    "How many rows does a window have to have, so that a filter fits on it?",
    _loops,
    length=lambda f, stride: stride,
)
MISTAKES.wrong(
    "first-filter-for-all",
    "It uses the first filter for every channel of the output.",
    "Where does c appear when you take the weights?",
    _loops,
    weights=lambda W, c: W[..., 0],
)
MISTAKES.wrong(
    "first-bias-for-all",
    "It uses the bias of the first filter for every channel of the output.",
    "Where does c appear when you take the bias?",
    _loops,
    bias=lambda b, c: b[..., 0].item(),
)
MISTAKES.wrong(
    "first-picture-for-all",
    "It cuts every window from the first picture.",
    "Where does i appear when you cut a window?",
    _loops,
    example=lambda i: 0,
)
MISTAKES.wrong(
    "bias-left-out",
    "It never adds the biases.",
    "Which of the arguments does your code not use?",
    _loops,
    bias=lambda b, c: 0.0,
)
MISTAKES.wrong(
    "bias-in-every-product",
    "It adds the bias once for each product, not once for each window.",
    "If every product is 0, what should the answer of a filter be?",
    _loops,
    weights=lambda W, c: W[..., c],
    bias=lambda b, c: b[..., c].item(),
    returned=lambda Z, cache: (
        Z + (cache[1].shape[0] ** 2 * cache[1].shape[2] - 1) * cache[2],
        cache,
    ),
)
MISTAKES.wrong(
    "weights-flipped",
    "It turns every filter upside down and left to right, as mathematicians' convolution does.",
    "Which weight belongs to the window's top left pixel in this course?",
    _loops,
    weights=lambda W, c: W[::-1, ::-1, :, c],
)
MISTAKES.wrong(
    "weights-transposed",
    "It swaps the rows and columns of every filter.",
    "Which axis of W goes down the picture: the first or the second?",
    _loops,
    weights=lambda W, c: W[..., c].swapaxes(0, 1),
)
MISTAKES.wrong(
    "one-channel-for-each-filter",
    "It gives each filter one channel of the window instead of all of them.",
    "How many axes does a window have, and how many has a filter?",
    _loops,
    seen=lambda window, c: window[:, :, [c % window.shape[2]]],
)
MISTAKES.wrong(
    "padded-pictures-in-cache",
    "It puts the padded pictures into the cache, not the ones that came in.",
    "What does the text say that the cache is made of?",
    _loops,
    cached=lambda A_prev, A_prev_pad, W, b, hparameters: (A_prev_pad, W, b, hparameters),
)
MISTAKES.wrong(
    "settings-not-in-cache",
    "Its cache has no hparameters in it.",
    "Which four things does the backward pass need?",
    _loops,
    cached=lambda A_prev, A_prev_pad, W, b, hparameters: (A_prev, W, b),
)
MISTAKES.wrong(
    "no-cache",
    "It returns Z alone, without the cache.",
    "How many things does the last line of your function return?",
    _loops,
    returned=lambda Z, cache: Z,
)
declare_size_no_whole_number(MISTAKES)
declare_loop_over_none(MISTAKES)
