"""Wrong ways through the whole network. Each changes one thing in the right one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.mistakes.declaration import Mistakes
from autograder.reference import convnet_in_numpy as layers
from autograder.reference.convolution_step_by_step import Array

MISTAKES = Mistakes("model_forward")
Parameters = dict[str, Array]
Step = tuple[str, Callable[[Array], tuple[Array, Any]]]
"""A layer's name, and the layer as a function of its input."""


def _layers(
    parameters: Parameters, hparameters: dict[str, dict[str, int]], modes: tuple[str, str]
) -> list[Step]:
    def convolution(number: int) -> Step:
        W, b = parameters[f"W{number}"], parameters[f"b{number}"]
        name = f"conv{number}"
        return name, lambda A: layers.conv_forward_fast(A, W, b, hparameters[name])

    def pooling(number: int) -> Step:
        name = f"pool{number}"
        mode = modes[number - 1]
        return name, lambda A: layers.pool_forward_fast(A, hparameters[name], mode)

    last = parameters["W3"], parameters["b3"]
    return [
        *(convolution(1), ("relu1", layers.relu), pooling(1)),
        *(convolution(2), ("relu2", layers.relu), pooling(2)),
        ("flatten", layers.flatten),
        ("dense", lambda A: layers.dense_forward(A, *last)),
    ]


def _through(
    X: Array,
    parameters: Parameters,
    hparameters: Any,
    *,
    modes: tuple[str, str] = ("max", "max"),
    settings: Callable[[Any], Any] = lambda hparameters: hparameters,
    order: Callable[[list[Step]], list[Step]] = lambda steps: steps,
    ended: Callable[[Array], Array] = lambda Z: Z,
    cached: Callable[[tuple[Any, ...]], Any] = lambda caches: caches,
    returned: Callable[[Array, Any], Any] = lambda Z, caches: (Z, caches),
) -> Any:
    """The right way; every keyword is a place where it can go wrong."""
    A, caches = X, []
    for _, layer in order(_layers(parameters, settings(hparameters), modes)):
        A, cache = layer(A)
        caches.append(cache)
    return returned(ended(A), cached(tuple(caches)))


def _without(*names: str) -> Callable[[list[Step]], list[Step]]:
    return lambda steps: [step for step in steps if step[0] not in names]


MISTAKES.wrong(
    "activations-left-out",
    "It leaves both activations out, so the network is hardly more than one linear layer.",
    "How many caches do you return, and how many layers are there in the list?",
    _through,
    order=_without("relu1", "relu2"),
)
MISTAKES.wrong(
    "first-activation-left-out",
    "It leaves the activation after the first convolution out.",
    "How many caches do you return, and how many layers are there in the list?",
    _through,
    order=_without("relu1"),
)
MISTAKES.wrong(
    "second-activation-left-out",
    "It leaves the activation after the second convolution out.",
    "How many caches do you return, and how many layers are there in the list?",
    _through,
    order=_without("relu2"),
)
MISTAKES.wrong(
    "pooled-before-activated",
    "It pools before the activation: the same Z, but other caches than the way back expects.",
    "Which layer comes right after a convolution?",
    _through,
    order=lambda steps: [steps[n] for n in (0, 2, 1, 3, 5, 4, 6, 7)],
)
MISTAKES.wrong(
    "scores-activated",
    "It sets negative scores to 0, after the dense layer.",
    "Which layer is the last one in the list?",
    _through,
    ended=lambda Z: np.maximum(Z, 0),
)
MISTAKES.wrong(
    "softmax-at-the-end",
    "It returns probabilities, where the cost wants scores.",
    "Which function of this notebook contains the softmax?",
    _through,
    ended=lambda Z: (
        np.exp(Z - Z.max(axis=1, keepdims=True))
        / np.exp(Z - Z.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
    ),
)
MISTAKES.wrong(
    "average-pooling",
    "It pools by average in both places.",
    "Which mode does the list of layers ask for?",
    _through,
    modes=("average", "average"),
)
MISTAKES.wrong(
    "average-pooling-first",
    "It pools by average after the first convolution.",
    "Which mode does the list of layers ask for?",
    _through,
    modes=("average", "max"),
)
MISTAKES.wrong(
    "average-pooling-second",
    "It pools by average after the second convolution.",
    "Which mode does the list of layers ask for?",
    _through,
    modes=("max", "average"),
)
MISTAKES.wrong(
    "first-convolution-s-settings-twice",
    "It uses the first convolution's stride and pad for the second one, too.",
    "Under which key do you look up the settings of the second convolution?",
    _through,
    settings=lambda found: {**found, "conv2": found["conv1"]},
)
MISTAKES.wrong(
    "first-pooling-s-settings-twice",
    "It uses the first pooling's f and stride for the second one, too.",
    "Under which key do you look up the settings of the second pooling?",
    _through,
    settings=lambda found: {**found, "pool2": found["pool1"]},
)
MISTAKES.wrong(
    "caches-in-a-list",
    "Its caches are a list, not a tuple.",
    "What does the text say that the caches are?",
    _through,
    cached=list,
)
MISTAKES.wrong(
    "caches-backwards",
    "Its caches begin with the last layer's.",
    "In which order does the text ask for the caches?",
    _through,
    cached=lambda caches: caches[::-1],
)
MISTAKES.wrong(
    "flatten-s-cache-left-out",
    "It leaves the cache of flatten out.",
    "How does the way back know the shape that was flattened?",
    _through,
    cached=lambda caches: caches[:6] + caches[7:],
)
MISTAKES.wrong(
    "no-caches",
    "It returns the scores alone, without the caches.",
    "How many things does the last line of your function return?",
    _through,
    returned=lambda Z, caches: Z,
)
MISTAKES.error(
    "tuple-for-array",
    "It hands a layer a tuple where an array belongs: an output together with its cache.",
    "How many things does each of your layers return, and which of them does the next one want?",
    r"AttributeError: 'tuple' object has no attribute"
    r"|ValueError: setting an array element with a sequence",
    lambda X, parameters, hparameters: (X, ()).shape,  # type: ignore[attr-defined]
)
