"""Assignment 3: the network of assignment 2 in TensorFlow.

Results are float32 and compared as such. Cases give the weights, so that chance has no part in
them; training is examined by what the network that comes out is worth.
"""

from __future__ import annotations

from typing import Any

from autograder.exercises.declaration import (
    Assignment,
    Case,
    Computed,
    Draw,
    Drawn,
    Exercise,
    Integers,
    Needs,
    Normal,
)
from autograder.numpy_network.padding import features

CLASSES = 6


def _placeholders_case(name: str, *sizes: int, public: bool = False) -> Case:
    return Case(name, 2, sizes, public=public)


def _parameters(features: int) -> tuple[dict[str, Draw], dict[str, Any]]:
    """Draws of the parameters of a network with so many numbers after FLATTEN, and their places."""
    draws: dict[str, Draw] = {
        "W1": Normal((4, 4, 3, 8), scale=0.3),
        "W2": Normal((2, 2, 8, 16), scale=0.3),
        "kernel": Normal((features, CLASSES), scale=0.3),
        "bias": Normal((CLASSES,)),
    }
    dense = {"kernel": Drawn("kernel"), "bias": Drawn("bias")}
    return draws, {"W1": Drawn("W1"), "W2": Drawn("W2"), "dense": dense}


def _forward_case(
    name: str,
    points: float,
    m: int,
    n_H: int,
    n_W: int,
    *,
    X: tuple[float, float] = (0, 1),
    public: bool = False,
) -> Case:
    """A case of forward_propagation with pictures of numbers around X[0], by about X[1]."""
    draws, parameters = _parameters(features(n_H, n_W))
    draws = {"X": Normal((m, n_H, n_W, 3), offset=X[0], scale=X[1]), **draws}
    return Case(name, points, (Drawn("X"), parameters), draws, public)


def _cost_case(
    name: str, points: float, m: int, *, scale: float = 1, offset: float = 0, public: bool = False
) -> Case:
    draws: dict[str, Draw] = {
        "Z3": Normal((m, CLASSES), scale=scale, offset=offset),
        "labels": Integers((m,), CLASSES),
    }
    one_hot = Computed("one_hot", (Drawn("labels"),), part=0)
    return Case(name, points, (Drawn("Z3"), one_hot), draws, public)


def _training_case(
    name: str, points: float, m: int, size: int, *settings: float, public: bool = False
) -> Case:
    """A case of model(...) with ``m`` training pictures; settings are rate, epochs, mini-batch."""
    tests = 24
    draws: dict[str, Draw] = {
        "noise": Normal((m, size, size, 3)),
        "test noise": Normal((tests, size, size, 3)),
        "labels": Integers((m,), CLASSES),
        "test labels": Integers((tests,), CLASSES),
        "order": Normal((CLASSES,)),
    }
    pictures = [
        Computed("coloured", (Drawn(noise), Drawn(labels), Drawn("order")), part)
        for noise, labels in (("noise", "labels"), ("test noise", "test labels"))
        for part in (0, 1)
    ]
    return Case(name, points, (*pictures, *settings), draws, public, once=True)


def _predict_case(name: str, points: float, n_H: int, n_W: int, *, public: bool = False) -> Case:
    draws, parameters = _parameters(features(64, 64))
    draws = {"corners": Normal((2, 2, 3)), **draws}
    picture = Computed("smooth_picture", (Drawn("corners"), n_H, n_W), part=0)
    return Case(name, points, (picture, parameters), draws, public)


CREATE_PLACEHOLDERS = Exercise(
    name="create_placeholders",
    points=10,
    returns=("X", "Y"),
    cases=(
        _placeholders_case("pictures of 64 × 64, six classes", 64, 64, 3, 6, public=True),
        _placeholders_case("wide pictures", 32, 48, 3, 6),
        _placeholders_case("tall pictures, ten classes", 40, 24, 3, 10),
        _placeholders_case("grey pictures", 28, 28, 1, 10),
        _placeholders_case("two classes", 16, 16, 3, 2),
    ),
)

INITIALIZE_PARAMETERS = Exercise(
    name="initialize_parameters",
    points=10,
    returns=("kind", "values"),
    single_precision=True,
    cases=(
        Case("W1, the filters of the first convolution", 3, ("W1",), public=True),
        Case("W2, the filters of the second convolution", 3, ("W2",), public=True),
        Case("dense, the layer after FLATTEN", 2, ("dense",), public=True),
        Case("all three, and again the same", 2, ("W1", "W2", "dense")),
    ),
)

FORWARD_PROPAGATION = Exercise(
    name="forward_propagation",
    points=30,
    returns=("Z3",),
    single_precision=True,
    cases=(
        _forward_case("two pictures of 64 × 64", 4, 2, 64, 64, public=True),
        _forward_case("one picture", 4, 1, 64, 64),
        _forward_case("five small pictures, nearly of one colour", 5, 5, 32, 32, X=(0.6, 0.05)),
        _forward_case("wide pictures, whose sizes the pools do not divide", 5, 2, 20, 45),
        _forward_case("tall pictures, whose sizes the pools do not divide", 5, 2, 50, 17),
        _forward_case("negative inputs", 4, 2, 32, 64, X=(-0.8, 0.1)),
        _forward_case("one tiny picture", 3, 1, 9, 9),
    ),
)

COMPUTE_COST = Exercise(
    name="compute_cost",
    points=15,
    returns=("cost",),
    single_precision=True,
    cases=(
        _cost_case("four examples", 2, 4, public=True),
        _cost_case("one example", 2, 1),
        _cost_case("many examples", 3, 37),
        _cost_case("logits around 200", 3, 5, offset=200),
        _cost_case("logits from −100 to 100", 3, 6, scale=50),
        _cost_case("a network that knows nothing", 2, 8, scale=1e-3),
    ),
)

MODEL = Exercise(
    name="model",
    points=25,
    returns=("parameters", "history"),
    uses=("initialize_parameters", "forward_propagation", "compute_cost"),
    examined="numpy_network.exam",
    cases=(
        _training_case("six colours", 7, 96, 16, 0.01, 20, 16, public=True),
        _training_case("mini-batches that do not divide the pictures", 9, 90, 16, 0.01, 24, 28),
        _training_case("other pictures, other settings", 9, 120, 20, 0.008, 28, 32),
    ),
)

PREDICT = Exercise(
    name="predict",
    points=10,
    returns=("the class",),
    uses=("forward_propagation",),
    cases=(
        _predict_case("a picture of 64 × 64", 2, 64, 64, public=True),
        _predict_case("a large picture", 2, 120, 120),
        _predict_case("a wide picture", 2, 60, 130),
        _predict_case("a tall picture", 2, 150, 70),
        _predict_case("a tiny picture", 2, 20, 30),
    ),
)

ASSIGNMENT = Assignment(
    name="convnet_in_tensorflow",
    exercises=(
        CREATE_PLACEHOLDERS,
        INITIALIZE_PARAMETERS,
        FORWARD_PROPAGATION,
        COMPUTE_COST,
        MODEL,
        PREDICT,
    ),
    kits=("training_kit", "tensorflow_kit", "numpy_network"),
    framework="tensorflow",
    # TensorFlow takes seconds to import, and 0.6 GB; with training 0.8.
    needs=Needs(cell_seconds=60, notebook_seconds=240, memory_bytes=2_000_000_000),
)
