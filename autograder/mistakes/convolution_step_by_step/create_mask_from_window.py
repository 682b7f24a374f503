"""Wrong masks."""

from __future__ import annotations

import numpy as np

from autograder.mistakes.declaration import Mistakes

MISTAKES = Mistakes("create_mask_from_window")

MISTAKES.wrong(
    "maximum-not-mask",
    "It returns the maximum itself, not an array that says where it is.",
    "Which shape should the mask have, and which does your result have?",
    lambda x: np.max(x),
)
MISTAKES.wrong(
    "minimum-for-maximum",
    "Its mask is True at the smallest number.",
    "Which function gives the largest number of an array?",
    lambda x: x == np.min(x),
)
MISTAKES.wrong(
    "compares-sizes",
    "It looks for the largest number without its sign.",
    "Which is larger: −5 or 2?",
    lambda x: np.abs(x) == np.max(np.abs(x)),
)
MISTAKES.wrong(
    "mask-upside-down",
    "Its mask is False at the maximum and True everywhere else.",
    "What should the mask say about the maximum: True or False?",
    lambda x: x != np.max(x),
)
MISTAKES.wrong(
    "numbers-for-booleans",
    "Its mask is made of ones and zeros, not of True and False.",
    "What type does a comparison such as x == 3 give?",
    lambda x: (x == np.max(x)).astype(int),
)
MISTAKES.wrong(
    "values-left-in",
    "It multiplies the mask by x, so the maximum is still in it.",
    "Which two values may a mask hold?",
    lambda x: (x == np.max(x)) * x,
)
MISTAKES.wrong(
    "maximum-of-each-column",
    "It compares each number with the maximum of its column.",
    "How many maxima does the whole window have?",
    lambda x: x == np.max(x, axis=0),
)
MISTAKES.wrong(
    "maximum-of-each-row",
    "It compares each number with the maximum of its row.",
    "How many maxima does the whole window have?",
    lambda x: x == np.max(x, axis=1, keepdims=True),
)
MISTAKES.wrong(
    "position-not-mask",
    "It returns the position of the maximum, not a mask.",
    "Which shape should the mask have, and which does your result have?",
    lambda x: np.argmax(x),
)
MISTAKES.wrong(
    "positive-numbers",
    "Its mask is True at every positive number.",
    "Which number do you compare with?",
    lambda x: x > 0,
)
