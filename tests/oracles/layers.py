"""Random convolution and pooling layers of every configuration the course asks for (Hypothesis).

Sizes start at the smallest that holds one window, so that height and width differ, and the stride
often leaves a rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracles.brute_force import output_size

Array = NDArray[np.float64]

MOST_EXTRA_PIXELS = 4


@dataclass(frozen=True)
class Convolution:
    """The inputs of a convolution layer, and a gradient ``dZ`` of its output's shape."""

    A_prev: Array
    W: Array
    b: Array
    hparameters: dict[str, int]
    dZ: Array

    @property
    def cache(self) -> tuple[Array, Array, Array, dict[str, int]]:
        """What ``conv_forward`` hands to ``conv_backward``."""
        return self.A_prev, self.W, self.b, self.hparameters


@dataclass(frozen=True)
class Pooling:
    """The input of a pooling layer, without ties, and a gradient ``dA`` of its output's shape."""

    A_prev: Array
    hparameters: dict[str, int]
    mode: str
    dA: Array

    @property
    def cache(self) -> tuple[Array, dict[str, int]]:
        """What ``pool_forward`` hands to ``pool_backward``."""
        return self.A_prev, self.hparameters


_counts = st.integers(1, 3)
_strides = st.integers(1, 3)
_filter_sizes = st.integers(1, 5)
_extra_pixels = st.integers(0, MOST_EXTRA_PIXELS)


@st.composite
def convolutions(draw: st.DrawFn) -> Convolution:
    """A layer with f 1 to 5, stride 1 to 3, pad 0 to 2; one to three images, channels, filters."""
    f, stride, pad = draw(_filter_sizes), draw(_strides), draw(st.integers(0, 2))
    smallest = max(1, f - 2 * pad)
    m, n_C_prev, n_C = draw(_counts), draw(_counts), draw(_counts)
    n_H_prev, n_W_prev = smallest + draw(_extra_pixels), smallest + draw(_extra_pixels)
    n_H, n_W = (output_size(size, f, stride, pad) for size in (n_H_prev, n_W_prev))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return Convolution(
        A_prev=random.standard_normal((m, n_H_prev, n_W_prev, n_C_prev)),
        W=random.standard_normal((f, f, n_C_prev, n_C)),
        b=random.standard_normal((1, 1, 1, n_C)),
        hparameters={"stride": stride, "pad": pad},
        dZ=random.standard_normal((m, n_H, n_W, n_C)),
    )


@st.composite
def poolings(draw: st.DrawFn) -> Pooling:
    """A layer with f 1 to 5, stride 1 to 3, and either mode.

    The entries of A_prev are different whole numbers, half of them negative: a step of less than
    half changes no maximum.
    """
    f, stride = draw(_filter_sizes), draw(_strides)
    shape = (draw(_counts), f + draw(_extra_pixels), f + draw(_extra_pixels), draw(_counts))
    m, n_H_prev, n_W_prev, n_C = shape
    n_H, n_W = (output_size(size, f, stride) for size in (n_H_prev, n_W_prev))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = m * n_H_prev * n_W_prev * n_C
    return Pooling(
        A_prev=random.permutation(np.arange(count) - count // 2).astype(float).reshape(shape),
        hparameters={"f": f, "stride": stride},
        mode=draw(st.sampled_from(["max", "average"])),
        dA=random.standard_normal((m, n_H, n_W, n_C)),
    )


@st.composite
def windows(draw: st.DrawFn) -> Array:
    """A window of (n_H, n_W), 1 to 5 each, of different whole numbers around 0."""
    shape = draw(st.tuples(_filter_sizes, _filter_sizes))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    count = shape[0] * shape[1]
    return random.permutation(np.arange(count) - count // 2).astype(float).reshape(shape)
