"""Wrong ways through a dense layer, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.convnet_in_numpy.in_matrices import declare_product_of_misfits
from autograder.mistakes.declaration import Mistakes
from autograder.reference.convolution_step_by_step import Array

FORWARD = Mistakes("dense_forward")
BACKWARD = Mistakes("dense_backward")
DenseCache = tuple[Array, Array, Array]


def _forward(
    A_prev: Array,
    W: Array,
    b: Array,
    *,
    sums: Callable[[Array, Array, Array], Array] = lambda A_prev, W, b: A_prev @ W + b,
    cached: Callable[..., Any] = lambda Z, *inputs: inputs,
    returned: Callable[[Array, Any], Any] = lambda Z, cache: (Z, cache),
) -> Any:
    """The right way; every keyword is a place where it can go wrong."""
    Z = sums(A_prev, W, b)
    return returned(Z, cached(Z, A_prev, W, b))


FORWARD.wrong(
    "bias-left-out",
    "It never adds the biases.",
    "Which of the arguments does your code not use?",
    _forward,
    sums=lambda A_prev, W, b: A_prev @ W,
)
FORWARD.wrong(
    "bias-added-to-the-weights",
    "It adds the bias to every weight, before the product.",
    "If a row of A_prev is all zeros, what should come out?",
    _forward,
    sums=lambda A_prev, W, b: A_prev @ (W + b),
)
FORWARD.wrong(
    "bias-subtracted",
    "It subtracts the biases.",
    "Which sign does b have in the formula?",
    _forward,
    sums=lambda A_prev, W, b: A_prev @ W - b,
)
FORWARD.wrong(
    "one-bias-for-all",
    "It adds the sum of all biases to every number.",
    "How many biases are there, and which of them belongs to which column of Z?",
    _forward,
    sums=lambda A_prev, W, b: A_prev @ W + np.sum(b),
)
FORWARD.wrong(
    "units-in-rows",
    "Its Z has a column for each example.",
    "Should Z have a row for each example, or a column?",
    _forward,
    sums=lambda A_prev, W, b: (A_prev @ W + b).T,
)
FORWARD.wrong(
    "weights-scrambled",
    "It reshapes W to its transposed shape and transposes that, which mixes the weights.",
    "Do you need another shape of W, or W as it is?",
    _forward,
    sums=lambda A_prev, W, b: A_prev @ W.reshape(W.shape[::-1]).T + b,
)
FORWARD.wrong(
    "averaged",
    "It divides the sums by the number of inputs.",
    "What does your result get divided by that the formula does not mention?",
    _forward,
    sums=lambda A_prev, W, b: A_prev @ W / A_prev.shape[1] + b,
)
FORWARD.wrong(
    "activated",
    "It sets the negative numbers of Z to 0.",
    "Does a score have to be positive?",
    _forward,
    sums=lambda A_prev, W, b: np.maximum(A_prev @ W + b, 0),
)
FORWARD.wrong(
    "output-in-cache",
    "It puts Z into the cache, not A_prev.",
    "Which three arrays does the backward pass need?",
    _forward,
    cached=lambda Z, A_prev, W, b: (Z, W, b),
)
FORWARD.wrong(
    "bias-not-in-cache",
    "Its cache has no b in it.",
    "Which three arrays does the text put into the cache?",
    _forward,
    cached=lambda Z, A_prev, W, b: (A_prev, W),
)
FORWARD.wrong(
    "cache-in-another-order",
    "Its cache begins with the weights.",
    "In which order does the text put the three arrays into the cache?",
    _forward,
    cached=lambda Z, A_prev, W, b: (W, b, A_prev),
)
FORWARD.wrong(
    "no-cache",
    "It returns Z alone, without the cache.",
    "How many things does the last line of your function return?",
    _forward,
    returned=lambda Z, cache: Z,
)
declare_product_of_misfits(FORWARD)
FORWARD.error(
    "entry-by-entry",
    "It multiplies A_prev and W entry by entry, with *.",
    "Which operator sums over what a row and a column have in common?",
    r"ValueError: operands could not be broadcast together with shapes",
    lambda A_prev, W, b: np.ones((2, 3)) * np.ones((3, 2)),
)


def _backward(
    dZ: Array,
    cache: DenseCache,
    *,
    inputs: Callable[[Array, Array], Array] = lambda dZ, W: dZ @ W.T,
    weights: Callable[[Array, Array], Array] = lambda dZ, A_prev: A_prev.T @ dZ,
    bias: Callable[[Array], Array] = lambda dZ: dZ.sum(axis=0, keepdims=True),
    returned: Callable[..., Any] = lambda *gradients: gradients,
) -> Any:
    """The right way; every keyword is a place where it can go wrong."""
    A_prev, W, _ = cache
    return returned(inputs(dZ, W), weights(dZ, A_prev), bias(dZ))


BACKWARD.wrong(
    "divided-by-examples",
    "It divides dW and db by the number of examples, by which dZ is divided already.",
    "Where does the mean over the examples belong: in this layer, or in the cost?",
    _backward,
    weights=lambda dZ, A_prev: A_prev.T @ dZ / len(dZ),
    bias=lambda dZ: dZ.mean(axis=0, keepdims=True),
)
BACKWARD.wrong(
    "weight-gradient-divided-by-examples",
    "It divides dW by the number of examples, by which dZ is divided already.",
    "Where does the mean over the examples belong: in this layer, or in the cost?",
    _backward,
    weights=lambda dZ, A_prev: A_prev.T @ dZ / len(dZ),
)
BACKWARD.wrong(
    "bias-gradient-averaged",
    "It averages db over the examples.",
    "Does the formula for db have a sum, or a mean?",
    _backward,
    bias=lambda dZ: dZ.mean(axis=0, keepdims=True),
)
BACKWARD.wrong(
    "everything-divided-by-examples",
    "It divides all three gradients by the number of examples.",
    "Where does the mean over the examples belong: in this layer, or in the cost?",
    _backward,
    returned=lambda dA_prev, dW, db: tuple(each / len(dA_prev) for each in (dA_prev, dW, db)),
)
BACKWARD.wrong(
    "bias-gradient-without-axis",
    "The numbers of its db are right, but the axis of length one is missing.",
    "Which shape has b, and which has your db?",
    _backward,
    bias=lambda dZ: dZ.sum(axis=0),
)
BACKWARD.wrong(
    "bias-gradient-along-the-units",
    "It sums db over the units, so there is a number for each example.",
    "To which numbers was one bias added in the forward pass?",
    _backward,
    bias=lambda dZ: dZ.sum(axis=1, keepdims=True),
)
BACKWARD.wrong(
    "bias-gradient-one-number",
    "It sums db over everything, so all biases share one number.",
    "How many biases are there, and how many numbers has your db?",
    _backward,
    bias=np.sum,
)
BACKWARD.wrong(
    "bias-gradient-not-summed",
    "Its db is dZ itself, with a row for each example.",
    "How often was each bias added in the forward pass?",
    _backward,
    bias=np.copy,
)
BACKWARD.wrong(
    "weight-gradient-transposed",
    "Its dW has as many rows as W has columns.",
    "Which shape has W, and which has your dW?",
    _backward,
    weights=lambda dZ, A_prev: dZ.T @ A_prev,
)
BACKWARD.wrong(
    "weight-gradient-averaged-inputs",
    "It takes one average input for all examples when it computes dW.",
    "Which row of A_prev belongs to which row of dZ?",
    _backward,
    weights=lambda dZ, A_prev: A_prev.mean(axis=0)[:, None] * dZ.sum(axis=0),
)
BACKWARD.wrong(
    "input-gradient-transposed",
    "Its dA_prev has a column for each example.",
    "Which shape has A_prev, and which has your dA_prev?",
    _backward,
    inputs=lambda dZ, W: W @ dZ.T,
)
BACKWARD.wrong(
    "weights-scrambled",
    "For dA_prev it reshapes W to the shape that fits, which mixes the weights.",
    "What is the difference between reshaping a matrix and turning it?",
    _backward,
    inputs=lambda dZ, W: dZ @ W.reshape(W.shape[::-1]),
)
BACKWARD.wrong(
    "gradients-in-another-order",
    "It returns dW and db first and dA_prev last.",
    "In which order does the text ask for the three gradients?",
    _backward,
    returned=lambda dA_prev, dW, db: (dW, db, dA_prev),
)
declare_product_of_misfits(BACKWARD)
