"""Exercises 6 to 11 of assignment 2: ReLU, flattening and dense layers, forward and backward."""

from __future__ import annotations

from math import prod

from autograder.exercises.declaration import Case, Computed, Drawn, Exercise, Normal

NO_LOOPS = "no Python loop over examples or positions"
NO_LOOPS_OVER_UNITS = "no Python loop over examples or units"


def relu_case(
    name: str,
    points: float,
    draw: Normal,
    *,
    public: bool = False,
    same_lines_as: str = "",
) -> Case:
    """A case of relu(Z)."""
    return Case(name, points, (Drawn("Z"),), {"Z": draw}, public, same_lines_as)


def relu_backward_case(
    name: str,
    points: float,
    draw: Normal,
    *,
    with_zeros: bool = False,
    public: bool = False,
    same_lines_as: str = "",
) -> Case:
    """A case of relu_backward(dA, Z); ``with_zeros`` puts 0 where Z was negative."""
    Z = Computed("relu", (Drawn("Z"),), part=0) if with_zeros else Drawn("Z")
    draws = {"Z": draw, "dA": Normal(draw.shape)}
    return Case(name, points, (Drawn("dA"), Z), draws, public, same_lines_as)


def flatten_case(
    name: str, points: float, images: tuple[int, int, int, int], *, public: bool = False
) -> Case:
    """A case of flatten(A)."""
    return Case(name, points, (Drawn("A"),), {"A": Normal(images)}, public)


def flatten_backward_case(
    name: str, points: float, images: tuple[int, int, int, int], *, public: bool = False
) -> Case:
    """A case of flatten_backward(dF, shape)."""
    draws = {"dF": Normal((images[0], prod(images[1:])))}
    return Case(name, points, (Drawn("dF"), images), draws, public)


def dense_forward_case(
    name: str,
    points: float,
    m: int,
    n: int,
    k: int,
    *,
    negative: bool = False,
    public: bool = False,
    same_lines_as: str = "",
) -> Case:
    """A case of dense_forward(A_prev, W, b): m examples of n numbers, k units."""
    draws = {"A_prev": Normal((m, n), negative), "W": Normal((n, k)), "b": Normal((1, k))}
    arguments = (Drawn("A_prev"), Drawn("W"), Drawn("b"))
    return Case(name, points, arguments, draws, public, same_lines_as)


def dense_backward_case(
    name: str,
    points: float,
    m: int,
    n: int,
    k: int,
    *,
    negative: bool = False,
    public: bool = False,
    same_lines_as: str = "",
) -> Case:
    """A case of dense_backward(dZ, (A_prev, W, b)): m examples of n numbers, k units."""
    draws = {
        "A_prev": Normal((m, n)),
        "W": Normal((n, k)),
        "b": Normal((1, k)),
        "dZ": Normal((m, k), negative),
    }
    arguments = (Drawn("dZ"), (Drawn("A_prev"), Drawn("W"), Drawn("b")))
    return Case(name, points, arguments, draws, public, same_lines_as)


RELU = Exercise(
    name="relu",
    points=2,
    returns=("A", "cache"),
    cases=(
        relu_case("a batch of pictures", 0.5, Normal((2, 4, 5, 3)), public=True),
        relu_case("a matrix", 0.25, Normal((3, 5))),
        relu_case("negative numbers only", 0.25, Normal((2, 3, 2, 2), negative=True)),
        relu_case("one example, one number", 0.25, Normal((1, 1), positive=True)),
        relu_case("numbers in the thousands", 0.25, Normal((2, 7), scale=1000)),
        relu_case(NO_LOOPS, 0.5, Normal((8, 8, 10, 3)), same_lines_as="a batch of pictures"),
    ),
)

RELU_BACKWARD = Exercise(
    name="relu_backward",
    points=3,
    returns=("dZ",),
    cases=(
        relu_backward_case("a batch of pictures", 0.5, Normal((2, 4, 5, 3)), public=True),
        relu_backward_case("a matrix", 0.5, Normal((3, 5))),
        relu_backward_case("no gradient where Z is 0", 0.5, Normal((2, 3, 4, 2)), with_zeros=True),
        relu_backward_case("negative numbers only", 0.25, Normal((2, 3, 2, 2), negative=True)),
        relu_backward_case("small positive numbers", 0.25, Normal((4, 3), False, True, scale=0.01)),
        relu_backward_case(NO_LOOPS, 1, Normal((8, 8, 10, 3)), same_lines_as="a batch of pictures"),
    ),
)

FLATTEN = Exercise(
    name="flatten",
    points=2,
    returns=("F", "cache"),
    cases=(
        flatten_case("two pictures of 3 × 4", 0.5, (2, 3, 4, 2), public=True),
        flatten_case("one picture", 0.25, (1, 4, 3, 2)),
        flatten_case("one channel, tall pictures", 0.25, (3, 5, 2, 1)),
        flatten_case("wide pictures", 0.5, (3, 2, 5, 4)),
        flatten_case("more pictures than numbers in each", 0.5, (7, 1, 2, 2)),
    ),
)

FLATTEN_BACKWARD = Exercise(
    name="flatten_backward",
    points=2,
    returns=("dA",),
    cases=(
        flatten_backward_case("two pictures of 3 × 4", 0.5, (2, 3, 4, 2), public=True),
        flatten_backward_case("one picture", 0.25, (1, 4, 3, 2)),
        flatten_backward_case("one channel, tall pictures", 0.25, (3, 5, 2, 1)),
        flatten_backward_case("wide pictures", 0.5, (3, 2, 5, 4)),
        flatten_backward_case("more pictures than numbers in each", 0.5, (7, 1, 2, 2)),
    ),
)

DENSE_FORWARD = Exercise(
    name="dense_forward",
    points=4,
    returns=("Z", "cache"),
    cases=(
        dense_forward_case("three examples, two units", 1, 3, 4, 2, public=True),
        dense_forward_case("one example", 0.5, 1, 5, 3),
        dense_forward_case("one unit", 0.5, 4, 3, 1),
        dense_forward_case("more units than numbers", 0.5, 2, 3, 7),
        dense_forward_case("negative inputs", 0.5, 5, 2, 3, negative=True),
        dense_forward_case(
            NO_LOOPS_OVER_UNITS, 1, 12, 8, 4, same_lines_as="three examples, two units"
        ),
    ),
)

DENSE_BACKWARD = Exercise(
    name="dense_backward",
    points=6,
    returns=("dA_prev", "dW", "db"),
    cases=(
        dense_backward_case("three examples, two units", 1, 3, 4, 2, public=True),
        dense_backward_case("one example", 0.5, 1, 5, 3),
        dense_backward_case("one unit", 0.5, 4, 3, 1),
        dense_backward_case("more units than numbers", 1, 2, 3, 7),
        dense_backward_case("negative gradients", 1, 5, 2, 3, negative=True),
        dense_backward_case(
            NO_LOOPS_OVER_UNITS, 2, 12, 8, 4, same_lines_as="three examples, two units"
        ),
    ),
)
