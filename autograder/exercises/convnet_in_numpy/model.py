"""Exercises 14 to 16 and 19 of assignment 2: the network as a whole, and how it is trained.

Its cases are tiny networks on pictures that are not square. They differ in every size, so that no
layer can be given another layer's hyperparameters unnoticed. ``WIDE`` and ``OVERLAPPING`` run to
the end even then, with other numbers: an error alone would not say which mistake it was.
"""

from __future__ import annotations

from dataclasses import replace

from autograder.exercises.convnet_in_numpy.networks import Convolution, Network, Pooling
from autograder.exercises.declaration import Case, Drawn, Exercise, Integers, Normal

TWO_PICTURES = Network(
    images=(2, 12, 10, 3),
    conv1=Convolution(filters=2, f=3, pad=1),
    pool1=Pooling(f=2, stride=2),
    conv2=Convolution(filters=3, f=3, pad=1),
    pool2=Pooling(f=2, stride=2),
    classes=4,
)
WIDE = Network(
    images=(3, 8, 14, 3),
    conv1=Convolution(filters=3, f=3),
    pool1=Pooling(f=2, stride=2),
    conv2=Convolution(filters=2, f=2, pad=1),
    pool2=Pooling(f=2, stride=3),
    classes=3,
)
STRIDES = Network(
    images=(2, 13, 11, 3),
    conv1=Convolution(filters=2, f=5, stride=2, pad=2),
    pool1=Pooling(f=3, stride=1),
    conv2=Convolution(filters=4, f=2, stride=2, pad=1),
    pool2=Pooling(f=2, stride=1),
    classes=5,
)
ONE_PICTURE = Network(
    images=(1, 9, 12, 3),
    conv1=Convolution(filters=2, f=2),
    pool1=Pooling(f=2, stride=3),
    conv2=Convolution(filters=3, f=1),
    pool2=Pooling(f=3, stride=1),
    classes=2,
)
OVERLAPPING = Network(
    images=(2, 12, 16, 3),
    conv1=Convolution(filters=2, f=3, pad=1),
    pool1=Pooling(f=3, stride=2),
    conv2=Convolution(filters=2, f=3, pad=1),
    pool2=Pooling(f=2, stride=2),
    classes=3,
)
NEGATIVE = replace(TWO_PICTURES, images=(3, 8, 10, 3), negative=True)
TINY = Network(
    images=(2, 6, 8, 3),
    conv1=Convolution(filters=2, f=2),
    pool1=Pooling(f=2, stride=2),
    conv2=Convolution(filters=2, f=2, pad=1),
    pool2=Pooling(f=2, stride=2),
    classes=3,
)


def forward_case(name: str, points: float, network: Network, *, public: bool = False) -> Case:
    """A case of model_forward(X, parameters, hparameters)."""
    arguments = (Drawn("X"), network.parameters, network.hparameters)
    return Case(name, points, arguments, network.draws, public)


def backward_case(name: str, points: float, network: Network, *, public: bool = False) -> Case:
    """A case of model_backward(dZ, caches) with a random dZ."""
    draws = {**network.draws, "dZ": Normal((network.images[0], network.classes))}
    return Case(name, points, (Drawn("dZ"), network.caches), draws, public)


def gradients_case(
    name: str,
    points: float,
    network: Network,
    *,
    epsilon: float | None = None,
    public: bool = False,
) -> Case:
    """A case of numerical_gradients(X, Y, parameters, hparameters), with ``epsilon`` if given."""
    draws = {**network.draws, "Y": Integers(network.images[:1], network.classes)}
    given = () if epsilon is None else (epsilon,)
    arguments = (Drawn("X"), Drawn("Y"), network.parameters, network.hparameters, *given)
    return Case(name, points, arguments, draws, public)


def train_case(
    name: str, points: float, network: Network, *options: float, public: bool = False
) -> Case:
    """A case of train(X, Y, parameters, hparameters, *options); the options begin with epochs."""
    draws = {**network.draws, "Y": Integers(network.images[:1], network.classes)}
    arguments = (Drawn("X"), Drawn("Y"), network.parameters, network.hparameters, *options)
    return Case(name, points, arguments, draws, public)


MODEL_FORWARD = Exercise(
    name="model_forward",
    points=3,
    returns=("Z", "caches"),
    uses=(
        "conv_forward_fast",
        "pool_forward_fast",
        "relu",
        "flatten",
        "dense_forward",
    ),
    cases=(
        forward_case("two pictures of 12 × 10", 0.5, TWO_PICTURES, public=True),
        forward_case("three wide pictures", 0.5, WIDE),
        forward_case("strides and pads unlike in every layer", 0.5, STRIDES),
        forward_case("one picture, filters of one pixel", 0.5, ONE_PICTURE),
        forward_case("overlapping pooling windows", 0.5, OVERLAPPING),
        forward_case("negative inputs", 0.5, NEGATIVE),
    ),
)

MODEL_BACKWARD = Exercise(
    name="model_backward",
    points=4,
    returns=("gradients",),
    uses=(
        "conv_backward_fast",
        "pool_backward_fast",
        "relu_backward",
        "flatten_backward",
        "dense_backward",
    ),
    cases=(
        backward_case("two pictures of 12 × 10", 0.5, TWO_PICTURES, public=True),
        backward_case("three wide pictures", 1, WIDE),
        backward_case("strides and pads unlike in every layer", 1, STRIDES),
        backward_case("one picture, filters of one pixel", 0.5, ONE_PICTURE),
        backward_case("overlapping pooling windows", 0.5, OVERLAPPING),
        backward_case("negative inputs", 0.5, NEGATIVE),
    ),
)

NUMERICAL_GRADIENTS = Exercise(
    name="numerical_gradients",
    points=5,
    returns=("gradients",),
    uses=("model_forward", "softmax_cross_entropy"),
    cases=(
        gradients_case("two pictures of 6 × 8", 1, TINY, public=True),
        gradients_case("three tall pictures", 1, replace(TINY, images=(3, 9, 6, 3))),
        gradients_case("one picture, two classes", 1, ONE_PICTURE),
        gradients_case("steps of 0.1", 1, TINY, epsilon=0.1),
        gradients_case(
            "negative inputs, stride 2",
            1,
            replace(
                TINY,
                images=(2, 8, 10, 3),
                conv1=Convolution(filters=2, f=3, stride=2, pad=2),
                negative=True,
            ),
        ),
    ),
)

TRAIN = Exercise(
    name="train",
    points=2,
    returns=("parameters", "costs"),
    uses=(
        "model_forward",
        "softmax_cross_entropy",
        "model_backward",
        "adam_step",
        "mini_batches",
    ),
    cases=(
        train_case(
            "two epochs, mini-batches of 4, 4 and 2",
            0.5,
            replace(TINY, images=(10, 6, 8, 3)),
            2,
            4,
            0.01,
            1,
            public=True,
        ),
        train_case(
            "three epochs, the last mini-batch of one picture",
            0.5,
            replace(TINY, images=(7, 6, 8, 3)),
            3,
            3,
            0.01,
            5,
        ),
        train_case("one epoch, nothing else given", 0.25, replace(TINY, images=(6, 8, 6, 3)), 1),
        train_case(
            "mini-batches larger than all examples", 0.25, replace(TINY, images=(5, 6, 9, 3)), 2, 8
        ),
        train_case(
            "mini-batches of equal size, fast steps",
            0.5,
            replace(TINY, images=(8, 7, 6, 3)),
            2,
            4,
            0.05,
            3,
        ),
    ),
)
