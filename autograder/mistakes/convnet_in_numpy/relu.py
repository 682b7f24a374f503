"""Wrong ways through the activation, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.convnet_in_numpy.in_matrices import declare_truth_of_an_array
from autograder.mistakes.declaration import Mistakes
from autograder.reference.convolution_step_by_step import Array

FORWARD = Mistakes("relu")
BACKWARD = Mistakes("relu_backward")


def _activated(
    Z: Array,
    *,
    activation: Callable[[Array], Array] = lambda Z: np.maximum(Z, 0),
    cached: Callable[[Array, Array], Any] = lambda Z, A: Z,
    returned: Callable[[Array, Any], Any] = lambda A, cache: (A, cache),
) -> Any:
    """The right way; every keyword is a place where it can go wrong."""
    A = activation(Z)
    return returned(A, cached(Z, A))


FORWARD.wrong(
    "leaky",
    "It lets a hundredth of the negative numbers through.",
    "What should become of −5?",
    _activated,
    activation=lambda Z: np.where(Z > 0, Z, 0.01 * Z),
)
FORWARD.wrong(
    "absolute-value",
    "It drops the signs, so −5 becomes 5.",
    "What should become of −5?",
    _activated,
    activation=np.abs,
)
FORWARD.wrong(
    "minimum-for-maximum",
    "It keeps the negative numbers and sets the positive ones to 0.",
    "Which is larger, 0 or −5, and which of the two should come out?",
    _activated,
    activation=lambda Z: np.minimum(Z, 0),
)
FORWARD.wrong(
    "nothing-done",
    "It returns Z as it came.",
    "What should become of −5, and what becomes of it in your code?",
    _activated,
    activation=np.copy,
)
FORWARD.wrong(
    "mask-alone",
    "It gives 1 for every positive number instead of the number itself.",
    "What should become of 5?",
    _activated,
    activation=lambda Z: (Z > 0) * 1.0,
)
FORWARD.wrong(
    "booleans",
    "It gives True and False, the answers to a comparison, not numbers.",
    "What should become of 5?",
    _activated,
    activation=lambda Z: Z > 0,
)
FORWARD.wrong(
    "cut-off-above",
    "It cuts numbers above 1 down to 1.",
    "What should become of 5?",
    _activated,
    activation=lambda Z: np.clip(Z, 0, 1),
)
FORWARD.wrong(
    "sigmoid",
    "It computes another activation, the sigmoid.",
    "What should become of 0?",
    _activated,
    activation=lambda Z: 1 / (1 + np.exp(-Z)),
)
FORWARD.wrong(
    "positive-numbers-only",
    "It picks the positive numbers out, so the shape of Z is lost.",
    "How many entries should A have?",
    _activated,
    activation=lambda Z: Z[Z > 0],
)
FORWARD.wrong(
    "output-in-cache",
    "It puts A into the cache, not Z.",
    "What does the text say that the cache is?",
    _activated,
    cached=lambda Z, A: A,
)
FORWARD.wrong(
    "cache-wrapped-up",
    "Its cache is a tuple with Z in it, not Z itself.",
    "What does the text say that the cache is?",
    _activated,
    cached=lambda Z, A: (Z,),
)
FORWARD.wrong(
    "no-cache",
    "It returns A alone, without the cache.",
    "How many things does the last line of your function return?",
    _activated,
    returned=lambda A, cache: A,
)
declare_truth_of_an_array(FORWARD)
FORWARD.error(
    "zero-and-axis-confused",
    "It calls np.max, which takes its second argument for an axis.",
    "Which function of NumPy takes two arrays and gives the larger entry at every place?",
    r"TypeError: only (integer scalar arrays|length-1 arrays) can be converted to a scalar index",
    lambda Z: np.max(0, Z),
)

BACKWARD.wrong(
    "sign-of-the-gradient",
    "It lets the gradient through where dA is positive, whatever Z was.",
    "Which array decided in the forward pass what got through?",
    lambda dA, cache: np.maximum(dA, 0),
)
BACKWARD.wrong(
    "both-signs",
    "It lets the gradient through only where both Z and dA are positive.",
    "May a gradient be negative?",
    lambda dA, cache: np.maximum(dA, 0) * (cache > 0),
)
BACKWARD.wrong(
    "everything-passes",
    "It returns dA as it came.",
    "If Z was −5 and had been −4, how would A have changed?",
    lambda dA, cache: np.copy(dA),
)
BACKWARD.wrong(
    "leaky",
    "It lets a hundredth of the gradient through where Z is negative.",
    "If Z was −5 and had been −4, how would A have changed?",
    lambda dA, cache: dA * np.where(cache > 0, 1, 0.01),
)
BACKWARD.wrong(
    "mask-without-gradient",
    "It returns ones and zeros, without dA.",
    "If dA is 0 everywhere, what should dZ be?",
    lambda dA, cache: (cache > 0) * 1.0,
)
BACKWARD.wrong(
    "activation-for-gradient",
    "It returns the activation of Z, without dA.",
    "If dA is 0 everywhere, what should dZ be?",
    lambda dA, cache: np.maximum(cache, 0),
)
BACKWARD.wrong(
    "activation-times-gradient",
    "It multiplies the gradient by the activation, not by its slope.",
    "If Z was 5 and had been 6, by how much would A have changed?",
    lambda dA, cache: dA * np.maximum(cache, 0),
)
BACKWARD.wrong(
    "input-times-gradient",
    "It multiplies the gradient by Z.",
    "If Z was 5 and had been 6, by how much would A have changed?",
    lambda dA, cache: dA * cache,
)
BACKWARD.wrong(
    "sign-of-the-input",
    "It turns the gradient round where Z is negative, instead of stopping it.",
    "If Z was −5 and had been −4, how would A have changed?",
    lambda dA, cache: dA * np.sign(cache),
)
BACKWARD.wrong(
    "negative-side",
    "It lets the gradient through where Z is negative.",
    "Which numbers got through in the forward pass?",
    lambda dA, cache: dA * (cache < 0),
)
BACKWARD.wrong(
    "zero-passes",
    "It lets the gradient through where Z is exactly 0, too.",
    "What does the text say about the gradient at 0, and how does your comparison treat it?",
    lambda dA, cache: dA * (cache >= 0),
)
declare_truth_of_an_array(BACKWARD)
