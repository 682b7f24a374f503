"""Wrong costs."""

from __future__ import annotations

from typing import Any

from autograder.mistakes.convnet_in_tensorflow.later import keras, tf, wrong_code
from autograder.mistakes.declaration import Mistakes

MISTAKES = Mistakes("compute_cost")
_COST = wrong_code("compute_cost")


def _from_probabilities(Z3: Any, Y: Any) -> Any:
    return -tf.reduce_sum(Y * tf.math.log(tf.nn.softmax(Z3)), axis=1)


MISTAKES.wrong(
    "sum-for-mean",
    "It adds up the costs of all examples and leaves it at that.",
    "Should the cost of 100 examples be about as large as that of 10?",
    _COST,
    over_all=lambda costs: tf.reduce_sum(costs),
)
MISTAKES.wrong(
    "one-for-each-example",
    "It returns a cost for each example.",
    "How many numbers should come out for a whole mini-batch?",
    _COST,
    over_all=lambda costs: costs,
)
MISTAKES.wrong(
    "largest-for-mean",
    "It returns the largest of the examples' costs.",
    "What should happen to the costs of the other examples?",
    _COST,
    over_all=lambda costs: tf.reduce_max(costs),
)
MISTAKES.wrong(
    "softmax-twice",
    "It takes the softmax first, and then a cost that takes the softmax of that.",
    "What does the word logits in the function's name say about its argument?",
    _COST,
    logits=lambda Z3: tf.nn.softmax(Z3),
)
MISTAKES.wrong(
    "no-softmax",
    "It takes the logits for probabilities: the cost is told nothing of logits.",
    "What does from_logits say, and what is it if you say nothing?",
    _COST,
    each=lambda Z3, Y: keras.losses.categorical_crossentropy(Y, Z3),
)
MISTAKES.wrong(
    "softmax-and-logarithm-apart",
    "It takes the softmax and then its logarithm, and so the logarithm of zero.",
    "What is exp(−200) in float32, and what is its logarithm?",
    _COST,
    each=_from_probabilities,
)
MISTAKES.wrong(
    "softmax-over-examples",
    "It takes the softmax over the examples, not over the classes.",
    "Along which axis of Z3 do the numbers of one example lie?",
    _COST,
    each=lambda Z3, Y: -tf.reduce_sum(Y * tf.nn.log_softmax(Z3, axis=0), axis=1),
)
MISTAKES.wrong(
    "labels-and-logits-swapped",
    "It takes the answers for the labels and the labels for the answers.",
    "Which of the two arguments of compute_cost are the logits?",
    _COST,
    each=lambda Z3, Y: tf.nn.softmax_cross_entropy_with_logits(labels=Z3, logits=Y),
)
MISTAKES.wrong(
    "sigmoid-for-softmax",
    "It judges each class on its own, with a sigmoid.",
    "Can a picture show two numbers at once?",
    _COST,
    each=lambda Z3, Y: tf.nn.sigmoid_cross_entropy_with_logits(labels=Y, logits=Z3),
)
MISTAKES.wrong(
    "sigmoid-summed-over-classes",
    "It judges each class on its own, with a sigmoid, and adds the classes up.",
    "Can a picture show two numbers at once?",
    _COST,
    each=lambda Z3, Y: tf.reduce_sum(
        tf.nn.sigmoid_cross_entropy_with_logits(labels=Y, logits=Z3), axis=1
    ),
)
MISTAKES.wrong(
    "divided-by-classes-too",
    "It takes the mean over examples and classes, which makes the cost a sixth of what it is.",
    "How many of the six products of an example are not zero?",
    _COST,
    each=lambda Z3, Y: -Y * tf.nn.log_softmax(Z3),
)
MISTAKES.wrong(
    "without-the-minus",
    "It returns the mean of the logarithms, which is negative.",
    "Should a better network have a larger or a smaller cost?",
    _COST,
    over_all=lambda costs: -tf.reduce_mean(costs),
)
MISTAKES.wrong(
    "squared-errors",
    "It measures squared distances between logits and labels.",
    "What does the exercise call the cost that it asks for?",
    _COST,
    each=lambda Z3, Y: (Z3 - Y) ** 2,
)
MISTAKES.wrong(
    "squared-errors-of-probabilities",
    "It measures squared distances between probabilities and labels.",
    "What does the exercise call the cost that it asks for?",
    _COST,
    each=lambda Z3, Y: (tf.nn.softmax(Z3) - Y) ** 2,
)
MISTAKES.wrong(
    "right-logit-alone",
    "It looks at the logit of the right class and not at the others.",
    "If all six logits grow by 10, should the cost change?",
    _COST,
    each=lambda Z3, Y: -tf.reduce_sum(Y * Z3, axis=1),
)
