"""ReLU, flattening, dense layers, first weights and the cost, by SciPy and by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as np_st
from numpy.testing import assert_allclose, assert_array_equal
from numpy.typing import NDArray
from scipy.special import log_softmax, softmax

from autograder.reference import convnet_in_numpy as course
from tests.oracles.finite_differences import gradient

Array = NDArray[Any]

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 6)
any_shape = np_st.array_shapes(min_dims=1, max_dims=5, max_side=4)
logits = st.tuples(sizes, st.integers(2, 6)).flatmap(
    lambda shape: np_st.arrays(np.float64, shape, elements=st.floats(-1000, 1000))
)


@given(
    Z=any_shape.flatmap(lambda shape: np_st.arrays(np.float64, shape, elements=st.floats(-9, 9)))
)
def test_relu_and_its_gradient(Z: Array) -> None:
    A, cache = course.relu(Z)
    dA = np.random.default_rng(0).normal(size=Z.shape)
    dZ = course.relu_backward(dA, cache)
    assert cache is Z
    for z, a, da, dz in zip(Z.flat, A.flat, dA.flat, dZ.flat, strict=True):
        assert (a, dz) == ((z, da) if z > 0 else (0, 0))


@given(shape=st.tuples(sizes, sizes, sizes, sizes))
def test_flattening_keeps_the_order_and_is_undone(shape: tuple[int, int, int, int]) -> None:
    A = np.random.default_rng(0).normal(size=shape)
    F, cache = course.flatten(A)
    n_W, n_C = shape[2:]
    assert cache == shape
    for i, h, w, c in np.ndindex(shape):
        assert F[i, (h * n_W + w) * n_C + c] == A[i, h, w, c]
    assert_array_equal(course.flatten_backward(F, cache), A)


@given(m=sizes, n=sizes, k=sizes, seed=seeds)
def test_dense_layers_follow_their_formula_and_its_slopes(
    m: int, n: int, k: int, seed: int
) -> None:
    random = np.random.default_rng(seed)
    A_prev, W, b = (random.normal(size=shape) for shape in ((m, n), (n, k), (1, k)))
    dZ = random.normal(size=(m, k))
    Z, cache = course.dense_forward(A_prev, W, b)
    for i, c in np.ndindex(m, k):
        assert math.isclose(
            Z[i, c], math.fsum([*(A_prev[i] * W[:, c]), b[0, c]]), rel_tol=1e-10, abs_tol=1e-12
        )

    def loss(A_prev: Array, W: Array, b: Array) -> float:
        return float(np.vdot(dZ, course.dense_forward(A_prev, W, b)[0]))

    slopes = (
        gradient(lambda entries: loss(entries, W, b), A_prev, 1.0),
        gradient(lambda entries: loss(A_prev, entries, b), W, 1.0),
        gradient(lambda entries: loss(A_prev, W, entries), b, 1.0),
    )
    for found, slope in zip(course.dense_backward(dZ, cache), slopes, strict=True):
        assert found.shape == slope.shape
        assert_allclose(found, slope, rtol=1e-9, atol=1e-11)


@given(Z=logits, seed=seeds)
def test_the_cost_is_scipys_log_softmax_and_its_gradient_scipys_softmax(
    Z: Array, seed: int
) -> None:
    m, k = Z.shape
    Y = np.random.default_rng(seed).integers(k, size=m)
    cost, dZ = course.softmax_cross_entropy(Z, Y)
    assert type(cost) is float
    expected = -np.mean([log_softmax(row)[label] for row, label in zip(Z, Y, strict=True)])
    assert_allclose(cost, expected, rtol=1e-12, atol=1e-12)
    hits = np.array([[label == c for c in range(k)] for label in Y])
    assert_allclose(dZ, (softmax(Z, axis=1) - hits) / m, rtol=1e-9, atol=1e-15)
    assert_allclose(dZ.sum(axis=1), 0, atol=1e-15)


@given(m=sizes, k=st.integers(2, 6), seed=seeds)
def test_the_gradient_of_the_cost_is_its_slope(m: int, k: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    Z, Y = random.normal(size=(m, k)), random.integers(k, size=m)
    slopes = gradient(lambda entries: course.softmax_cross_entropy(entries, Y)[0], Z, 1e-5)
    _, dZ = course.softmax_cross_entropy(Z, Y)
    assert np.linalg.norm(dZ - slopes) < 1e-8 * np.linalg.norm(slopes)


@pytest.mark.parametrize("shift", [0, 1e3, -1e3, 1e6])
def test_large_logits_overflow_nowhere(shift: float) -> None:
    Z = np.array([[0.0, 1.0, 2.0], [1000.0, -1000.0, 0.0]]) + shift
    with np.errstate(all="raise", under="ignore"):
        cost, dZ = course.softmax_cross_entropy(Z, np.array([2, 1]))
    least = math.log(1 + math.exp(-1) + math.exp(-2))
    assert_allclose(cost, (least + 2000) / 2, rtol=1e-9)
    assert_allclose(dZ[1], [0.5, -0.5, 0.0], atol=1e-15)


@given(f=sizes, n_in=sizes, n_out=sizes, seed=st.integers(0, 1000))
def test_filters_begin_uniform_within_glorots_limit(
    f: int, n_in: int, n_out: int, seed: int
) -> None:
    for shape, inputs, outputs in (
        ((n_in, n_out), n_in, n_out),
        ((f, f, n_in, n_out), f * f * n_in, f * f * n_out),
    ):
        W = course.xavier_uniform(shape, seed)
        limit = math.sqrt(6.0 / (inputs + outputs))
        unit = np.random.default_rng(seed).random(shape)
        assert W.shape == shape
        assert_allclose(W, -limit + 2 * limit * unit, rtol=1e-9, atol=1e-12)


def test_first_weights_have_glorots_variance() -> None:
    W = course.xavier_uniform((5, 5, 30, 80), 0)
    assert abs(W).max() < math.sqrt(6 / (25 * 110))
    assert_allclose(W.var(), 2 / (25 * 110), rtol=0.02)


def test_float32_stays_float32() -> None:
    random = np.random.default_rng(1)
    X, W, b = (random.random(shape, dtype=np.float32) for shape in ((4, 5), (5, 3), (1, 3)))
    A, cache = course.relu(X)
    Z, dense = course.dense_forward(A, W, b)
    _, dZ = course.softmax_cross_entropy(Z, np.array([0, 2, 1, 1]))
    gradients = course.dense_backward(dZ, dense)
    found = (A, Z, dZ, *gradients, course.relu_backward(gradients[0], cache))
    assert {array.dtype for array in found} == {np.dtype(np.float32)}
