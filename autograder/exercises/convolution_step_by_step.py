"""Assignment 1: convolution and pooling, forward and backward, with explicit loops in NumPy.

Shapes are NHWC. The public cases are the published seeded runs. The hidden ones cover what those
leave out: height unlike width, strides 1 to 3, pads 0 to 2, filters of 1 to 5, a stride that does
not divide the size, one image, one channel, both pooling modes, and negative inputs. They are
small, because students' loops are slow and every submission runs them twice.
"""

from __future__ import annotations

from autograder.exercises.declaration import Assignment, Case, Computed, Drawn, Exercise
from autograder.exercises.layer_cases import (
    conv_backward_case,
    conv_forward_case,
    conv_single_step_case,
    convolution_draws,
    distribute_case,
    mask_case,
    pool_backward_case,
    pool_forward_case,
    zero_pad_case,
)

ZERO_PAD = Exercise(
    name="zero_pad",
    points=5,
    returns=("X_pad",),
    cases=(
        zero_pad_case("published run: square images, pad 2", 1, (4, 3, 3, 2), pad=2, public=True),
        zero_pad_case("wide images, pad 1", 1, (2, 3, 5, 2), pad=1),
        zero_pad_case("tall images, pad 2", 1, (3, 5, 2, 3), pad=2),
        zero_pad_case("one image, one channel, pad 1", 0.5, (1, 4, 3, 1), pad=1),
        zero_pad_case("pad 0 leaves the images as they are", 0.5, (2, 4, 3, 2), pad=0),
        zero_pad_case("negative numbers, pad 2", 1, (2, 2, 4, 2), pad=2, negative=True),
    ),
)

CONV_SINGLE_STEP = Exercise(
    name="conv_single_step",
    points=5,
    returns=("Z",),
    cases=(
        conv_single_step_case("published run: f = 4, three channels", (4, 4, 3), public=True),
        conv_single_step_case("f = 2, five channels", (2, 2, 5)),
        conv_single_step_case("f = 1, one channel", (1, 1, 1)),
        conv_single_step_case("f = 3, negative inputs", (3, 3, 2), negative=True),
        conv_single_step_case("f = 5, one channel", (5, 5, 1)),
    ),
)

CONV_FORWARD = Exercise(
    name="conv_forward",
    points=20,
    returns=("Z", "cache"),
    uses=("zero_pad", "conv_single_step"),
    cases=(
        conv_forward_case(
            "published run: pad 2, stride 2",
            2,
            (10, 4, 4, 3),
            filters=8,
            f=2,
            stride=2,
            pad=2,
            public=True,
        ),
        conv_forward_case(
            "published run: pad 2, stride 1",
            2,
            (10, 4, 4, 3),
            filters=8,
            f=2,
            stride=1,
            pad=2,
            public=True,
        ),
        conv_forward_case(
            "wide images, no padding, stride 1", 2, (2, 4, 6, 2), filters=3, f=3, stride=1, pad=0
        ),
        conv_forward_case(
            "stride 2 that does not divide the size, pad 1",
            2,
            (2, 5, 6, 3),
            filters=2,
            f=2,
            stride=2,
            pad=1,
        ),
        conv_forward_case(
            "tall images, stride 3, pad 2", 2, (2, 7, 4, 2), filters=2, f=3, stride=3, pad=2
        ),
        conv_forward_case("filters of one pixel", 2, (2, 3, 4, 3), filters=2, f=1, stride=1, pad=0),
        conv_forward_case(
            "filters of 5 × 5, pad 2", 2, (1, 6, 4, 2), filters=2, f=5, stride=1, pad=2
        ),
        conv_forward_case(
            "one image, one channel, one filter", 2, (1, 5, 4, 1), filters=1, f=3, stride=2, pad=1
        ),
        conv_forward_case(
            "filters of 4 × 4, stride 1, pad 1", 2, (1, 4, 5, 2), filters=3, f=4, stride=1, pad=1
        ),
        conv_forward_case(
            "negative inputs, no padding, stride 2",
            2,
            (2, 5, 7, 2),
            filters=2,
            f=2,
            stride=2,
            pad=0,
            negative=True,
        ),
    ),
)

POOL_FORWARD = Exercise(
    name="pool_forward",
    points=15,
    returns=("A", "cache"),
    cases=(
        pool_forward_case("published run: max", (2, 4, 4, 3), f=3, stride=2, public=True),
        pool_forward_case(
            "published run: average", (2, 4, 4, 3), f=3, stride=2, mode="average", public=True
        ),
        pool_forward_case(
            "max, overlapping windows of wide images", (2, 4, 6, 2), f=3, stride=1, mode="max"
        ),
        pool_forward_case(
            "average, overlapping windows of tall images",
            (2, 6, 4, 2),
            f=3,
            stride=1,
            mode="average",
        ),
        pool_forward_case("max when no mode is given, stride 2", (2, 6, 4, 3), f=2, stride=2),
        pool_forward_case(
            "average, stride 3 that does not divide the size",
            (2, 7, 9, 2),
            f=2,
            stride=3,
            mode="average",
        ),
        pool_forward_case(
            "max of negative inputs", (2, 4, 5, 2), f=2, stride=1, mode="max", negative=True
        ),
        pool_forward_case("max, one image, one channel", (1, 6, 8, 1), f=4, stride=2, mode="max"),
        pool_forward_case(
            "average, windows of one pixel, stride 2", (2, 5, 4, 2), f=1, stride=2, mode="average"
        ),
        pool_forward_case(
            "max, windows of 5 × 5, stride 3", (1, 8, 11, 2), f=5, stride=3, mode="max"
        ),
    ),
)

