"""Wrong costs of scores, and wrong gradients. Each changes one thing in the right ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.declaration import Mistakes
from autograder.reference.convolution_step_by_step import Array

MISTAKES = Mistakes("softmax_cross_entropy")


def _shifted(Z: Array) -> Array:
    lower: Array = Z - Z.max(axis=1, keepdims=True)
    return lower


def _one_hot(Y: Array, P: Array) -> Array:
    places: Array = Y[:, None] == np.arange(P.shape[1])
    return places


def _in_columns(Y: Array, P: Array) -> Array:
    """What P[:, Y] means: the labels' columns, in every row."""
    return np.tile(np.isin(np.arange(P.shape[1]), Y), (len(P), 1))


def _cost(
    Z: Array,
    Y: Array,
    *,
    shift: Callable[[Array], Array] = _shifted,
    axis: int | None = 1,
    logs: Callable[[Array, Array], Array] = lambda P, log_P: log_P,
    chosen: Callable[[Array, Array], Array] = lambda logs, Y: logs[np.arange(len(Y)), Y],
    average: Callable[[Array, int], Any] = lambda losses, k: np.mean(losses),
    truth: Callable[[Array, Array], Array] = _one_hot,
    slope: Callable[[Array, Array], Array] = lambda P, truth: P - truth,
    divided: Callable[[Array, int, int], Array] = lambda slope, m, k: slope / m,
    returned: Callable[..., Any] = lambda cost, dZ, P: (cost, dZ),
) -> Any:
    """The right cost and gradient; every keyword is a place where they can go wrong."""
    m, k = Z.shape
    lower = shift(Z)
    sums = np.exp(lower).sum(axis=axis, keepdims=True)
    P, log_P = np.exp(lower) / sums, lower - np.log(sums)
    cost = average(-chosen(logs(P, log_P), Y), k)
    return returned(cost, divided(slope(P, truth(Y, P)), m, k), P)


MISTAKES.wrong(
    "sum-for-mean",
    "It sums the examples' losses, and does not divide the gradient either.",
    "If every example came twice, should the cost change?",
    _cost,
    average=lambda losses, k: np.sum(losses),
    divided=lambda slope, m, k: slope,
)
MISTAKES.wrong(
    "cost-summed",
    "Its cost is the sum of the examples' losses, where its gradient is that of the mean.",
    "If every example came twice, should the cost change?",
    _cost,
    average=lambda losses, k: np.sum(losses),
)
MISTAKES.wrong(
    "gradient-not-divided",
    "Its cost is a mean over the examples, but its gradient is that of the sum.",
    "By how much does the mean of ten losses change if one of them grows by 1?",
    _cost,
    divided=lambda slope, m, k: slope,
)
MISTAKES.wrong(
    "mean-over-classes-too",
    "It divides by the number of examples and by the number of classes as well.",
    "How many losses are there to average: one for each example, or one for each score?",
    _cost,
    average=lambda losses, k: np.mean(losses) / k,
    divided=lambda slope, m, k: slope / (m * k),
)
MISTAKES.wrong(
    "cost-over-classes-too",
    "It divides the cost, but not the gradient, by the number of classes as well.",
    "How many losses are there to average: one for each example, or one for each score?",
    _cost,
    average=lambda losses, k: np.mean(losses) / k,
)
MISTAKES.wrong(
    "not-averaged",
    "It returns the losses of all examples, not their mean.",
    "How many numbers should the cost be?",
    _cost,
    average=lambda losses, k: losses,
)
MISTAKES.wrong(
    "cost-negative",
    "Its cost is negative: the minus sign is missing.",
    "Which sign has the logarithm of a probability, and which should a cost have?",
    _cost,
    average=lambda losses, k: -np.mean(losses),
)
MISTAKES.wrong(
    "logarithm-of-base-2",
    "It takes the logarithm with base 2 for its cost.",
    "Which logarithm does the text ask for?",
    _cost,
    logs=lambda P, log_P: log_P / np.log(2),
)
MISTAKES.wrong(
    "logarithm-of-base-10",
    "It takes the logarithm with base 10 for its cost.",
    "Which logarithm does the text ask for?",
    _cost,
    logs=lambda P, log_P: log_P / np.log(10),
)
MISTAKES.wrong(
    "probabilities-for-logarithms",
    "Its cost is the mean of the right classes' probabilities, without a logarithm.",
    "What should the cost of an example be whose right class has probability 1?",
    _cost,
    logs=lambda P, log_P: -P,
)
MISTAKES.wrong(
    "softmax-over-examples",
    "Its probabilities add up to 1 over the examples, not over the classes.",
    "What is the sum of each row of your probabilities, and what should it be?",
    _cost,
    shift=lambda Z: Z - Z.max(axis=0, keepdims=True),
    axis=0,
)
MISTAKES.wrong(
    "softmax-over-everything",
    "Its probabilities add up to 1 over the whole batch.",
    "What is the sum of each row of your probabilities, and what should it be?",
    _cost,
    shift=lambda Z: Z - Z.max(),
    axis=None,
)
MISTAKES.wrong(
    "overflows",
    "Its exponentials of large scores are infinite.",
    "What is exp(1000) in floats, and which number can you subtract from all scores of a row?",
    _cost,
    shift=lambda Z: Z,
    logs=lambda P, log_P: np.log(P),
)
MISTAKES.wrong(
    "logarithm-of-zero",
    "It takes the logarithm of probabilities that are too small for a float, and so are 0.",
    "What is exp(−1000) in floats, and do you need the exponential to know its logarithm?",
    _cost,
    logs=lambda P, log_P: np.log(P),
)
for amount in ("1e-8", "1e-10", "1e-12", "1e-15"):
    MISTAKES.wrong(
        f"logarithm-of-{amount}-more",
        f"It adds {amount} to the probabilities before it takes their logarithm.",
        "What is the cost of your code for a right class of probability exp(−1000)?",
        _cost,
        logs=lambda P, log_P, more=float(amount): np.log(P + more),
    )
