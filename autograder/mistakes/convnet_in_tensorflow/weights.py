"""Wrong parameters to begin with."""

from __future__ import annotations

from autograder.mistakes.convnet_in_tensorflow.later import keras, tf, wrong_code
from autograder.mistakes.declaration import Mistakes

MISTAKES = Mistakes("initialize_parameters")
_WEIGHTS = wrong_code("initialize_parameters")

MISTAKES.wrong(
    "another-seed",
    "It draws with the seed 1.",
    "Which seed does the exercise ask for?",
    _WEIGHTS,
    values=lambda shape, number: keras.initializers.GlorotUniform(seed=1)(shape),
)
MISTAKES.wrong(
    "seed-of-its-own-for-w2",
    "It draws W2 with another seed than W1.",
    "Which seed does the exercise ask for, for both of them?",
    _WEIGHTS,
    values=lambda shape, number: keras.initializers.GlorotUniform(seed=number - 1)(shape),
)
MISTAKES.wrong(
    "normal-for-uniform",
    "It draws from a bell curve (GlorotNormal).",
    "Which of Glorot's two ways to draw did you use in assignment 2?",
    _WEIGHTS,
    values=lambda shape, number: keras.initializers.GlorotNormal(seed=0)(shape),
)
MISTAKES.wrong(
    "he-for-glorot",
    "It draws with He's limits (HeUniform), which look at the inputs alone.",
    "Which initializer does the exercise name?",
    _WEIGHTS,
    values=lambda shape, number: keras.initializers.HeUniform(seed=0)(shape),
)
MISTAKES.wrong(
    "lecun-for-glorot",
    "It draws with LeCun's limits (LecunUniform), which look at the inputs alone.",
    "Which initializer does the exercise name?",
    _WEIGHTS,
    values=lambda shape, number: keras.initializers.LecunUniform(seed=0)(shape),
)
MISTAKES.wrong(
    "all-zeros",
    "It begins with zeros.",
    "If all filters begin alike, what could ever make them different?",
    _WEIGHTS,
    values=lambda shape, number: tf.zeros(shape),
)
MISTAKES.wrong(
    "all-ones",
    "It begins with ones.",
    "If all filters begin alike, what could ever make them different?",
    _WEIGHTS,
    values=lambda shape, number: tf.ones(shape),
)
MISTAKES.wrong(
    "filters-on-the-first-axis",
    "It counts the filters along the first axis, not along the last.",
    "What do the four axes of W stand for in assignments 1 and 2?",
    _WEIGHTS,
    W1=(8, 4, 4, 3),
    W2=(16, 2, 2, 8),
)
MISTAKES.wrong(
    "filters-and-channels-first",
    "It puts filters and channels before rows and columns, as another framework does.",
    "What do the four axes of W stand for in assignments 1 and 2?",
    _WEIGHTS,
    W1=(8, 3, 4, 4),
    W2=(16, 8, 2, 2),
)
MISTAKES.wrong(
    "channels-and-filters-swapped",
    "It swaps the last two axes of W1 and W2.",
    "How many channels do the pictures have, and on which axis of W1 is that number?",
    _WEIGHTS,
    W1=(4, 4, 8, 3),
    W2=(2, 2, 16, 8),
)
MISTAKES.wrong(
    "sizes-swapped",
    "It gives W1 filters of 2 × 2 and W2 filters of 4 × 4.",
    "How large are the filters of the first convolution?",
    _WEIGHTS,
    W1=(2, 2, 3, 8),
    W2=(4, 4, 8, 16),
)
MISTAKES.wrong(
    "w2-for-colour-pictures",
    "It makes the filters of W2 for three channels.",
    "How many channels does the first convolution hand on to the second?",
    _WEIGHTS,
    W2=(2, 2, 3, 16),
)
MISTAKES.wrong(
    "constants",
    "It makes tensors that nobody can change.",
    "What does an optimiser do with W1 after each step?",
    _WEIGHTS,
    kept_as=lambda values: tf.convert_to_tensor(values),
)
MISTAKES.wrong(
    "softmax-in-the-layer",
    "It gives the last layer a softmax.",
    "Should the network return probabilities, or the numbers before the softmax?",
    _WEIGHTS,
    activation="softmax",
)
MISTAKES.wrong(
    "relu-in-the-layer",
    "It gives the last layer a ReLU.",
    "What would become of an answer that should be negative?",
    _WEIGHTS,
    activation="relu",
)
MISTAKES.wrong(
    "ten-classes",
    "It gives the last layer ten outputs.",
    "How many classes are there?",
    _WEIGHTS,
    units=10,
)
MISTAKES.wrong(
    "no-last-layer",
    'It returns W1 and W2, and no layer "dense".',
    "Which three things should the dictionary hold?",
    _WEIGHTS,
    with_dense=False,
)
