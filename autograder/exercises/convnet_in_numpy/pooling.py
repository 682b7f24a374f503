"""Exercises 4 and 5 of assignment 2: pooling without loops over windows, forward and backward."""

from __future__ import annotations

from autograder.exercises.declaration import Exercise
from autograder.exercises.layer_cases import pool_backward_case, pool_forward_case

NO_LOOPS = "no Python loop over examples or positions"

POOL_FORWARD_FAST = Exercise(
    name="pool_forward_fast",
    points=8,
    returns=("A", "cache"),
    uses=("sliding_windows",),
    cases=(
        pool_forward_case("max, stride 2", (2, 6, 8, 3), f=2, stride=2, points=0.5, public=True),
        pool_forward_case(
            "average, stride 2",
            (2, 6, 8, 3),
            f=2,
            stride=2,
            mode="average",
            points=0.5,
            public=True,
        ),
        pool_forward_case(
            "max, overlapping windows of tall pictures",
            (2, 7, 5, 2),
            f=3,
            stride=1,
            mode="max",
            points=1,
        ),
        pool_forward_case(
            "average, overlapping windows, stride 2",
            (2, 6, 8, 2),
            f=3,
            stride=2,
            mode="average",
            points=1,
        ),
        pool_forward_case(
            "max when no mode is given, stride 2 that does not divide the size",
            (2, 7, 6, 2),
            f=2,
            stride=2,
            points=1,
        ),
        pool_forward_case(
            "max of negative inputs, windows of 4 × 4",
            (2, 4, 8, 2),
            f=4,
            stride=4,
            mode="max",
            points=1,
            negative=True,
        ),
        pool_forward_case(
            "average, one picture, one channel, stride 3",
            (1, 8, 11, 1),
            f=5,
            stride=3,
            mode="average",
            points=0.5,
        ),
        pool_forward_case(
            "max, windows of one pixel, stride 3",
            (2, 4, 5, 2),
            f=1,
            stride=3,
            mode="max",
            points=0.5,
        ),
        pool_forward_case(
            NO_LOOPS,
            (8, 14, 12, 2),
            f=2,
            stride=2,
            points=2,
            same_lines_as="max when no mode is given, stride 2 that does not divide the size",
        ),
    ),
)

POOL_BACKWARD_FAST = Exercise(
    name="pool_backward_fast",
    points=10,
    returns=("dA_prev",),
    uses=("sliding_windows",),
    cases=(
        pool_backward_case("max, stride 2", 0.5, (2, 6, 4, 3), f=2, stride=2, public=True),
        pool_backward_case(
            "average, stride 2", 0.5, (2, 6, 4, 3), f=2, stride=2, mode="average", public=True
        ),
        pool_backward_case(
            "max, overlapping windows of wide pictures",
            2,
            (2, 5, 6, 2),
            f=3,
            stride=1,
            mode="max",
        ),
        pool_backward_case(
            "average, overlapping windows, stride 2",
            1.5,
            (2, 6, 8, 2),
            f=3,
            stride=2,
            mode="average",
        ),
        pool_backward_case(
            "max when no mode is given, stride 3 that does not divide the size",
            1.5,
            (2, 8, 7, 2),
            f=2,
            stride=3,
        ),
        pool_backward_case(
            "max of negative inputs, windows of 4 × 4",
            1,
            (2, 4, 8, 2),
            f=4,
            stride=4,
            mode="max",
            negative=True,
        ),
        pool_backward_case(
            "average, one picture, one channel, windows of 5 × 5",
            0.5,
            (1, 7, 6, 1),
            f=5,
            stride=1,
            mode="average",
        ),
        pool_backward_case(
            "max, windows of one pixel, stride 2", 0.5, (2, 5, 4, 2), f=1, stride=2, mode="max"
        ),
        pool_backward_case(
            NO_LOOPS,
            2,
            (8, 10, 12, 2),
            f=3,
            stride=1,
            mode="max",
            same_lines_as="max, overlapping windows of wide pictures",
        ),
    ),
)
