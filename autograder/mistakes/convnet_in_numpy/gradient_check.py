"""Wrong numerical gradients. Each changes one thing in the right ones."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.instant_checks.packing import pack, unpack
from autograder.mistakes.declaration import Mistakes
from autograder.reference.convnet_in_numpy import model_forward, softmax_cross_entropy
from autograder.reference.convolution_step_by_step import Array

MISTAKES = Mistakes("numerical_gradients")
Parameters = dict[str, Array]


def _places(array: Array) -> Iterable[Any]:
    return np.ndindex(array.shape)


def _put_back(before: Array, moved: Array) -> Array:
    return before


def _cost(Z: Array, Y: Array) -> float:
    return softmax_cross_entropy(Z, Y)[0]


def _differences(
    X: Array,
    Y: Array,
    parameters: Parameters,
    hparameters: Any,
    epsilon: float = 1e-5,
    *,
    step: Callable[[float], float] = lambda epsilon: epsilon,
    places: Callable[[Array], Iterable[Any]] = _places,
    restored: Callable[[Array, Array], Array] = _put_back,
    cost: Callable[[Array, Array], float] = _cost,
    slope: Callable[..., Array] = lambda ahead, here, behind, step: (ahead - behind) / (2 * step),
    returned: Callable[[Parameters], Any] = lambda gradients: gradients,
) -> Any:
    """The right way; every keyword is a place where it can go wrong."""
    network = json.dumps(pack((X, Y, parameters, hparameters)))
    moved = step(epsilon)
    ahead, here, behind = _costs(network, moved, places, restored, cost)
    return returned({name: slope(ahead[name], here, behind[name], moved) for name in ahead})


@lru_cache(maxsize=32)
def _costs(
    network: str,
    step: float,
    places: Callable[[Array], Iterable[Any]],
    restored: Callable[[Array, Array], Array],
    cost: Callable[[Array, Array], float],
) -> tuple[Parameters, float, Parameters]:
    """The costs one step ahead of each parameter, where it is, and one step behind it.

    Most mistakes need the same costs, and to compute them takes longer than all the rest.
    """
    X, Y, parameters, hparameters = unpack(json.loads(network))

    def now() -> float:
        return cost(model_forward(X, parameters, hparameters)[0], Y)

    here = now()
    ahead, behind = (
        {name: np.zeros_like(array) for name, array in parameters.items()} for _ in range(2)
    )
    for name, array in parameters.items():
        for place in places(array):
            before = array[place].copy()
            array[place] = before + step
            ahead[name][place] = now()
            array[place] = before - step
            behind[name][place] = now()
            array[place] = restored(before, array[place])
    return ahead, here, behind


MISTAKES.wrong(
    "one-sided-forward",
    "It compares the cost above with the cost at the parameter itself, not below it.",
    "At which two values of the parameter does the formula ask for the cost?",
    _differences,
    slope=lambda ahead, here, behind, step: (ahead - here) / step,
)
MISTAKES.wrong(
    "one-sided-backward",
    "It compares the cost at the parameter itself with the cost below, not the one above.",
    "At which two values of the parameter does the formula ask for the cost?",
    _differences,
    slope=lambda ahead, here, behind, step: (here - behind) / step,
)
MISTAKES.wrong(
    "half-a-step-missing",
    "After adding ε it subtracts ε only once, so its second cost is that of the parameter itself.",
    "Follow one number: where is it after p plus ε, and how far is it from there to p minus ε?",
    _differences,
    slope=lambda ahead, here, behind, step: (ahead - here) / (2 * step),
)
MISTAKES.wrong(
    "divided-by-one-epsilon",
    "It divides by ε, but its two costs are 2ε apart.",
    "How far apart are the two values of the parameter?",
    _differences,
    slope=lambda ahead, here, behind, step: (ahead - behind) / step,
)
MISTAKES.wrong(
    "not-divided",
    "It returns the differences of the costs.",
    "What makes a slope of a difference?",
    _differences,
    slope=lambda ahead, here, behind, step: ahead - behind,
)
MISTAKES.wrong(
    "multiplied-by-epsilon",
    "It divides by 2 and multiplies by ε: without brackets / 2 * ε means that.",
    "In which order does Python compute 8 / 2 * 4?",
    _differences,
    slope=lambda ahead, here, behind, step: (ahead - behind) / 2 * step,
)
MISTAKES.wrong(
    "sign-reversed",
    "It subtracts the cost above from the cost below.",
    "If the cost grows with the parameter, which sign should the gradient have?",
    _differences,
    slope=lambda ahead, here, behind, step: (behind - ahead) / (2 * step),
)
MISTAKES.wrong(
    "not-put-back",
    "It leaves every number ε lower than it was, so the later ones see another network.",
    "What does the parameter hold when the loop goes on to the next number?",
    _differences,
    restored=lambda before, moved: moved,
)
MISTAKES.wrong(
    "epsilon-ignored",
    "It takes steps of 1e-5, whatever ε is given.",
    "What happens in your code to the last argument?",
    _differences,
    step=lambda epsilon: 1e-5,
)
MISTAKES.wrong(
    "whole-arrays-at-once",
    "It moves all numbers of an array together, so they all get the same gradient.",
    "How many numbers of the network should differ between your two costs?",
    _differences,
    places=lambda array: [...],
)
MISTAKES.wrong(
    "first-numbers-only",
    "It moves the first number of each array only, and leaves the other gradients at 0.",
    "Over what does your inner loop run?",
    _differences,
    places=lambda array: [(0,) * array.ndim],
)
MISTAKES.wrong(
    "along-the-first-axis-only",
    "It runs over the first index of each array and moves all numbers there together.",
    "How many indices does it take to choose one number of W1?",
    _differences,
    places=lambda array: range(len(array)),
)
MISTAKES.wrong(
    "biases-at-zero",
    "It leaves the gradients of the biases at 0.",
    "Which of the parameters does your loop never touch?",
    _differences,
    returned=lambda gradients: {
        name: array * (name[0] == "W") for name, array in gradients.items()
    },
)
MISTAKES.wrong(
    "biases-left-out",
    "It returns the gradients of the weights only.",
    "How many parameters has the network, and how many gradients do you return?",
    _differences,
    returned=lambda gradients: {name: array for name, array in gradients.items() if name[0] == "W"},
)
MISTAKES.wrong(
    "last-layer-only",
    "It returns the gradients of the last layer only.",
    "How many parameters has the network, and how many gradients do you return?",
    _differences,
    returned=lambda gradients: {name: gradients[name] for name in ("W3", "b3")},
)
MISTAKES.wrong(
    "gradients-in-rows",
    "It lays the gradient of each array out in one row.",
    "Which shape should the gradient of W1 have?",
    _differences,
    returned=lambda gradients: {name: array.ravel() for name, array in gradients.items()},
)
MISTAKES.wrong(
    "scores-for-cost",
    "It compares the sums of the scores, not the costs.",
    "Whose slope do you want to know: that of the scores, or that of the cost?",
    _differences,
    cost=lambda Z, Y: float(Z.sum()),
)
MISTAKES.error(
    "pair-for-cost",
    "It subtracts the whole results of the cost function, which are pairs.",
    "How many things does softmax_cross_entropy return, and which of them is the cost?",
    r"TypeError: unsupported operand type\(s\) for -: 'tuple' and 'tuple'",
    lambda *_: (1.0, 2.0) - (1.0, 2.0),  # type: ignore[operator]
)
