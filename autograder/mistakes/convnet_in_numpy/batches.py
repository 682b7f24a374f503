"""Wrong ways to cut a training set into mini-batches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.declaration import Mistakes
from autograder.reference.convolution_step_by_step import Array

MISTAKES = Mistakes("mini_batches")


def _permuted(m: int, seed: int) -> Array:
    return np.random.default_rng(seed).permutation(m)


def _cut(order: Array, size: int) -> list[Array]:
    return [order[start : start + size] for start in range(0, len(order), size)]


def _batches(
    X: Array,
    Y: Array,
    size: int,
    seed: int,
    *,
    permuted: Callable[[int, int], Array] = _permuted,
    order_of_Y: Callable[[Array, int], Array] = lambda order, seed: order,
    cut: Callable[[Array, int], list[Array]] = _cut,
    returned: Callable[[list[Any]], Any] = lambda batches: batches,
) -> Any:
    """The right way; every keyword is a place where it can go wrong."""
    order = permuted(len(X), seed)
    pieces = zip(cut(order, size), cut(order_of_Y(order, seed), size), strict=True)
    return returned([(X[of_X], Y[of_Y]) for of_X, of_Y in pieces])


def _filled_from_the_front(order: Array, size: int) -> list[Array]:
    missing = -len(order) % size
    return _cut(np.concatenate([order, np.resize(order, missing)]), size)


MISTAKES.wrong(
    "not-shuffled",
    "It cuts the examples in the order in which they came.",
    "Where does your code use the order that you drew?",
    _batches,
    permuted=lambda m, seed: np.arange(m),
)
MISTAKES.wrong(
    "labels-not-shuffled",
    "It shuffles the pictures, but not the labels.",
    "Which label belongs to the first picture of your first batch?",
    _batches,
    order_of_Y=lambda order, seed: np.arange(len(order)),
)
MISTAKES.wrong(
    "pictures-not-shuffled",
    "It shuffles the labels, but not the pictures.",
    "Which picture belongs to the first label of your first batch?",
    _batches,
    permuted=lambda m, seed: np.arange(m),
    order_of_Y=lambda order, seed: _permuted(len(order), seed),
)
MISTAKES.wrong(
    "shuffled-twice",
    "It draws one order for the pictures and another one for the labels.",
    "Which label belongs to the first picture of your first batch?",
    _batches,
    order_of_Y=lambda order, seed: _second(np.random.default_rng(seed), len(order)),
)
MISTAKES.wrong(
    "shuffled-backwards",
    "It puts each example at the place that it is drawn from, not the other way round.",
    "Which example should come first if the order begins with 7?",
    _batches,
    permuted=lambda m, seed: np.argsort(_permuted(m, seed)),
)
MISTAKES.wrong(
    "seed-ignored",
    "It draws with the seed 0, whatever seed is given.",
    "What happens in your code to the last argument?",
    _batches,
    permuted=lambda m, seed: _permuted(m, 0),
)
MISTAKES.wrong(
    "older-generator",
    "It draws with np.random.seed and np.random.permutation, which give another order.",
    "Which generator does the text ask for?",
    _batches,
    permuted=lambda m, seed: np.random.RandomState(seed).permutation(m),
)
MISTAKES.wrong(
    "with-repetition",
    "It draws each example on its own, so some come twice and others never.",
    "How often should each example come in all batches together?",
    _batches,
    permuted=lambda m, seed: np.random.default_rng(seed).integers(0, m, m),
)
MISTAKES.wrong(
    "last-batch-dropped",
    "It leaves the last batch out if it is smaller than the others.",
    "How many examples are there in all your batches together?",
    _batches,
    cut=lambda order, size: _cut(order[: len(order) // size * size], size),
)
MISTAKES.wrong(
    "last-batch-dropped-always",
    "It leaves the last batch out.",
    "How many examples are there in all your batches together?",
    _batches,
    cut=lambda order, size: _cut(order, size)[:-1],
)
MISTAKES.wrong(
    "last-batch-filled-from-the-front",
    "It fills the last batch up with examples from the first one.",
    "How often should each example come in all batches together?",
    _batches,
    cut=_filled_from_the_front,
)
MISTAKES.wrong(
    "last-batch-overlaps",
    "It fills the last batch up with examples from the one before.",
    "How often should each example come in all batches together?",
    _batches,
    cut=lambda order, size: [*_cut(order, size)[:-1], order[-size:]],
)
MISTAKES.wrong(
    "size-taken-for-a-number-of-batches",
    "It cuts the examples into so many batches, not into batches of that size.",
    "What does size say: how many examples, or how many batches?",
    _batches,
    cut=np.array_split,
)
MISTAKES.wrong(
    "batches-of-equal-size",
    "It makes all batches about equally large, where only the last one should be smaller.",
    "How many examples should your first batch have?",
    _batches,
    cut=lambda order, size: np.array_split(order, -(-len(order) // size)),
)
MISTAKES.wrong(
    "one-batch",
    "It puts all examples into one batch.",
    "How many examples should a batch have?",
    _batches,
    cut=lambda order, size: [order],
)
MISTAKES.wrong(
    "first-batch-only",
    "It returns after the first batch.",
    "How often does your loop run before the function returns?",
    _batches,
    cut=lambda order, size: [order[:size]],
)
MISTAKES.wrong(
    "every-so-many",
    "It deals the examples out like cards, one to each batch in turn.",
    "Which examples of the drawn order should be in the first batch?",
    _batches,
    cut=lambda order, size: [
        order[start :: -(-len(order) // size)] for start in range(-(-len(order) // size))
    ],
)
MISTAKES.wrong(
    "batches-in-a-tuple",
    "It returns the batches in a tuple, not in a list.",
    "What does the text say that the result is?",
    _batches,
    returned=tuple,
)
MISTAKES.wrong(
    "pairs-as-lists",
    "Its batches are lists of pictures and labels, not pairs in round brackets.",
    "What does the text say that a batch is?",
    _batches,
    returned=lambda batches: list(map(list, batches)),
)
MISTAKES.wrong(
    "two-lists",
    "It returns all batches of pictures first and all batches of labels second.",
    "What should the first thing in the list be?",
    _batches,
    returned=lambda batches: tuple(map(list, zip(*batches, strict=True))),
)
MISTAKES.wrong(
    "labels-left-out",
    "Its batches hold the pictures only.",
    "Which two arrays make up a batch?",
    _batches,
    returned=lambda batches: [X for X, _ in batches],
)


def _second(random: np.random.Generator, m: int) -> Array:
    """The second order that a generator draws."""
    random.permutation(m)
    return random.permutation(m)
