"""Assignment 1: convolution and pooling, forward and backward, with explicit loops in NumPy.

Shapes are NHWC. The public cases are the published seeded runs. The hidden ones cover what those
leave out: height unlike width, strides 1 to 3, pads 0 to 2, filters of 1 to 5, a stride that does
not divide the size, one image, one channel, both pooling modes, and negative inputs. They are
small, because students' loops are slow and every submission runs them twice.
"""

from __future__ import annotations

from autograder.exercises.declaration import Assignment, Case, Computed, Drawn, Exercise, Normal


def _convolution_draws(
    images: tuple[int, int, int, int], filters: int, f: int, negative: bool
) -> dict[str, Normal]:
    """A_prev of shape ``images``, W (f, f, n_C_prev, filters) and b (1, 1, 1, filters)."""
    return {
        "A_prev": Normal(images, negative),
        "W": Normal((f, f, images[3], filters)),
        "b": Normal((1, 1, 1, filters)),
    }


def _conv_forward(
    name: str,
    points: float,
    images: tuple[int, int, int, int],
    *,
    filters: int,
    f: int,
    stride: int,
    pad: int,
    negative: bool = False,
    public: bool = False,
) -> Case:
    hparameters = {"stride": stride, "pad": pad}
    return Case(
        name=name,
        points=points,
        draws=_convolution_draws(images, filters, f, negative),
        arguments=(Drawn("A_prev"), Drawn("W"), Drawn("b"), hparameters),
        public=public,
    )


