"""Wrong symbolic inputs."""

from __future__ import annotations

from autograder.mistakes.convnet_in_tensorflow.later import keras, tf, wrong_code
from autograder.mistakes.declaration import Mistakes

MISTAKES = Mistakes("create_placeholders")
_SYMBOLS = wrong_code("create_placeholders")

MISTAKES.wrong(
    "batch-of-one",
    "It makes symbols for exactly one picture.",
    "How many pictures does a mini-batch have, and how many the last one of an epoch?",
    _SYMBOLS,
    of_pictures=lambda sizes: keras.Input(shape=sizes, batch_size=1),
    of_answers=lambda sizes: keras.Input(shape=sizes, batch_size=1),
)
MISTAKES.wrong(
    "batch-of-64",
    "It makes symbols for exactly 64 pictures.",
    "How many pictures are left for the last mini-batch of an epoch?",
    _SYMBOLS,
    of_pictures=lambda sizes: keras.Input(shape=sizes, batch_size=64),
    of_answers=lambda sizes: keras.Input(shape=sizes, batch_size=64),
)
MISTAKES.wrong(
    "none-given-again",
    "It gives None as the first size, and keras.Input puts another None in front.",
    "How many axes should X have, and which of them does keras.Input add by itself?",
    _SYMBOLS,
    picture=lambda n_H0, n_W0, n_C0: (None, n_H0, n_W0, n_C0),
    answer=lambda n_y: (None, n_y),
)
MISTAKES.wrong(
    "channels-first",
    "It puts the channels before the rows (NCHW).",
    "In which order are the axes of a picture in this course, and in X_train?",
    _SYMBOLS,
    picture=lambda n_H0, n_W0, n_C0: (n_C0, n_H0, n_W0),
)
MISTAKES.wrong(
    "rows-and-columns-swapped",
    "It takes the width for the number of rows.",
    "Which is the first axis of an array that holds a picture, its rows or its columns?",
    _SYMBOLS,
    picture=lambda n_H0, n_W0, n_C0: (n_W0, n_H0, n_C0),
)
MISTAKES.wrong(
    "any-size",
    "It leaves height and width open, too.",
    "What would the last layer do with pictures of two different sizes?",
    _SYMBOLS,
    picture=lambda n_H0, n_W0, n_C0: (None, None, n_C0),
)
MISTAKES.wrong(
    "pictures-flattened",
    "It makes one long row of every picture.",
    "What does a convolution need to know that a row of numbers does not tell?",
    _SYMBOLS,
    picture=lambda n_H0, n_W0, n_C0: (n_H0 * n_W0 * n_C0,),
)
MISTAKES.wrong(
    "one-number-for-the-classes",
    "It makes room for one number in Y, not for one for each class.",
    "How many numbers are there in a row of Y if it has a 1 for the right class and 0 elsewhere?",
    _SYMBOLS,
    answer=lambda n_y: (1,),
)
MISTAKES.wrong(
    "classes-without-an-axis",
    "It makes Y one number for each picture.",
    "How many numbers are there in a row of Y if it has a 1 for the right class and 0 elsewhere?",
    _SYMBOLS,
    answer=lambda n_y: (),
)
MISTAKES.wrong(
    "answers-before-pictures",
    "It returns Y before X.",
    "In which order does the last line of the function name its two results?",
    _SYMBOLS,
    returned=lambda X, Y: (Y, X),
)
MISTAKES.wrong(
    "pictures-alone",
    "It returns X and forgets Y.",
    "How many results are asked for?",
    _SYMBOLS,
    returned=lambda X, Y: X,
)
MISTAKES.wrong(
    "whole-numbers",
    "It makes symbols for whole numbers.",
    "Which type do pictures have whose pixels go from 0 to 1?",
    _SYMBOLS,
    of_pictures=lambda sizes: keras.Input(shape=sizes, dtype="int32"),
    of_answers=lambda sizes: keras.Input(shape=sizes, dtype="int32"),
)
MISTAKES.wrong(
    "double-precision",
    "It makes symbols for float64.",
    "Which type does Keras give to symbols and weights if nobody says otherwise?",
    _SYMBOLS,
    of_pictures=lambda sizes: keras.Input(shape=sizes, dtype="float64"),
    of_answers=lambda sizes: keras.Input(shape=sizes, dtype="float64"),
)
MISTAKES.wrong(
    "numbers-for-symbols",
    "It makes arrays of zeros, which stand for one picture that is black.",
    "What should stand for pictures that nobody has chosen yet?",
    _SYMBOLS,
    of_pictures=lambda sizes: tf.zeros((1, *sizes)),
    of_answers=lambda sizes: tf.zeros((1, *sizes)),
)