_PUBLISHED_CONVOLUTION = (
    Drawn("A_prev"),
    Drawn("W"),
    Drawn("b"),
    {"stride": 2, "pad": 2},
)

CONV_BACKWARD = Exercise(
    name="conv_backward",
    points=25,
    returns=("dA_prev", "dW", "db"),
    uses=("zero_pad",),
    cases=(
        Case(
            name="published run: pad 2, stride 2",
            points=1,
            draws=convolution_draws((10, 4, 4, 3), 8, 2, negative=False),
            arguments=(
                Computed("conv_forward", _PUBLISHED_CONVOLUTION, part=0),
                _PUBLISHED_CONVOLUTION,
            ),
            public=True,
        ),
        conv_backward_case("no padding, stride 1", (2, 4, 5, 2), filters=2, f=2, stride=1, pad=0),
        conv_backward_case(
            "wide images, pad 1, stride 1", (2, 3, 5, 2), filters=3, f=3, stride=1, pad=1
        ),
        conv_backward_case(
            "stride 2 that does not divide the size, pad 1",
            (2, 6, 5, 3),
            filters=2,
            f=3,
            stride=2,
            pad=1,
        ),
        conv_backward_case(
            "tall images, stride 3, pad 2", (2, 7, 4, 2), filters=2, f=3, stride=3, pad=2
        ),
        conv_backward_case("filters of one pixel", (2, 3, 4, 3), filters=2, f=1, stride=1, pad=0),
        conv_backward_case(
            "filters of 5 × 5, pad 2", (1, 5, 4, 2), filters=2, f=5, stride=1, pad=2
        ),
        conv_backward_case(
            "one image, one channel, one filter", (1, 4, 5, 1), filters=1, f=4, stride=1, pad=1
        ),
        conv_backward_case(
            "negative inputs, no padding, stride 2",
            (3, 5, 7, 2),
            filters=2,
            f=2,
            stride=2,
            pad=0,
            negative=True,
        ),
    ),
)

CREATE_MASK_FROM_WINDOW = Exercise(
    name="create_mask_from_window",
    points=5,
    returns=("mask",),
    cases=(
        mask_case("published run: a window of 2 × 3", (2, 3), public=True),
        mask_case("a window of 3 × 3", (3, 3)),
        mask_case("a window of negative numbers", (2, 2), negative=True),
        mask_case("a window of 5 × 5 negative numbers", (5, 5), points=0.5, negative=True),
        mask_case("a window of 3 × 4 positive numbers", (3, 4), points=0.5, positive=True),
        mask_case("a window of one number", (1, 1)),
    ),
)

DISTRIBUTE_VALUE = Exercise(
    name="distribute_value",
    points=5,
    returns=("a",),
    cases=(
        Case("published run: 2 over 2 × 2", points=1, arguments=(2, (2, 2)), public=True),
        distribute_case("over a wide window", (2, 5)),
        distribute_case("over a tall window", (4, 3)),
        distribute_case("a negative gradient over 3 × 3", (3, 3), negative=True),
        distribute_case("over a window of one number", (1, 1)),
    ),
)

POOL_BACKWARD = Exercise(
    name="pool_backward",
    points=20,
    returns=("dA_prev",),
    uses=("create_mask_from_window", "distribute_value"),
    cases=(
        pool_backward_case(
            "published run: max", 1, (5, 5, 3, 2), f=2, stride=1, mode="max", public=True
        ),
        pool_backward_case(
            "published run: average", 1, (5, 5, 3, 2), f=2, stride=1, mode="average", public=True
        ),
        pool_backward_case("max when no mode is given, stride 2", 3, (2, 4, 6, 2), f=2, stride=2),
        pool_backward_case(
            "average, stride 2, tall images", 3, (2, 7, 5, 2), f=3, stride=2, mode="average"
        ),
        pool_backward_case(
            "max, overlapping windows of negative inputs",
            3,
            (2, 4, 5, 2),
            f=3,
            stride=1,
            mode="max",
            negative=True,
        ),
        pool_backward_case(
            "average, stride 3 that does not divide the size",
            2,
            (2, 6, 9, 2),
            f=2,
            stride=3,
            mode="average",
        ),
        pool_backward_case(
            "average, windows of one pixel, stride 2",
            1,
            (2, 5, 4, 2),
            f=1,
            stride=2,
            mode="average",
        ),
        pool_backward_case(
            "max, one image, one channel", 3, (1, 8, 6, 1), f=4, stride=2, mode="max"
        ),
        pool_backward_case(
            "average, windows of 5 × 5, stride 3", 3, (1, 8, 11, 2), f=5, stride=3, mode="average"
        ),
    ),
)

ASSIGNMENT = Assignment(
    name="convolution_step_by_step",
    exercises=(
        ZERO_PAD,
        CONV_SINGLE_STEP,
        CONV_FORWARD,
        POOL_FORWARD,
        CONV_BACKWARD,
        CREATE_MASK_FROM_WINDOW,
        DISTRIBUTE_VALUE,
        POOL_BACKWARD,
    ),
)
