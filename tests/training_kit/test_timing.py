"""The layers with loops that are timed are right, and every layer is timed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.reference import convnet_in_numpy as reference
from autograder.training_kit import FastLayers, loops, time_layers
from autograder.training_kit.brief_runs import CHECKING_VARIABLE, GRADING_VARIABLE

FAST = FastLayers(
    reference.conv_forward_fast,
    reference.conv_backward_fast,
    reference.pool_forward_fast,
    reference.pool_backward_fast,
)
SIZES = st.tuples(
    st.integers(1, 3), st.integers(4, 7), st.integers(4, 7), st.integers(1, 3), st.integers(1, 3)
)


def draw(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(shape)


@given(SIZES, st.integers(1, 4), st.integers(1, 3), st.integers(0, 2))
@settings(max_examples=30, deadline=None)
def test_convolution_with_loops(sizes: tuple[int, ...], f: int, stride: int, pad: int) -> None:
    m, n_H, n_W, n_C, filters = sizes
    given_ = (draw(1, m, n_H, n_W, n_C), draw(2, f, f, n_C, filters), draw(3, 1, 1, 1, filters))
    hparameters = {"stride": stride, "pad": pad}
    slow, cache = loops.conv_forward_loops(*given_, hparameters)
    np.testing.assert_allclose(slow, FAST.conv_forward_fast(*given_, hparameters)[0], atol=1e-12)
    dZ = draw(4, *slow.shape)
    both = loops.conv_backward_loops(dZ, cache), FAST.conv_backward_fast(dZ, cache)
    for found, expected in zip(*both, strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-12)


@given(SIZES, st.integers(1, 4), st.integers(1, 3))
@settings(max_examples=30, deadline=None)
def test_pooling_with_loops(sizes: tuple[int, ...], f: int, stride: int) -> None:
    A_prev, hparameters = draw(1, *sizes[:4]), {"f": f, "stride": stride}
    slow, cache = loops.pool_forward_loops(A_prev, hparameters)
    np.testing.assert_array_equal(slow, FAST.pool_forward_fast(A_prev, hparameters)[0])
    dA = draw(2, *slow.shape)
    found, expected = loops.pool_backward_loops(dA, cache), FAST.pool_backward_fast(dA, cache)
    np.testing.assert_allclose(found, expected, atol=1e-12)


@pytest.mark.parametrize("variable", [GRADING_VARIABLE, CHECKING_VARIABLE])
def test_every_layer_is_timed(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, "1")
    found = time_layers(FAST)
    assert list(found.by_layer) == [
        "conv_forward",
        "conv_backward",
        "pool_forward",
        "pool_backward",
    ]
    assert all(seconds > 0 for both in found.by_layer.values() for seconds in both)
    assert [count for count, _, _ in found.growth] == [1]
