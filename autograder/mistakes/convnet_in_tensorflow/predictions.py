"""Wrong answers to a picture of one's own."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.mistakes.convnet_in_tensorflow.later import tf, wrong_code
from autograder.mistakes.declaration import Mistakes

MISTAKES = Mistakes("predict")
_PREDICT = wrong_code("predict")


def _unchanged(value: Any) -> Any:
    return value


MISTAKES.wrong(
    "classes-from-one",
    "It counts the classes from 1.",
    "Which number has the class of the first of the six logits?",
    _PREDICT,
    answer=lambda Z3: int(np.argmax(Z3)) + 1,
)
MISTAKES.wrong(
    "logits-for-class",
    "It returns the logits.",
    "How do six numbers become one answer?",
    _PREDICT,
    answer=_unchanged,
)
MISTAKES.wrong(
    "probabilities-for-class",
    "It returns probabilities.",
    "How do six numbers become one answer?",
    _PREDICT,
    answer=lambda Z3: tf.nn.softmax(Z3),
)
MISTAKES.wrong(
    "largest-logit",
    "It returns the largest logit, not where it is.",
    "Which function tells the place of the largest number?",
    _PREDICT,
    answer=lambda Z3: float(np.max(Z3)),
)
MISTAKES.wrong(
    "array-for-number",
    "It returns an array with one number in it.",
    "How do you take the number out of an array that holds only one?",
    _PREDICT,
    answer=lambda Z3: np.argmax(Z3, axis=1),
)
MISTAKES.wrong(
    "argmax-over-pictures",
    "It looks for the largest along the axis of pictures, of which there is one.",
    "Along which axis of Z3 do the numbers of one picture lie?",
    _PREDICT,
    answer=lambda Z3: np.argmax(Z3, axis=0),
)
MISTAKES.wrong(
    "smallest-for-largest",
    "It takes the class with the smallest logit.",
    "Is it the largest or the smallest logit that says what the picture shows?",
    _PREDICT,
    answer=lambda Z3: int(np.argmin(Z3)),
)
MISTAKES.wrong(
    "no-axis-of-pictures",
    "It gives the network a picture without an axis of pictures.",
    "How many axes does X have, and how many has one picture?",
    _PREDICT,
    as_batch=_unchanged,
)
MISTAKES.wrong(
    "not-resized",
    "It leaves the picture as large as it is.",
    "Which size do the pictures have that the network learned from?",
    _PREDICT,
    resized=lambda picture: tf.cast(picture, tf.float32),
)
