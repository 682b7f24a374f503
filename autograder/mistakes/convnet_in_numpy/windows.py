"""Wrong views of all windows. Each changes one thing in the right one."""

from __future__ import annotations

from collections.abc import Callable

from numpy.lib.stride_tricks import as_strided, sliding_window_view

from autograder.mistakes.declaration import Mistakes
from autograder.reference.convolution_step_by_step import Array

MISTAKES = Mistakes("sliding_windows")


def _every(X: Array, f: int) -> Array:
    windows: Array = sliding_window_view(X, (f, f), axis=(1, 2))  # type: ignore[call-overload]
    return windows


def _view(
    X: Array,
    f: int,
    stride: int,
    *,
    settings: Callable[[int, int], tuple[int, int]] = lambda f, stride: (f, stride),
    every: Callable[[Array, int], Array] = _every,
    kept: Callable[[Array, int], Array] = lambda every, s: every[:, ::s, ::s],
    axes: tuple[int, ...] = (0, 1, 2, 4, 5, 3),
    returned: Callable[[Array], Array] = lambda windows: windows,
) -> Array:
    """The right view; every keyword is a place where it can go wrong.

    NumPy's own gives (m, rows, columns, n_C, f, f), every row and column in it.
    """
    f, stride = settings(f, stride)
    return returned(kept(every(X, f), stride).transpose(axes))


def _with_strides_of_X(X: Array, f: int, stride: int) -> Array:
    return as_strided(X, (1, 1, 1, f, f, X.shape[3]), X.strides)


MISTAKES.wrong(
    "stride-ignored",
    "It keeps the windows at every row and column, whatever the stride is.",
    "How many windows are there along the height, and how many should there be?",
    _view,
    kept=lambda every, s: every,
)
MISTAKES.wrong(
    "stride-on-height-only",
    "It takes steps of the stride down the picture, but steps of one pixel to the right.",
    "How far apart are two neighbouring windows of the same row of windows?",
    _view,
    kept=lambda every, s: every[:, ::s],
)
MISTAKES.wrong(
    "stride-on-width-only",
    "It takes steps of the stride to the right, but steps of one pixel down the picture.",
    "How far apart are two windows of which one lies below the other?",
    _view,
    kept=lambda every, s: every[:, :, ::s],
)
MISTAKES.wrong(
    "stride-on-batch-and-height",
    "It takes steps of the stride through the batch and down the pictures, one axis too early.",
    "Which axis does the first slice in your brackets belong to?",
    _view,
    kept=lambda every, s: every[::s, ::s],
)
MISTAKES.wrong(
    "stride-on-the-batch-too",
    "It takes steps of the stride through the batch as well, so pictures are left out.",
    "How many pictures does your view have, and how many has X?",
    _view,
    kept=lambda every, s: every[::s, ::s, ::s],
)
MISTAKES.wrong(
    "stride-within-windows",
    "It takes steps of the stride inside the windows, not from one window to the next.",
    "Which axes count the windows, and which the pixels of one window?",
    _view,
    kept=lambda every, s: every[..., ::s, ::s],
)
MISTAKES.wrong(
    "windows-one-pixel-apart",
    "It has as many windows as it should, but each starts only one pixel after the one before.",
    "By how many bytes does the view move from one window to the next, and how many pixels is it?",
    _view,
    kept=lambda every, s: every[:, : -(-every.shape[1] // s), : -(-every.shape[2] // s)],
)
MISTAKES.wrong(
    "steps-of-f",
    "Its windows are f apart, not one stride, as if they could not overlap.",
    "Which of the two arguments says how far apart two windows are?",
    _view,
    settings=lambda f, stride: (f, f),
)
MISTAKES.wrong(
    "f-and-stride-swapped",
    "It takes the stride for the window's size and the window's size for the stride.",
    "In which order do f and stride come in the head of the function?",
    _view,
    settings=lambda f, stride: (stride, f),
)
MISTAKES.wrong(
    "last-windows-lost",
    "It has one row and one column of windows too few: the last ones are missing.",
    "How many places are there for a window that is as large as the picture?",
    _view,
    kept=lambda every, s: every[:, ::s, ::s][:, :-1, :-1],
)
MISTAKES.wrong(
    "channels-before-window",
    "Its axes are in NumPy's order, in which the channels come before the window's two axes.",
    "At which place in the shape do the channels stand, and at which should they?",
    _view,
    axes=(0, 1, 2, 3, 4, 5),
)
MISTAKES.wrong(
    "rows-and-columns-swapped",
    "It moves the channels to the end, but thereby turns the rows of each window into columns.",
    "In the window at place 0, 0: which pixel of X stands in the first row and second column?",
    _view,
    axes=(0, 1, 2, 5, 4, 3),
)
MISTAKES.wrong(
    "window-axes-before-positions",
    "Its axes that run through a window come before those that count the windows.",
    "What should windows[i, h, w] be, and what do the second and third index choose in yours?",
    _view,
    axes=(0, 4, 5, 1, 2, 3),
)
MISTAKES.wrong(
    "positions-swapped",
    "It counts the windows along the width first and along the height second.",
    "In which order do height and width come in this course?",
    _view,
    axes=(0, 2, 1, 4, 5, 3),
)
MISTAKES.wrong(
    "windows-flattened",
    "It lays each window out in one row, so the axes of the window are gone.",
    "How many axes should the result have, and can a reshaped array still be a view?",
    _view,
    returned=lambda windows: windows.reshape(*windows.shape[:3], -1),
)
MISTAKES.wrong(
    "matrix-of-windows",
    "It lays the windows out in a matrix, a row for each, which is the next exercise's work.",
    "How many axes should the result have?",
    _view,
    returned=lambda windows: windows.reshape(
        windows.shape[0] * windows.shape[1] * windows.shape[2], -1
    ),
)
MISTAKES.wrong(
    "axes-of-one-left",
    "Its windows have axes of length one for the batch and the channels.",
    "Along which axes of X does a window slide, and along which does it not?",
    _view,
    every=lambda X, f: sliding_window_view(X, (1, f, f, X.shape[3])),
    axes=(0, 1, 2, 3, 4, 5, 6, 7),
)
MISTAKES.error(
    "windows-over-a-short-axis",
    "Its windows slide along an axis that is shorter than they are, such as the channels.",
    "Which axis of X is the height, counted from 0?",
    r"ValueError: window shape cannot be larger than input array shape",
    lambda X, f, stride: sliding_window_view(X, X.shape[3] + 1, axis=3),
)
MISTAKES.error(
    "axes-not-named",
    "It does not tell NumPy along which axes the windows slide.",
    "X has four axes. How does sliding_window_view learn which two of them you mean?",
    r"ValueError: Since axis is `None`, must provide window_shape for all dimensions",
    lambda X, f, stride: sliding_window_view(X, (f, f)),
)
MISTAKES.error(
    "one-size-for-two-axes",
    "It gives NumPy another number of window sizes than of axes.",
    "How many sizes does a window have that slides along two axes?",
    r"ValueError: Must provide matching length window_shape and axis",
    lambda X, f, stride: sliding_window_view(X, f, axis=(1, 2)),  # type: ignore[call-overload]
)
MISTAKES.error(
    "strides-for-other-axes",
    "It gives as_strided another number of strides than the shape has axes.",
    "Your view has six axes. By how many bytes does each of them move?",
    r"ValueError: mismatch in length of strides and shape",
    _with_strides_of_X,
)
