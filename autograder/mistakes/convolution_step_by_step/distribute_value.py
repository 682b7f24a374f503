"""Wrong ways to share a number out."""

from __future__ import annotations

import numpy as np

from autograder.mistakes.declaration import Mistakes

MISTAKES = Mistakes("distribute_value")

MISTAKES.wrong(
    "not-divided",
    "It gives the whole number to every place instead of a share.",
    "What is the sum of all entries of your result, and what should it be?",
    lambda dz, shape: np.full(shape, float(dz)),
)
MISTAKES.wrong(
    "divided-by-sum-of-sides",
    "It divides by n_H + n_W, not by the number of places.",
    "How many squares does a board of 3 rows and 4 columns have?",
    lambda dz, shape: np.full(shape, dz / (shape[0] + shape[1])),
)
MISTAKES.wrong(
    "divided-by-height",
    "It divides by the number of rows alone.",
    "What is the sum of all entries of your result, and what should it be?",
    lambda dz, shape: np.full(shape, dz / shape[0]),
)
MISTAKES.wrong(
    "divided-by-width",
    "It divides by the number of columns alone.",
    "What is the sum of all entries of your result, and what should it be?",
    lambda dz, shape: np.full(shape, dz / shape[1]),
)
MISTAKES.wrong(
    "divided-and-rounded-down",
    "It divides with //, which rounds every share down to a whole number.",
    "Which operator keeps what comes after the decimal point?",
    lambda dz, shape: np.full(shape, float(dz // (shape[0] * shape[1]))),
)
MISTAKES.wrong(
    "one-share-only",
    "It returns one share as a number, not an array of shares.",
    "Which shape should the result have?",
    lambda dz, shape: dz / (shape[0] * shape[1]),
)
MISTAKES.wrong(
    "height-and-width-swapped",
    "Its result has as many rows as there should be columns.",
    "Which of the two numbers in shape comes first: rows or columns?",
    lambda dz, shape: np.full(shape[::-1], dz / (shape[0] * shape[1])),
)
MISTAKES.wrong(
    "all-in-one-place",
    "It puts the whole number into the first place and leaves the others at 0.",
    "To how many places did the average give the same weight?",
    lambda dz, shape: np.eye(1, shape[0] * shape[1]).reshape(shape) * dz,
)
MISTAKES.wrong(
    "multiplied",
    "It multiplies by the number of places instead of dividing by it.",
    "Should a share be larger or smaller than the whole?",
    lambda dz, shape: np.full(shape, float(dz * shape[0] * shape[1])),
)