def _conv_backward(
    name: str,
    images: tuple[int, int, int, int],
    *,
    filters: int,
    f: int,
    stride: int,
    pad: int,
    negative: bool = False,
) -> Case:
    n_H, n_W = ((size + 2 * pad - f) // stride + 1 for size in images[1:3])
    hparameters = {"stride": stride, "pad": pad}
    return Case(
        name=name,
        points=3,
        draws={
            **_convolution_draws(images, filters, f, negative),
            "dZ": Normal((images[0], n_H, n_W, filters)),
        },
        arguments=(Drawn("dZ"), (Drawn("A_prev"), Drawn("W"), Drawn("b"), hparameters)),
    )


def _given(mode: str | None) -> tuple[str, ...]:
    """Without a mode, pooling is called without one: its default must be "max"."""
    return () if mode is None else (mode,)


def _pool_forward(
    name: str,
    images: tuple[int, int, int, int],
    *,
    f: int,
    stride: int,
    mode: str | None = None,
    negative: bool = False,
    public: bool = False,
) -> Case:
    return Case(
        name=name,
        points=1.5,
        draws={"A_prev": Normal(images, negative)},
        arguments=(Drawn("A_prev"), {"f": f, "stride": stride}, *_given(mode)),
        public=public,
    )


def _pool_backward(
    name: str,
    points: float,
    images: tuple[int, int, int, int],
    *,
    f: int,
    stride: int,
    mode: str | None = None,
    negative: bool = False,
    public: bool = False,
) -> Case:
    m, n_H_prev, n_W_prev, n_C = images
    n_H, n_W = ((size - f) // stride + 1 for size in (n_H_prev, n_W_prev))
    return Case(
        name=name,
        points=points,
        draws={"A_prev": Normal(images, negative), "dA": Normal((m, n_H, n_W, n_C))},
        arguments=(Drawn("dA"), (Drawn("A_prev"), {"f": f, "stride": stride}), *_given(mode)),
        public=public,
    )


def _zero_pad(
    name: str,
    points: float,
    images: tuple[int, int, int, int],
    *,
    pad: int,
    negative: bool = False,
    public: bool = False,
) -> Case:
    return Case(
        name=name,
        points=points,
        draws={"X": Normal(images, negative)},
        arguments=(Drawn("X"), pad),
        public=public,
    )


def _conv_single_step(
    name: str, shape: tuple[int, int, int], *, negative: bool = False, public: bool = False
) -> Case:
    return Case(
        name=name,
        points=1,
        draws={
            "a_slice_prev": Normal(shape, negative),
            "W": Normal(shape),
            "b": Normal((1, 1, 1)),
        },
        arguments=(Drawn("a_slice_prev"), Drawn("W"), Drawn("b")),
        public=public,
    )


def _create_mask(
    name: str, shape: tuple[int, int], *, negative: bool = False, public: bool = False
) -> Case:
    return Case(
        name=name,
        points=1,
        draws={"x": Normal(shape, negative)},
        arguments=(Drawn("x"),),
        public=public,
    )


def _distribute(name: str, shape: tuple[int, int], *, negative: bool = False) -> Case:
    return Case(
        name=name,
        points=1,
        draws={"dz": Normal((), negative)},
        arguments=(Drawn("dz"), shape),
    )


ZERO_PAD = Exercise(
    name="zero_pad",
    points=5,
    returns=("X_pad",),
    cases=(
        _zero_pad("published run: square images, pad 2", 1, (4, 3, 3, 2), pad=2, public=True),
        _zero_pad("wide images, pad 1", 1, (2, 3, 5, 2), pad=1),
        _zero_pad("tall images, pad 2", 1, (3, 5, 2, 3), pad=2),
        _zero_pad("one image, one channel, pad 1", 0.5, (1, 4, 3, 1), pad=1),
        _zero_pad("pad 0 leaves the images as they are", 0.5, (2, 4, 3, 2), pad=0),
        _zero_pad("negative numbers, pad 2", 1, (2, 2, 4, 2), pad=2, negative=True),
    ),
)

CONV_SINGLE_STEP = Exercise(
    name="conv_single_step",
    points=5,
    returns=("Z",),
    cases=(
        _conv_single_step("published run: f = 4, three channels", (4, 4, 3), public=True),
        _conv_single_step("f = 2, five channels", (2, 2, 5)),
        _conv_single_step("f = 1, one channel", (1, 1, 1)),
        _conv_single_step("f = 3, negative inputs", (3, 3, 2), negative=True),
        _conv_single_step("f = 5, one channel", (5, 5, 1)),
    ),
)

CONV_FORWARD = Exercise(
    name="conv_forward",
    points=20,
    returns=("Z", "cache"),
    cases=(
        _conv_forward(
            "published run: pad 2, stride 2",
            2,
            (10, 4, 4, 3),
            filters=8,
            f=2,
            stride=2,
            pad=2,
            public=True,
        ),
        _conv_forward(
            "published run: pad 2, stride 1",
            2,
            (10, 4, 4, 3),
            filters=8,
            f=2,
            stride=1,
            pad=2,
            public=True,
        ),
        _conv_forward(
            "wide images, no padding, stride 1", 2, (2, 4, 6, 2), filters=3, f=3, stride=1, pad=0
        ),
        _conv_forward(
            "stride 2 that does not divide the size, pad 1",
            2,
            (2, 5, 6, 3),
            filters=2,
            f=2,
            stride=2,
            pad=1,
        ),
        _conv_forward(
            "tall images, stride 3, pad 2", 2, (2, 7, 4, 2), filters=2, f=3, stride=3, pad=2
        ),
        _conv_forward("filters of one pixel", 2, (2, 3, 4, 3), filters=2, f=1, stride=1, pad=0),
        _conv_forward("filters of 5 × 5, pad 2", 2, (1, 6, 4, 2), filters=2, f=5, stride=1, pad=2),
        _conv_forward(
            "one image, one channel, one filter", 2, (1, 5, 4, 1), filters=1, f=3, stride=2, pad=1
        ),
        _conv_forward(
            "filters of 4 × 4, stride 1, pad 1", 2, (1, 4, 5, 2), filters=3, f=4, stride=1, pad=1
        ),
        _conv_forward(
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
        _pool_forward("published run: max", (2, 4, 4, 3), f=3, stride=2, public=True),
        _pool_forward(
            "published run: average", (2, 4, 4, 3), f=3, stride=2, mode="average", public=True
        ),
        _pool_forward(
            "max, overlapping windows of wide images", (2, 4, 6, 2), f=3, stride=1, mode="max"
        ),
        _pool_forward(
            "average, overlapping windows of tall images",
            (2, 6, 4, 2),
            f=3,
            stride=1,
            mode="average",
        ),
        _pool_forward("max when no mode is given, stride 2", (2, 6, 4, 3), f=2, stride=2),
        _pool_forward(
            "average, stride 3 that does not divide the size",
            (2, 7, 9, 2),
            f=2,
            stride=3,
            mode="average",
        ),
        _pool_forward(
            "max of negative inputs", (2, 4, 5, 2), f=2, stride=1, mode="max", negative=True
        ),
        _pool_forward("max, one image, one channel", (1, 6, 8, 1), f=4, stride=2, mode="max"),
        _pool_forward(
            "average, windows of one pixel, stride 2", (2, 5, 4, 2), f=1, stride=2, mode="average"
        ),
        _pool_forward("max, windows of 5 × 5, stride 3", (1, 8, 11, 2), f=5, stride=3, mode="max"),
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
    cases=(
        Case(
            name="published run: pad 2, stride 2",
            points=1,
            draws=_convolution_draws((10, 4, 4, 3), 8, 2, negative=False),
            arguments=(
                Computed("conv_forward", _PUBLISHED_CONVOLUTION, part=0),
                _PUBLISHED_CONVOLUTION,
            ),
            public=True,
        ),
        _conv_backward("no padding, stride 1", (2, 4, 5, 2), filters=2, f=2, stride=1, pad=0),
        _conv_backward(
            "wide images, pad 1, stride 1", (2, 3, 5, 2), filters=3, f=3, stride=1, pad=1
        ),
        _conv_backward(
            "stride 2 that does not divide the size, pad 1",
            (2, 6, 5, 3),
            filters=2,
            f=3,
            stride=2,
            pad=1,
        ),
        _conv_backward(
            "tall images, stride 3, pad 2", (2, 7, 4, 2), filters=2, f=3, stride=3, pad=2
        ),
        _conv_backward("filters of one pixel", (2, 3, 4, 3), filters=2, f=1, stride=1, pad=0),
        _conv_backward("filters of 5 × 5, pad 2", (1, 5, 4, 2), filters=2, f=5, stride=1, pad=2),
        _conv_backward(
            "one image, one channel, one filter", (1, 4, 5, 1), filters=1, f=4, stride=1, pad=1
        ),
        _conv_backward(
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
        _create_mask("published run: a window of 2 × 3", (2, 3), public=True),
        _create_mask("a window of 3 × 3", (3, 3)),
        _create_mask("a window of negative numbers", (2, 2), negative=True),
        _create_mask("a window of 5 × 5 negative numbers", (5, 5), negative=True),
        _create_mask("a window of one number", (1, 1)),
    ),
)

DISTRIBUTE_VALUE = Exercise(
    name="distribute_value",
    points=5,
    returns=("a",),
    cases=(
        Case("published run: 2 over 2 × 2", points=1, arguments=(2, (2, 2)), public=True),
        _distribute("over a wide window", (2, 5)),
        _distribute("over a tall window", (4, 3)),
        _distribute("a negative gradient over 3 × 3", (3, 3), negative=True),
        _distribute("over a window of one number", (1, 1)),
    ),
)

POOL_BACKWARD = Exercise(
    name="pool_backward",
    points=20,
    returns=("dA_prev",),
    cases=(
        _pool_backward(
            "published run: max", 1, (5, 5, 3, 2), f=2, stride=1, mode="max", public=True
        ),
        _pool_backward(
            "published run: average", 1, (5, 5, 3, 2), f=2, stride=1, mode="average", public=True
        ),
        _pool_backward("max when no mode is given, stride 2", 3, (2, 4, 6, 2), f=2, stride=2),
        _pool_backward(
            "average, stride 2, tall images", 3, (2, 7, 5, 2), f=3, stride=2, mode="average"
        ),
        _pool_backward(
            "max, overlapping windows of negative inputs",
            3,
            (2, 4, 5, 2),
            f=3,
            stride=1,
            mode="max",
            negative=True,
        ),
        _pool_backward(
            "average, stride 3 that does not divide the size",
            2,
            (2, 6, 9, 2),
            f=2,
            stride=3,
            mode="average",
        ),
        _pool_backward(
            "average, windows of one pixel, stride 2",
            1,
            (2, 5, 4, 2),
            f=1,
            stride=2,
            mode="average",
        ),
        _pool_backward("max, one image, one channel", 3, (1, 8, 6, 1), f=4, stride=2, mode="max"),
        _pool_backward(
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
