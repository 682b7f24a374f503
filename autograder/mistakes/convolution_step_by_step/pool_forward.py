"""Wrong ways to pool. Each changes one thing in the right loops."""

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
from autograder.reference.convolution_step_by_step import Array, Hyperparameters

MISTAKES = Mistakes("pool_forward")


def _loops(
    A_prev: Array,
    hparameters: Hyperparameters,
    mode: str = "max",
    *,
    settings: Callable[[int, int], tuple[int, int]] = lambda f, stride: (f, stride),
    size: Callable[[int, int, int], int] = lambda n, f, stride: (n - f) // stride + 1,
    sizes: Callable[[int, int], tuple[int, int]] = lambda n_H_prev, n_W_prev: (n_H_prev, n_W_prev),
    apart: Callable[[int, int], int] = lambda f, stride: stride,
    start: Callable[[int, int], int] = lambda n, stride: n * stride,
    place: Callable[[int, int], tuple[int, int]] = lambda h, w: (h, w),
    window: Callable[..., Array] = lambda A_prev, i, rows, columns, c: A_prev[i, rows, columns, c],
    largest: Callable[[Array], Any] = np.max,
    average: Callable[[Array], Any] = np.mean,
    chosen: Callable[[str], str] = lambda mode: mode,
    cached: Callable[..., Any] = lambda A_prev, hparameters: (A_prev, hparameters),
    returned: Callable[[Array, Any], Any] = lambda A, cache: (A, cache),
) -> Any:
    """The right loops; every keyword is a place where they can go wrong."""
    f, stride = settings(hparameters["f"], hparameters["stride"])
    n_H, n_W = (size(n, f, stride) for n in sizes(*A_prev.shape[1:3]))
    A = np.zeros((len(A_prev), n_H, n_W, A_prev.shape[3]))
    step = apart(f, stride)
    for i, h, w, c in np.ndindex(A.shape):
        rows, columns = (slice(start(n, step), start(n, step) + f) for n in place(h, w))
        seen = window(A_prev, i, rows, columns, c)
        A[i, h, w, c] = largest(seen) if chosen(mode) == "max" else average(seen)
    return returned(A, cached(A_prev, hparameters))


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
    "steps-of-f",
    "Its windows are f apart, not one stride, as if they could not overlap.",
    "Which of the two settings says how far apart two windows are?",
    _loops,
    apart=lambda f, stride: f,
)
MISTAKES.wrong(
    "f-and-stride-swapped",
    "It takes the stride for the window's size and the window's size for the stride.",
    "Under which name do you look up each of the two settings?",
    _loops,
    settings=lambda f, stride: (stride, f),
)
MISTAKES.wrong(
    "all-channels-at-once",
    "Its windows hold all channels, so every channel gets the same number.",
    "Which of the four axes is missing when you cut a window?",
    _loops,
    window=lambda A_prev, i, rows, columns, c: A_prev[i, rows, columns],
)
MISTAKES.wrong(
    "whole-picture",
    "It pools the whole picture, not the window.",
    "How large is the array that you take the maximum of?",
    _loops,
    window=lambda A_prev, i, rows, columns, c: A_prev[i, :, :, c],
)
MISTAKES.wrong(
    "whole-picture-all-channels",
    "It pools all of a picture, with all its channels, not the window.",
    "How large is the array that you take the maximum of?",
    _loops,
    window=lambda A_prev, i, rows, columns, c: A_prev[i],
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
    "one-place-short",
    "Its output is one row and one column short: the + 1 of the size is missing.",
    "How many places are there for a window that is as large as the picture?",
    _loops,
    size=lambda n, f, stride: (n - f) // stride,
)
MISTAKES.wrong(
    "size-rounded-up",
    "It rounds the output's size up where the stride does not divide it.",
    "What happens to a last window for which there are not enough pixels left?",
    _loops,
    size=lambda n, f, stride: math.ceil((n - f) / stride) + 1,
)
MISTAKES.wrong(
    "first-picture-for-all",
    "It cuts every window from the first picture.",
    "Where does i appear when you cut a window?",
    _loops,
    window=lambda A_prev, i, rows, columns, c: A_prev[0, rows, columns, c],
)
MISTAKES.wrong(
    "first-channel-for-all",
    "It cuts every window from the first channel.",
    "Where does c appear when you cut a window?",
    _loops,
    window=lambda A_prev, i, rows, columns, c: A_prev[i, rows, columns, 0],
)
MISTAKES.wrong(
    "always-the-maximum",
    "It takes the maximum whatever the mode is.",
    "Where does your code look at mode?",
    _loops,
    chosen=lambda mode: "max",
)
MISTAKES.wrong(
    "always-the-average",
    "It takes the average whatever the mode is.",
    "Where does your code look at mode?",
    _loops,
    chosen=lambda mode: "average",
)
MISTAKES.wrong(
    "modes-swapped",
    "It averages when it should take the maximum, and the other way round.",
    'Which branch of your if runs when mode is "max"?',
    _loops,
    chosen=lambda mode: "average" if mode == "max" else "max",
)
MISTAKES.wrong(
    "sum-for-average",
    "It sums the window where it should average it.",
    "By how many numbers do you have to divide a sum to get the average?",
    _loops,
    average=np.sum,
)
MISTAKES.wrong(
    "minimum-for-maximum",
    "It takes the smallest number of the window instead of the largest.",
    "Which function gives the largest number of an array?",
    _loops,
    largest=np.min,
)
MISTAKES.wrong(
    "compares-sizes",
    "It takes the largest number without its sign.",
    "Which is larger: −5 or 2?",
    _loops,
    largest=lambda seen: np.max(np.abs(seen)),
)
MISTAKES.wrong(
    "maximum-starts-at-zero",
    "Its search for the maximum starts at 0, so the maximum of negative numbers comes out as 0.",
    "What is the largest of −3 and −1, and can your code find it?",
    _loops,
    largest=lambda seen: max(0.0, np.max(seen)),
)
MISTAKES.wrong(
    "settings-not-in-cache",
    "Its cache is the input alone, without hparameters.",
    "Which two things does the backward pass need?",
    _loops,
    cached=lambda A_prev, hparameters: A_prev,
)
MISTAKES.wrong(
    "no-cache",
    "It returns A alone, without the cache.",
    "How many things does the last line of your function return?",
    _loops,
    returned=lambda A, cache: A,
)
declare_size_no_whole_number(MISTAKES)
declare_loop_over_none(MISTAKES)