MISTAKES.wrong(
    "one-maximum-for-the-batch",
    "It subtracts the largest score of the whole batch, which leaves other rows no exponential.",
    "What remains of a row of scores around −1000 if you subtract 1000 from it?",
    _cost,
    shift=lambda Z: Z - Z.max(),
    logs=lambda P, log_P: np.log(P),
)
MISTAKES.wrong(
    "columns-in-every-row",
    "It indexes with [:, Y], which takes the labels' columns in every row.",
    "For three examples: which shape has your array of right probabilities?",
    _cost,
    chosen=lambda logs, Y: logs[:, Y],
    truth=_in_columns,
)
MISTAKES.wrong(
    "columns-in-every-row-of-the-cost",
    "For the cost it indexes with [:, Y], which takes the labels' columns in every row.",
    "For three examples: which shape has your array of right probabilities?",
    _cost,
    chosen=lambda logs, Y: logs[:, Y],
)
MISTAKES.wrong(
    "columns-in-every-row-of-the-gradient",
    "For the gradient it indexes with [:, Y], which takes the labels' columns in every row.",
    "In how many places of dZ should a 1 be subtracted?",
    _cost,
    truth=_in_columns,
)
MISTAKES.wrong(
    "other-classes-counted",
    "It adds log(1 − p) for the classes that are not right, as for yes-or-no questions.",
    "Over which classes does the sum in the formula run once Y is a label?",
    _cost,
    logs=lambda P, log_P: log_P + np.log1p(-P).sum(axis=1, keepdims=True) - np.log1p(-P),
)
MISTAKES.wrong(
    "truth-not-subtracted",
    "Its gradient is the probabilities alone.",
    "If the right class has probability 1 already, what should the gradient be?",
    _cost,
    slope=lambda P, truth: P,
)
MISTAKES.wrong(
    "labels-subtracted",
    "It subtracts the labels from the probabilities, not a 1 in the labels' places.",
    "If the right class is 5, which number should be subtracted, and where?",
    _cost,
    truth=lambda Y, P: Y[:, None],
)
MISTAKES.wrong(
    "one-subtracted-everywhere",
    "It subtracts 1 from all probabilities.",
    "In how many places of a row of dZ should a 1 be subtracted?",
    _cost,
    truth=lambda Y, P: np.ones(P.shape),
)
MISTAKES.wrong(
    "gradient-reversed",
    "Its gradient is the truth minus the probabilities, which leads uphill.",
    "If the score of a wrong class grows, does the cost grow or shrink?",
    _cost,
    slope=lambda P, truth: truth - P,
)
MISTAKES.wrong(
    "gradient-of-softmax-twice",
    "It multiplies the gradient by p (1 − p), as if the cost had not been passed yet.",
    "For which two steps together does the text give the gradient?",
    _cost,
    slope=lambda P, truth: (P - truth) * P * (1 - P),
)
MISTAKES.wrong(
    "probabilities-for-gradient",
    "It returns the probabilities where dZ should be.",
    "What are the two things that the text asks for?",
    _cost,
    returned=lambda cost, dZ, P: (cost, P),
)
MISTAKES.wrong(
    "no-gradient",
    "It returns the cost alone.",
    "How many things does the last line of your function return?",
    _cost,
    returned=lambda cost, dZ, P: cost,
)
