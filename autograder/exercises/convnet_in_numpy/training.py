"""Exercises 12, 13, 17, 18 of assignment 2: where weights begin, the cost, Adam, mini-batches."""

from __future__ import annotations

from autograder.exercises.declaration import Case, Draw, Drawn, Exercise, Integers, Normal

NO_LOOPS = "no Python loop over examples"


def xavier_case(
    name: str, points: float, shape: tuple[int, ...], seed: int, *, public: bool = False
) -> Case:
    """A case of xavier_uniform(shape, seed)."""
    return Case(name, points, (shape, seed), public=public)


def cross_entropy_case(
    name: str,
    points: float,
    m: int,
    k: int,
    *,
    scale: float = 1,
    offset: float = 0,
    public: bool = False,
    same_lines_as: str = "",
) -> Case:
    """A case of softmax_cross_entropy(Z, Y): m examples of k classes, logits around ``offset``."""
    draws: dict[str, Draw] = {
        "Z": Normal((m, k), scale=scale, offset=offset),
        "Y": Integers((m,), k),
    }
    return Case(name, points, (Drawn("Z"), Drawn("Y")), draws, public, same_lines_as)


def adam_case(
    name: str,
    points: float,
    shapes: dict[str, tuple[int, ...]],
    t: int,
    *rates: float,
    first: bool = False,
    gradient: float = 1,
    public: bool = False,
) -> Case:
    """A case of adam_step(parameters, gradients, m, v, t, *rates).

    At the ``first`` step m and v are 0; ``gradient`` is how large gradients are.
    """
    moment = 0 if first else gradient
    scales = {"p": 1, "dp": gradient, "m": moment, "v": moment**2}
    draws: dict[str, Draw] = {
        f"{kind} {name}": Normal(shape, positive=kind == "v", scale=scale)
        for kind, scale in scales.items()
        for name, shape in shapes.items()
    }
    arguments = [{name: Drawn(f"{kind} {name}") for name in shapes} for kind in scales]
    return Case(name, points, (*arguments, t, *rates), draws, public)


def batches_case(
    name: str,
    points: float,
    examples: tuple[int, ...],
    size: int,
    seed: int,
    *,
    public: bool = False,
) -> Case:
    """A case of mini_batches(X, Y, size, seed), with X of the shape ``examples``."""
    draws: dict[str, Draw] = {"X": Normal(examples), "Y": Integers(examples[:1], 6)}
    return Case(name, points, (Drawn("X"), Drawn("Y"), size, seed), draws, public)


XAVIER_UNIFORM = Exercise(
    name="xavier_uniform",
    points=4,
    returns=("W",),
    cases=(
        xavier_case("a dense layer", 0.5, (4, 3), 1, public=True),
        xavier_case("filters of 3 × 3", 0.5, (3, 3, 2, 4), 1, public=True),
        xavier_case("more outputs than inputs", 0.5, (2, 7), 5),
        xavier_case("many inputs, two outputs", 0.5, (30, 2), 11),
        xavier_case("filters of 5 × 5", 1, (5, 5, 3, 8), 2),
        xavier_case("filters of one pixel", 0.5, (1, 1, 3, 2), 7),
        xavier_case("one channel, six filters, seed 0", 0.5, (2, 2, 1, 6), 0),
    ),
)

SOFTMAX_CROSS_ENTROPY = Exercise(
    name="softmax_cross_entropy",
    points=8,
    returns=("cost", "dZ"),
    cases=(
        cross_entropy_case("four examples, six classes", 1, 4, 6, public=True),
        cross_entropy_case("one example", 1, 1, 5),
        cross_entropy_case("two classes", 1, 6, 2),
        cross_entropy_case("logits around 1000", 1, 4, 5, offset=1000),
        cross_entropy_case("logits around −1000", 1, 5, 3, offset=-1000),
        cross_entropy_case("logits from −1000 to 1000", 1, 5, 4, scale=1000),
        cross_entropy_case(NO_LOOPS, 2, 16, 6, same_lines_as="four examples, six classes"),
    ),
)

ADAM_STEP = Exercise(
    name="adam_step",
    points=4,
    returns=("parameters", "m", "v"),
    cases=(
        adam_case("the first step", 0.5, {"W": (3, 4), "b": (1, 4)}, 1, first=True, public=True),
        adam_case("step 7", 1, {"W1": (2, 2, 3, 2), "b1": (1, 1, 1, 2), "W2": (4, 3)}, 7),
        adam_case(
            "the first step, other rates",
            0.5,
            {"W": (2, 5), "b": (1, 5)},
            1,
            0.05,
            0.8,
            0.95,
            1e-6,
            first=True,
        ),
        adam_case("step 20, other rates", 1, {"W": (3, 2), "b": (1, 2)}, 20, 0.01, 0.7, 0.9),
        adam_case("tiny gradients", 0.5, {"W": (4, 2)}, 3, gradient=1e-7),
        adam_case("a large ε", 0.5, {"W": (2, 3), "b": (1, 3)}, 2, 0.01, 0.9, 0.999, 0.5),
    ),
)

MINI_BATCHES = Exercise(
    name="mini_batches",
    points=3,
    returns=("batches",),
    cases=(
        batches_case("seven examples, three at a time", 0.5, (7, 2, 3, 1), 3, 1, public=True),
        batches_case("a size that divides the number of examples", 0.5, (8, 2, 2, 3), 4, 2),
        batches_case("a size larger than the number of examples", 0.5, (5, 3, 2, 1), 9, 3),
        batches_case("one example at a time", 0.5, (4, 2, 1, 2), 1, 4),
        batches_case("the last mini-batch smaller, seed 0", 0.5, (10, 3, 2, 2), 4, 0),
        batches_case("rows of a matrix", 0.5, (9, 4), 2, 17),
    ),
)
