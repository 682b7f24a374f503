"""Wrong random weights to begin with."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.declaration import Mistakes
from autograder.reference.convolution_step_by_step import Array

MISTAKES = Mistakes("xavier_uniform")
Shape = tuple[int, ...]
Fans = tuple[float, float]


def _fans(shape: Shape) -> Fans:
    pixels = math.prod(shape[:-2])
    return pixels * shape[-2], pixels * shape[-1]


def _fans_of_filters(shape: Shape) -> Fans:
    f, _, n_C_prev, n_C = shape
    return f * f * n_C_prev, f * f * n_C


def _limit(fan_in: float, fan_out: float) -> float:
    return math.sqrt(6 / (fan_in + fan_out))


def _drawn(
    shape: Shape,
    seed: int,
    *,
    fans: Callable[[Shape], Fans] = _fans,
    limit: Callable[[float, float], float] = _limit,
    chance: Callable[[int], Any] = np.random.default_rng,
    draw: Callable[..., Array] = lambda chance, limit, shape: chance.uniform(-limit, limit, shape),
) -> Array:
    """The right draws; every keyword is a place where they can go wrong."""
    return draw(chance(seed), limit(*fans(shape)), shape)


MISTAKES.wrong(
    "filters-taken-for-matrices",
    "It takes the first two sizes for the fans, which for filters are height and width.",
    "How many numbers does one output of a filter depend on?",
    _drawn,
    fans=lambda shape: (shape[0], shape[1]),
)
MISTAKES.wrong(
    "pixels-of-the-filter-left-out",
    "Its fans of a filter are the numbers of channels alone.",
    "How many numbers does one output of a filter depend on?",
    _drawn,
    fans=lambda shape: (shape[-2], shape[-1]),
)
MISTAKES.wrong(
    "pixels-in-one-fan-only",
    "It counts the pixels of a filter for the fan in, but not for the fan out.",
    "To how many numbers of the output does one input contribute?",
    _drawn,
    fans=lambda shape: (math.prod(shape[:-1]), shape[-1]),
)
MISTAKES.wrong(
    "f-for-its-square",
    "It multiplies the fans of a filter by f, not by the number of its pixels.",
    "How many pixels does a filter of size f have?",
    _drawn,
    fans=lambda shape: tuple(fan / math.sqrt(math.prod(shape[:-2])) for fan in _fans(shape)),
)
MISTAKES.wrong(
    "sum-of-all-sizes",
    "It adds up all sizes of the shape, which is right for matrices only.",
    "How many numbers does one output of a filter depend on?",
    _drawn,
    fans=lambda shape: (sum(shape), 0),
)
MISTAKES.wrong(
    "number-of-weights",
    "It divides by the number of weights instead of the sum of the fans.",
    "Which two numbers does the formula add up?",
    _drawn,
    fans=lambda shape: (math.prod(shape), 0),
)
MISTAKES.wrong(
    "fan-in-only",
    "It divides by the fan in alone.",
    "Which two numbers does the formula add up?",
    _drawn,
    limit=lambda fan_in, fan_out: math.sqrt(6 / fan_in),
)
MISTAKES.wrong(
    "two-for-six",
    "Its limit is the standard deviation of the numbers, with 2 under the root where 6 should be.",
    "Which number stands above the fraction line in the formula of the limit?",
    _drawn,
    limit=lambda fan_in, fan_out: math.sqrt(2 / (fan_in + fan_out)),
)
MISTAKES.wrong(
    "root-left-out",
    "Its limit is the fraction without the root.",
    "What does the formula do to the fraction?",
    _drawn,
    limit=lambda fan_in, fan_out: 6 / (fan_in + fan_out),
)
MISTAKES.wrong(
    "root-of-the-sum-only",
    "It takes the root of the sum of the fans, but not of the 6.",
    "How far does the root reach in the formula?",
    _drawn,
    limit=lambda fan_in, fan_out: 6 / math.sqrt(fan_in + fan_out),
)
MISTAKES.wrong(
    "limit-is-one",
    "It draws from −1 to 1, whatever the shape is.",
    "Where in your code does the shape decide how large the weights are?",
    _drawn,
    limit=lambda fan_in, fan_out: 1,
)
MISTAKES.wrong(
    "positive-only",
    "It draws from 0 to the limit, so no weight is negative.",
    "What is the average of your weights, and what should it be near?",
    _drawn,
    draw=lambda chance, limit, shape: chance.uniform(0, limit, shape),
)
MISTAKES.wrong(
    "normal-for-uniform",
    "It draws from a normal distribution with the limit as its standard deviation.",
    "Which numbers are likely in your draw that a uniform one can never give?",
    _drawn,
    draw=lambda chance, limit, shape: chance.normal(0, limit, shape),
)
MISTAKES.wrong(
    "xavier-normal",
    "It draws the other kind of Xavier's numbers, from a normal distribution.",
    "Which numbers are likely in your draw that a uniform one can never give?",
    _drawn,
    draw=lambda chance, limit, shape: chance.normal(0, limit / math.sqrt(3), shape),
)
MISTAKES.wrong(
    "he-normal",
    "It draws from a normal distribution of variance 2 / fan in, which is He's rule.",
    "Which of the two rules in the text do you need here?",
    _drawn,
    limit=lambda fan_in, fan_out: math.sqrt(2 / fan_in),
    draw=lambda chance, limit, shape: chance.normal(0, limit, shape),
)
MISTAKES.wrong(
    "hundredths",
    "It draws normal numbers times 0.01, whatever the shape is.",
    "Where in your code does the shape decide how large the weights are?",
    _drawn,
    draw=lambda chance, limit, shape: chance.standard_normal(shape) * 0.01,
)
MISTAKES.wrong(
    "zeros",
    "Its weights are all 0, so all units of a layer would stay the same for ever.",
    "What is the gradient of two filters that are equal, and can they ever become different?",
    _drawn,
    draw=lambda chance, limit, shape: np.zeros(shape),
)
MISTAKES.wrong(
    "seed-ignored",
    "It draws with the seed 0, whatever seed is given.",
    "What happens in your code to the second argument?",
    _drawn,
    chance=lambda seed: np.random.default_rng(0),
)
MISTAKES.wrong(
    "older-generator",
    "It draws with np.random.seed and np.random.uniform, which give other numbers.",
    "Which generator does the text ask for?",
    _drawn,
    chance=np.random.RandomState,
)
MISTAKES.error(
    "sizes-one-by-one",
    "It unpacks the shape into arguments of a function that takes the shape as one tuple.",
    "How does the function you draw with want to be told the shape?",
    r"TypeError: (uniform|normal)\(\) takes at most 3 positional arguments",
    lambda shape, seed: np.random.default_rng(seed).uniform(-1, 1, 2, 2),  # type: ignore[call-overload]
)
MISTAKES.error(
    "always-four-sizes",
    "It unpacks the shape into four sizes, but the shape of a dense layer has two.",
    "Which two kinds of shape does your function get?",
    r"ValueError: not enough values to unpack \(expected 4, got 2\)",
    _drawn,
    fans=_fans_of_filters,
)
