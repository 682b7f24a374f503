"""Builders of cases for convolution and pooling layers: what is drawn, and in what order.

Shapes are NHWC; ``images`` is the shape (m, n_H, n_W, n_C) of a batch. Both assignments use them:
their layers are called alike.
"""

from __future__ import annotations

from autograder.exercises.declaration import Case, Drawn, Normal


def convolution_draws(
    images: tuple[int, int, int, int], filters: int, f: int, negative: bool
) -> dict[str, Normal]:
    """A_prev of shape ``images``, W (f, f, n_C_prev, filters) and b (1, 1, 1, filters)."""
    return {
        "A_prev": Normal(images, negative),
        "W": Normal((f, f, images[3], filters)),
        "b": Normal((1, 1, 1, filters)),
    }


def conv_forward_case(
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
    same_lines_as: str = "",
) -> Case:
    """A case of conv_forward(A_prev, W, b, {"stride", "pad"}): so many filters of size ``f``."""
    hparameters = {"stride": stride, "pad": pad}
    return Case(
        name=name,
        points=points,
        draws=convolution_draws(images, filters, f, negative),
        arguments=(Drawn("A_prev"), Drawn("W"), Drawn("b"), hparameters),
        public=public,
        same_lines_as=same_lines_as,
    )


def conv_backward_case(
    name: str,
    images: tuple[int, int, int, int],
    *,
    filters: int,
    f: int,
    stride: int,
    pad: int,
    points: float = 3,
    negative: bool = False,
    public: bool = False,
    same_lines_as: str = "",
) -> Case:
    """A case of conv_backward(dZ, (A_prev, W, b, {"stride", "pad"})), dZ shaped as the output."""
    n_H, n_W = ((size + 2 * pad - f) // stride + 1 for size in images[1:3])
    hparameters = {"stride": stride, "pad": pad}
    return Case(
        name=name,
        points=points,
        draws={
            **convolution_draws(images, filters, f, negative),
            "dZ": Normal((images[0], n_H, n_W, filters)),
        },
        arguments=(Drawn("dZ"), (Drawn("A_prev"), Drawn("W"), Drawn("b"), hparameters)),
        public=public,
        same_lines_as=same_lines_as,
    )


def _given(mode: str | None) -> tuple[str, ...]:
    """Without a mode, pooling is called without one: its default must be "max"."""
    return () if mode is None else (mode,)


def pool_forward_case(
    name: str,
    images: tuple[int, int, int, int],
    *,
    f: int,
    stride: int,
    mode: str | None = None,
    points: float = 1.5,
    negative: bool = False,
    public: bool = False,
    same_lines_as: str = "",
) -> Case:
    """A case of pool_forward(A_prev, {"f", "stride"}), with ``mode`` if it is given."""
    return Case(
        name=name,
        points=points,
        draws={"A_prev": Normal(images, negative)},
        arguments=(Drawn("A_prev"), {"f": f, "stride": stride}, *_given(mode)),
        public=public,
        same_lines_as=same_lines_as,
    )


def pool_backward_case(
    name: str,
    points: float,
    images: tuple[int, int, int, int],
    *,
    f: int,
    stride: int,
    mode: str | None = None,
    negative: bool = False,
    public: bool = False,
    same_lines_as: str = "",
) -> Case:
    """A case of pool_backward(dA, (A_prev, {"f", "stride"})), with ``mode`` if it is given."""
    m, n_H_prev, n_W_prev, n_C = images
    n_H, n_W = ((size - f) // stride + 1 for size in (n_H_prev, n_W_prev))
    return Case(
        name=name,
        points=points,
        draws={"A_prev": Normal(images, negative), "dA": Normal((m, n_H, n_W, n_C))},
        arguments=(Drawn("dA"), (Drawn("A_prev"), {"f": f, "stride": stride}), *_given(mode)),
        public=public,
        same_lines_as=same_lines_as,
    )


def zero_pad_case(
    name: str,
    points: float,
    images: tuple[int, int, int, int],
    *,
    pad: int,
    negative: bool = False,
    public: bool = False,
) -> Case:
    """A case of zero_pad(X, pad)."""
    return Case(
        name=name,
        points=points,
        draws={"X": Normal(images, negative)},
        arguments=(Drawn("X"), pad),
        public=public,
    )


def conv_single_step_case(
    name: str, shape: tuple[int, int, int], *, negative: bool = False, public: bool = False
) -> Case:
    """A case of conv_single_step(a_slice_prev, W, b); ``shape`` is (f, f, n_C_prev)."""
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


def mask_case(
    name: str,
    shape: tuple[int, int],
    *,
    points: float = 1,
    negative: bool = False,
    positive: bool = False,
    public: bool = False,
) -> Case:
    """A case of create_mask_from_window(x) with x of ``shape``."""
    return Case(
        name=name,
        points=points,
        draws={"x": Normal(shape, negative, positive)},
        arguments=(Drawn("x"),),
        public=public,
    )


def distribute_case(name: str, shape: tuple[int, int], *, negative: bool = False) -> Case:
    """A case of distribute_value(dz, shape) with one random number dz."""
    return Case(
        name=name,
        points=1,
        draws={"dz": Normal((), negative)},
        arguments=(Drawn("dz"), shape),
    )
