"""Wrong ways to lay pictures out in rows, and wrong ways back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.convnet_in_numpy.in_matrices import declare_reshape_of_misfits
from autograder.mistakes.declaration import Mistakes
from autograder.reference.convolution_step_by_step import Array

FORWARD = Mistakes("flatten")
BACKWARD = Mistakes("flatten_backward")
Shape = tuple[int, ...]


def _flat(
    A: Array,
    *,
    rows: Callable[[Array], Array] = lambda A: A.reshape(len(A), -1),
    cached: Callable[[Array, Array], Any] = lambda A, F: A.shape,
    returned: Callable[[Array, Any], Any] = lambda F, cache: (F, cache),
) -> Any:
    """The right way; every keyword is a place where it can go wrong."""
    F = rows(A)
    return returned(F, cached(A, F))


FORWARD.wrong(
    "batch-flattened-too",
    "It lays the whole batch out in one row.",
    "How many rows should F have for a batch of ten pictures?",
    _flat,
    rows=np.ravel,
)
FORWARD.wrong(
    "batch-in-one-row-of-a-matrix",
    "It lays the whole batch out in a matrix of one row.",
    "How many rows should F have for a batch of ten pictures?",
    _flat,
    rows=lambda A: A.reshape(1, -1),
)
FORWARD.wrong(
    "pictures-in-columns",
    "It lays each picture out in a column.",
    "Should F have a row for each picture, or a column?",
    _flat,
    rows=lambda A: A.reshape(len(A), -1).T,
)
FORWARD.wrong(
    "pictures-mixed-in-columns",
    "It reshapes to one column for each picture, which puts several pictures into each.",
    "In the result for two small pictures, which numbers come from the first?",
    _flat,
    rows=lambda A: A.reshape(-1, len(A)),
)
FORWARD.wrong(
    "pictures-mixed-in-rows",
    "It reshapes to one column for each picture and transposes, which mixes the pictures.",
    "In the first row of your F for two small pictures, which numbers come from the second?",
    _flat,
    rows=lambda A: A.reshape(-1, len(A)).T,
)
FORWARD.wrong(
    "columns-of-memory-first",
    "It reads the pictures in Fortran's order, in which the first axis moves fastest.",
    "What does the order of a reshape say, and which one does NumPy take if you say nothing?",
    _flat,
    rows=lambda A: A.reshape((len(A), -1), order="F"),
)
FORWARD.wrong(
    "channels-first",
    "It lays each picture out channel by channel.",
    "In which order do the numbers of a picture lie in A?",
    _flat,
    rows=lambda A: A.transpose(0, 3, 1, 2).reshape(len(A), -1),
)
FORWARD.wrong(
    "channels-left-out-of-it",
    "It flattens height and width, and leaves the channels an axis of their own.",
    "How many axes should F have?",
    _flat,
    rows=lambda A: A.reshape(len(A), -1, A.shape[3]),
)
FORWARD.wrong(
    "averaged",
    "It averages each channel over the picture, so most numbers are gone.",
    "How many numbers should a row of F hold?",
    _flat,
    rows=lambda A: A.mean(axis=(1, 2)),
)
FORWARD.wrong(
    "pictures-in-cache",
    "It puts A into the cache, not its shape.",
    "What does the way back need to know about A?",
    _flat,
    cached=lambda A, F: A,
)
FORWARD.wrong(
    "flat-shape-in-cache",
    "It puts the shape of F into the cache, not the shape of A.",
    "Which shape has to be restored on the way back?",
    _flat,
    cached=lambda A, F: F.shape,
)
FORWARD.wrong(
    "shape-without-batch-in-cache",
    "Its cache is the shape of one picture, without the number of pictures.",
    "How many numbers should the cache hold?",
    _flat,
    cached=lambda A, F: A.shape[1:],
)
FORWARD.wrong(
    "no-cache",
    "It returns F alone, without the cache.",
    "How many things does the last line of your function return?",
    _flat,
    returned=lambda F, cache: F,
)
declare_reshape_of_misfits(FORWARD)

BACKWARD.wrong(
    "not-reshaped",
    "It returns dF as it came.",
    "Which shape should dA have?",
    lambda dF, cache: np.copy(dF),
)
BACKWARD.wrong(
    "columns-of-memory-first",
    "It fills dA in Fortran's order, in which the first axis moves fastest.",
    "What does the order of a reshape say, and which one does NumPy take if you say nothing?",
    lambda dF, cache: dF.reshape(cache, order="F"),
)
BACKWARD.wrong(
    "transposed-first",
    "It transposes dF before it reshapes it, which mixes the pictures.",
    "Did the forward pass transpose anything?",
    lambda dF, cache: dF.T.reshape(cache),
)
BACKWARD.wrong(
    "channels-first",
    "It fills dA channel by channel.",
    "In which order did the forward pass lay the numbers out?",
    lambda dF, cache: dF.reshape(cache[0], cache[3], cache[1], cache[2]).transpose(0, 2, 3, 1),
)
BACKWARD.wrong(
    "channels-first-shape",
    "Its dA has the channels before height and width.",
    "In which order do the axes come in this course?",
    lambda dF, cache: dF.reshape(cache[0], cache[3], cache[1], cache[2]),
)
BACKWARD.wrong(
    "height-and-width-swapped",
    "Its dA has the width before the height.",
    "In which order do the axes come in this course?",
    lambda dF, cache: dF.reshape(cache[0], cache[2], cache[1], cache[3]),
)
BACKWARD.wrong(
    "batch-left-out",
    "It joins the pictures of the batch into one tall picture.",
    "How many axes should dA have?",
    lambda dF, cache: dF.reshape(-1, *cache[2:]),
)
declare_reshape_of_misfits(BACKWARD)
