"""Exercises 1 to 3 of assignment 2: windows, and convolution without loops over them.

Each has a case that no loop over examples or positions passes: one with four times the examples and
twice the height and width of another, in which no more lines of Python may be executed.
"""

from __future__ import annotations

from autograder.exercises.declaration import Case, Drawn, Exercise, Normal
from autograder.exercises.layer_cases import conv_backward_case, conv_forward_case

NO_LOOPS = "no Python loop over examples or positions"


def windows_case(
    name: str,
    points: float,
    images: tuple[int, int, int, int],
    *,
    f: int,
    stride: int,
    negative: bool = False,
    public: bool = False,
    same_lines_as: str = "",
) -> Case:
    """A case of sliding_windows(X, f, stride)."""
    return Case(
        name=name,
        points=points,
        draws={"X": Normal(images, negative)},
        arguments=(Drawn("X"), f, stride),
        public=public,
        same_lines_as=same_lines_as,
    )


SLIDING_WINDOWS = Exercise(
    name="sliding_windows",
    points=5,
    returns=("windows",),
    view=True,
    cases=(
        windows_case("windows of 3 × 3, stride 1", 1, (2, 4, 5, 2), f=3, stride=1, public=True),
        windows_case("stride 2 that does not divide the size", 1, (2, 6, 9, 2), f=3, stride=2),
        windows_case("one picture, one channel, tall, stride 3", 0.5, (1, 8, 5, 1), f=2, stride=3),
        windows_case("windows of one pixel", 0.5, (2, 3, 4, 2), f=1, stride=1),
        windows_case(
            "windows as tall as the pictures, negative numbers",
            1,
            (2, 5, 7, 2),
            f=5,
            stride=1,
            negative=True,
        ),
        windows_case(
            NO_LOOPS,
            1,
            (8, 12, 17, 1),
            f=3,
            stride=2,
            same_lines_as="stride 2 that does not divide the size",
        ),
    ),
)

CONV_FORWARD_FAST = Exercise(
    name="conv_forward_fast",
    points=10,
    returns=("Z", "cache"),
    uses=("sliding_windows",),
    cases=(
        conv_forward_case(
            "wide pictures, filters of 3 × 3, stride 1, pad 1",
            1,
            (2, 4, 6, 3),
            filters=4,
            f=3,
            stride=1,
            pad=1,
            public=True,
        ),
        conv_forward_case(
            "stride 2 that does not divide the size, pad 2",
            1,
            (2, 7, 6, 2),
            filters=3,
            f=3,
            stride=2,
            pad=2,
        ),
        conv_forward_case(
            "tall pictures, stride 3, no padding", 1, (2, 9, 5, 2), filters=3, f=2, stride=3, pad=0
        ),
        conv_forward_case(
            "filters of 5 × 5, pad 2", 1, (2, 5, 6, 2), filters=3, f=5, stride=1, pad=2
        ),
        conv_forward_case(
            "one picture, one channel, one filter", 1, (1, 6, 5, 1), filters=1, f=4, stride=1, pad=1
        ),
        conv_forward_case(
            "filters of one pixel, pad 1", 0.5, (2, 3, 4, 3), filters=2, f=1, stride=1, pad=1
        ),
        conv_forward_case(
            "more channels than filters, no padding",
            0.5,
            (2, 5, 4, 5),
            filters=2,
            f=2,
            stride=1,
            pad=0,
        ),
        conv_forward_case(
            "negative inputs, stride 2, pad 1",
            1,
            (3, 4, 9, 2),
            filters=2,
            f=2,
            stride=2,
            pad=1,
            negative=True,
        ),
        conv_forward_case(
            NO_LOOPS,
            3,
            (8, 14, 12, 2),
            filters=3,
            f=3,
            stride=2,
            pad=2,
            same_lines_as="stride 2 that does not divide the size, pad 2",
        ),
    ),
)

CONV_BACKWARD_FAST = Exercise(
    name="conv_backward_fast",
    points=15,
    returns=("dA_prev", "dW", "db"),
    uses=("sliding_windows",),
    cases=(
        conv_backward_case(
            "wide pictures, filters of 3 × 3, stride 1, pad 1",
            (2, 4, 6, 3),
            points=1,
            filters=4,
            f=3,
            stride=1,
            pad=1,
            public=True,
        ),
        conv_backward_case(
            "stride 2 that does not divide the size, pad 1",
            (2, 6, 5, 2),
            points=2,
            filters=3,
            f=3,
            stride=2,
            pad=1,
        ),
        conv_backward_case(
            "tall pictures, stride 3, no padding",
            (2, 8, 5, 2),
            points=2,
            filters=3,
            f=3,
            stride=3,
            pad=0,
        ),
        conv_backward_case(
            "filters of 5 × 5, pad 2", (2, 5, 4, 2), points=2, filters=3, f=5, stride=1, pad=2
        ),
        conv_backward_case(
            "one picture, one channel, one filter",
            (1, 5, 6, 1),
            points=1,
            filters=1,
            f=4,
            stride=1,
            pad=1,
        ),
        conv_backward_case(
            "filters of one pixel, stride 2",
            (2, 5, 4, 3),
            points=1,
            filters=2,
            f=1,
            stride=2,
            pad=0,
        ),
        conv_backward_case(
            "more channels than filters, no padding",
            (2, 4, 5, 4),
            points=1,
            filters=2,
            f=2,
            stride=1,
            pad=0,
        ),
        conv_backward_case(
            "negative inputs, stride 2, pad 2",
            (3, 3, 7, 2),
            points=1,
            filters=2,
            f=4,
            stride=2,
            pad=2,
            negative=True,
        ),
        conv_backward_case(
            NO_LOOPS,
            (8, 12, 11, 2),
            points=4,
            filters=3,
            f=3,
            stride=2,
            pad=1,
            same_lines_as="stride 2 that does not divide the size, pad 1",
        ),
    ),
)
