"""Wrong ways to pad."""

from __future__ import annotations

import numpy as np

from autograder.mistakes.declaration import Mistakes

MISTAKES = Mistakes("zero_pad")

MISTAKES.wrong(
    "pads-every-axis",
    "It puts a border round all four axes, the batch and the channels included.",
    "How many pictures, and how many channels, does the result have, and how many should it have?",
    lambda X, pad: np.pad(X, pad),
)
MISTAKES.wrong(
    "channels-first",
    "It pads the width and the channels, as if the axes were (m, n_C, n_H, n_W).",
    "Which axis of X is the height, counted from 0?",
    lambda X, pad: np.pad(X, ((0, 0), (0, 0), (pad, pad), (pad, pad))),
)
MISTAKES.wrong(
    "pads-batch-and-height",
    "It pads the first two axes, which are the batch and the height.",
    "Which axis of X says how many pictures there are?",
    lambda X, pad: np.pad(X, ((pad, pad), (pad, pad), (0, 0), (0, 0))),
)
MISTAKES.wrong(
    "pads-height-only",
    "It adds rows above and below, but no columns left and right.",
    "What does the result look like along its width?",
    lambda X, pad: np.pad(X, ((0, 0), (pad, pad), (0, 0), (0, 0))),
)
MISTAKES.wrong(
    "pads-width-only",
    "It adds columns left and right, but no rows above and below.",
    "What does the result look like along its height?",
    lambda X, pad: np.pad(X, ((0, 0), (0, 0), (pad, pad), (0, 0))),
)
MISTAKES.wrong(
    "border-of-pad",
    "It fills the border with the number pad instead of 0.",
    "Which number should a window see where it reaches over the edge of a picture?",
    lambda X, pad: np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), constant_values=pad),
)
MISTAKES.wrong(
    "border-of-ones",
    "It fills the border with ones instead of zeros.",
    "Which number adds nothing to a weighted sum?",
    lambda X, pad: np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), constant_values=1),
)
MISTAKES.wrong(
    "border-of-copies",
    "It repeats the outermost pixels instead of adding zeros.",
    "What does the mode of np.pad decide?",
    lambda X, pad: np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)), mode="edge"),
)
MISTAKES.wrong(
    "pads-before-only",
    "It adds rows above and columns on the left, but none below and on the right.",
    "How many sides does a picture have, and how many of them got a border?",
    lambda X, pad: np.pad(X, ((0, 0), (pad, 0), (pad, 0), (0, 0))),
)
MISTAKES.wrong(
    "pads-after-only",
    "It adds rows below and columns on the right, but none above and on the left.",
    "How many sides does a picture have, and how many of them got a border?",
    lambda X, pad: np.pad(X, ((0, 0), (0, pad), (0, pad), (0, 0))),
)
MISTAKES.wrong(
    "border-of-one-pixel",
    "Its border is one pixel wide, whatever pad says.",
    "Where in your code does the width of the border come from?",
    lambda X, pad: np.pad(X, ((0, 0), (1, 1), (1, 1), (0, 0))),
)
MISTAKES.wrong(
    "nothing-padded",
    "It returns the pictures as they came, without a border.",
    "Do you return the padded array, or the one that was handed in?",
    lambda X, pad: X.copy(),
)
