"""Wrong ways back through the whole network. Each changes one thing in the right one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.mistakes.declaration import Mistakes
from autograder.reference import convnet_in_numpy as layers
from autograder.reference.convolution_step_by_step import Array

MISTAKES = Mistakes("model_backward")
Parameters = dict[str, Array]


def _back(
    dZ: Array,
    caches: Any,
    *,
    modes: tuple[str, str] = ("max", "max"),
    activations: tuple[Callable[..., Array], Callable[..., Array]] = (
        layers.relu_backward,
        layers.relu_backward,
    ),
    returned: Callable[..., Any] = lambda gradients, dX: gradients,
) -> Any:
    """The right way; every keyword is a place where it can go wrong."""
    conv1, relu1, pool1, conv2, relu2, pool2, flat, dense = caches
    dF, dW3, db3 = layers.dense_backward(dZ, dense)
    dA2 = layers.pool_backward_fast(layers.flatten_backward(dF, flat), pool2, modes[1])
    dA1, dW2, db2 = layers.conv_backward_fast(activations[1](dA2, relu2), conv2)
    dA1 = layers.pool_backward_fast(dA1, pool1, modes[0])
    dX, dW1, db1 = layers.conv_backward_fast(activations[0](dA1, relu1), conv1)
    gradients = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}
    return returned(gradients, dX)


def _everything(dA: Array, cache: Array) -> Array:
    return dA


def _renamed(**names: str) -> Callable[..., Parameters]:
    return lambda gradients, dX: {key: gradients[names.get(key, key)] for key in gradients}


MISTAKES.wrong(
    "activations-left-out",
    "It leaves both activations out on the way back.",
    "Which of the eight caches does your code not use?",
    _back,
    activations=(_everything, _everything),
)
MISTAKES.wrong(
    "first-activation-left-out",
    "It leaves the first convolution's activation out on the way back.",
    "Which of the eight caches does your code not use?",
    _back,
    activations=(_everything, layers.relu_backward),
)
MISTAKES.wrong(
    "second-activation-left-out",
    "It leaves the second convolution's activation out on the way back.",
    "Which of the eight caches does your code not use?",
    _back,
    activations=(layers.relu_backward, _everything),
)
MISTAKES.wrong(
    "average-pooling",
    "It goes back through both poolings as if they had averaged.",
    "Which mode did the forward pass use?",
    _back,
    modes=("average", "average"),
)
MISTAKES.wrong(
    "average-pooling-first",
    "It goes back through the first pooling as if it had averaged.",
    "Which mode did the forward pass use?",
    _back,
    modes=("average", "max"),
)
MISTAKES.wrong(
    "average-pooling-second",
    "It goes back through the second pooling as if it had averaged.",
    "Which mode did the forward pass use?",
    _back,
    modes=("max", "average"),
)
MISTAKES.wrong(
    "convolutions-swapped",
    "It gives the first convolution's gradients to the second one, and the other way round.",
    "Which convolution does the way back reach first?",
    _back,
    returned=_renamed(W1="W2", W2="W1", b1="b2", b2="b1"),
)
MISTAKES.wrong(
    "filters-swapped",
    "It gives the gradient of W1 to W2 and the other way round; the biases are right.",
    "Which shape has each of your gradients, and which has its parameter?",
    _back,
    returned=_renamed(W1="W2", W2="W1"),
)
MISTAKES.wrong(
    "biases-swapped",
    "It gives the gradient of b1 to b2 and the other way round; the weights are right.",
    "Which shape has each of your gradients, and which has its parameter?",
    _back,
    returned=_renamed(b1="b2", b2="b1"),
)
MISTAKES.wrong(
    "keys-with-a-d",
    "Its keys are dW1, db1 and so on, not those of the parameters.",
    "Which keys does the text ask for?",
    _back,
    returned=lambda gradients, dX: {f"d{key}": gradients[key] for key in gradients},
)
MISTAKES.wrong(
    "biases-left-out",
    "It returns the gradients of the weights only.",
    "How many parameters has the network, and how many gradients do you return?",
    _back,
    returned=lambda gradients, dX: {key: gradients[key] for key in ("W1", "W2", "W3")},
)
MISTAKES.wrong(
    "gradient-of-the-pictures-too",
    "It returns the gradient of the pictures beside those of the parameters.",
    "Which keys should the gradients have?",
    _back,
    returned=lambda gradients, dX: {**gradients, "X": dX},
)
MISTAKES.wrong(
    "gradients-in-a-tuple",
    "It returns the gradients in a tuple, without their names.",
    "What does the text say that the gradients are?",
    _back,
    returned=lambda gradients, dX: tuple(gradients.values()),
)
MISTAKES.wrong(
    "divided-by-examples-again",
    "It divides all gradients by the number of examples, by which dZ is divided already.",
    "Where has the mean over the examples been taken care of?",
    _back,
    returned=lambda gradients, dX: {key: gradients[key] / len(dX) for key in gradients},
)
MISTAKES.error(
    "caches-from-the-front",
    "It goes through the caches in the order of the forward pass, so layers get others' caches.",
    "Which layer's cache does the first step backwards need?",
    r"ValueError: too many values to unpack \(expected 3",
    lambda dZ, caches: layers.dense_backward(dZ, caches[0]),
)
