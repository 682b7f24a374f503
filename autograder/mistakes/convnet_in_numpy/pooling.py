"""Wrong ways to pool all windows at once, and wrong ways back. Each changes one thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.convnet_in_numpy.convolution_backward import assign, spread
from autograder.mistakes.convolution_step_by_step.pool_backward import MISTAKES as BACK_WITH_LOOPS
from autograder.mistakes.convolution_step_by_step.pool_forward import MISTAKES as WITH_LOOPS
from autograder.mistakes.declaration import Mistakes
from autograder.reference.convnet_in_numpy import sliding_windows
from autograder.reference.convolution_step_by_step import Array, Hyperparameters, PoolingCache

FORWARD = Mistakes("pool_forward_fast")
BACKWARD = Mistakes("pool_backward_fast")


def _pooled(
    A_prev: Array,
    hparameters: Hyperparameters,
    mode: str = "max",
    *,
    settings: Callable[[int, int], tuple[int, int]] = lambda f, stride: (f, stride),
    axes: Any = (3, 4),
    largest: Callable[..., Array] = np.max,
    average: Callable[..., Array] = np.mean,
    chosen: Callable[[str], str] = lambda mode: mode,
    cached: Callable[..., Any] = lambda A, A_prev, hparameters: (A_prev, hparameters),
) -> Any:
    """The right way; every keyword is a place where it can go wrong."""
    windows = sliding_windows(A_prev, *settings(hparameters["f"], hparameters["stride"]))
    A = (largest if chosen(mode) == "max" else average)(windows, axis=axes)
    return A, cached(A, A_prev, hparameters)


FORWARD.wrong(
    "stride-ignored",
    "It puts a window at every row and column, whatever the stride is.",
    "Which number do you hand to sliding_windows as the stride?",
    _pooled,
    settings=lambda f, stride: (f, 1),
)
FORWARD.wrong(
    "steps-of-f",
    "Its windows are f apart, not one stride, as if they could not overlap.",
    "Which of the two settings says how far apart two windows are?",
    _pooled,
    settings=lambda f, stride: (f, f),
)
FORWARD.also(WITH_LOOPS, "f-and-stride-swapped")
FORWARD.wrong(
    "all-channels-at-once",
    "It pools over the channels as well, so no channel is left.",
    "How many channels should come out, and which axis holds them?",
    _pooled,
    axes=(3, 4, 5),
)
FORWARD.wrong(
    "last-axes",
    "It pools over the last two axes, of which one is the channels.",
    "Which two axes of the windows run through the pixels of one window?",
    _pooled,
    axes=(4, 5),
)
FORWARD.wrong(
    "over-positions",
    "It pools over the windows, not over the pixels of each window.",
    "Which two axes of the windows run through the pixels of one window?",
    _pooled,
    axes=(1, 2),
)
FORWARD.wrong(
    "one-axis-only",
    "It pools over the rows of each window and leaves the columns.",
    "Over how many axes do you have to pool to get one number for each window and channel?",
    _pooled,
    axes=3,
)
FORWARD.wrong(
    "everything-at-once",
    "It pools the whole batch into a single number.",
    "What does np.max do if you tell it no axis?",
    _pooled,
    axes=None,
)
FORWARD.also(
    WITH_LOOPS,
    "always-the-maximum",
    "always-the-average",
    "modes-swapped",
    "sum-for-average",
    "minimum-for-maximum",
    "compares-sizes",
    "maximum-starts-at-zero",
)
FORWARD.wrong(
    "average-divided-by-f",
    "It divides the sum of a window by f, not by the number of its pixels.",
    "How many pixels does a window of size f have?",
    _pooled,
    average=lambda windows, axis: windows.sum(axis=axis) / windows.shape[3],
)
FORWARD.wrong(
    "average-of-maxima",
    "It takes the maximum along one axis of the window and the average along the other.",
    "What do both of your two steps have to do in the same mode?",
    _pooled,
    largest=lambda windows, axis: windows.max(axis=3).mean(axis=3),
)
FORWARD.also(WITH_LOOPS, "settings-not-in-cache", "no-cache")
FORWARD.wrong(
    "output-in-cache",
    "It puts the output into the cache, not the input.",
    "In which array does the backward pass have to look for the places of the maxima?",
    _pooled,
    cached=lambda A, A_prev, hparameters: (A, hparameters),
)


def _to_maximum(windows: Array, dA: Array) -> Array:
    share: Array = (windows == windows.max(axis=(3, 4), keepdims=True)) * dA
    return share


def _shared(
    dA: Array,
    cache: PoolingCache,
    mode: str = "max",
    *,
    to_maximum: Callable[[Array, Array], Array] = _to_maximum,
    to_all: Callable[[Array, Array], Array] = lambda windows, dA: (
        np.ones_like(windows) * dA / (windows.shape[3] * windows.shape[4])
    ),
    begin: Callable[[Array], Array] = np.zeros_like,
    **spreading: Any,
) -> Array:
    """The right way back; every keyword is a place where it can go wrong.

    The shares are made of the windows and of dA with two axes of length one for the window.
    """
    A_prev, hparameters = cache
    windows = sliding_windows(A_prev, hparameters["f"], hparameters["stride"])
    shares = (to_maximum if mode == "max" else to_all)(windows, dA[:, :, :, None, None])
    return spread(begin(A_prev), shares, hparameters["stride"], **spreading)


BACKWARD.wrong(
    "stride-ignored-on-the-way-back",
    "It adds to dA_prev as if the windows were one pixel apart, whatever the stride is.",
    "Which rows of the picture did the first row of every window come from?",
    _shared,
    steps=lambda stride: 1,
)
BACKWARD.wrong(
    "overlaps-overwritten",
    "It writes dA_prev where it should add, so of windows that overlap only one counts.",
    "A pixel is in several windows. What happens to what the first one contributed?",
    _shared,
    into=assign,
)
BACKWARD.wrong(
    "offsets-swapped",
    "It takes the share of a window's row and column from its column and row.",
    "In which order do the two axes of the window come in your array of shares?",
    _shared,
    share=lambda shares, row, column: shares[:, :, :, column, row],
)
BACKWARD.wrong(
    "starts-from-the-pictures",
    "Its dA_prev starts from the input instead of zeros.",
    "What does your gradient hold before anything is added to it?",
    _shared,
    begin=np.copy,
)
BACKWARD.wrong(
    "maximum-of-all-channels",
    "It compares with the maximum of all channels, so most channels pass nothing back.",
    "Over which axes did the forward pass look for the maximum?",
    _shared,
    to_maximum=lambda windows, dA: (windows == windows.max(axis=(3, 4, 5), keepdims=True)) * dA,
)
BACKWARD.wrong(
    "maximum-of-everything",
    "It compares with the largest number of the whole batch, so hardly a window passes anything.",
    "How many maxima should there be, and how many does your code look for?",
    _shared,
    to_maximum=lambda windows, dA: (windows == windows.max()) * dA,
)
BACKWARD.wrong(
    "maximum-of-each-row",
    "It passes the gradient to the largest number of every row of a window.",
    "How many numbers of a window got through in the forward pass?",
    _shared,
    to_maximum=lambda windows, dA: (windows == windows.max(axis=4, keepdims=True)) * dA,
)
BACKWARD.also(
    BACK_WITH_LOOPS,
    "activation-for-gradient",
    "activation-times-gradient",
    "mask-without-gradient",
    "minimum-for-maximum",
    "compares-sizes",
    "whole-gradient-to-all",
    "average-not-divided",
    "average-divided-by-f",
    "average-divided-by-output",
    "modes-swapped",
    "always-the-maximum",
    "always-the-average",
)
