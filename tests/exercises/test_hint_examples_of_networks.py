"""The worked examples in the hints of assignment 2, worked out by the reference."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.reference import convnet_in_numpy as course
from tests.exercises.hint_numbers import image, rows_shown, shown


def test_the_example_of_sliding_windows() -> None:
    X = np.zeros((2, 5, 9, 4))
    every, kept = (course.sliding_windows(X, 3, stride).shape for stride in (1, 2))
    shown("sliding_windows", np.take(every, [0, 1, 2, 5, 3, 4]), np.take(kept, [0, 1, 2, 5, 3, 4]))
    shown("sliding_windows", kept)
    counted = image([0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11])
    rows_shown("sliding_windows", counted[0, :, :, 0])
    windows = course.sliding_windows(counted, 2, 2)
    assert windows.shape[1:3] == (1, 2)
    rows_shown("sliding_windows", windows[0, 0, 1, :, :, 0])
    shown("sliding_windows", course.sliding_windows(counted, 2, 1)[0, 0, 1])


PICTURE = image([1, 2, 3], [4, 5, 6])


def test_the_example_of_conv_forward_fast() -> None:
    W = np.zeros((2, 2, 1, 2))
    W[:, :, 0, 0], W[:, :, 0, 1] = [[1, 0], [0, 2]], [[0, 1], [1, 0]]
    b = np.array([10.0, 20]).reshape(1, 1, 1, 2)
    Z, _ = course.conv_forward_fast(PICTURE, W, b, {"stride": 1, "pad": 0})
    name = "conv_forward_fast"
    windows = course.sliding_windows(PICTURE, 2, 1).reshape(2, 4)
    rows_shown(name, Z, PICTURE[0, :, :, 0], W.reshape(4, 2))
    shown(name, Z.shape)
    for window, products in zip(windows, Z[0, 0] - b[0, 0, 0], strict=True):
        assert (window @ W.reshape(4, 2) == products).all()
        shown(name, window, products)
    shown(name, *W.reshape(2, 4))


def test_the_example_of_conv_backward_fast() -> None:
    W = np.array([[1.0, 3], [0, 2]]).reshape(2, 2, 1, 1)
    cache = (PICTURE, W, np.zeros((1, 1, 1, 1)), {"stride": 1, "pad": 0})
    dA_prev, dW, db = course.conv_backward_fast(image([10, 100]), cache)
    shown("conv_backward_fast", dW, db, 10 * W, 100 * W)
    rows_shown("conv_backward_fast", dA_prev[0, :, :, 0])


def test_the_example_of_pool_forward_fast() -> None:
    X = np.zeros((7, 6, 9, 5))
    A, _ = course.pool_forward_fast(X, {"f": 2, "stride": 3})
    shown("pool_forward_fast", X.shape, course.sliding_windows(X, 2, 3).shape, A.shape)
    rows = [5, -1, -4, -2], [3, 7, -8, -6]
    rows_shown("pool_forward_fast", rows)
    for mode in ("max", "average"):
        A, _ = course.pool_forward_fast(image(*rows), {"f": 2, "stride": 2}, mode)
        shown("pool_forward_fast", A)


def test_the_example_of_pool_backward_fast() -> None:
    rows = [1, 9, 3], [4, 2, 6]
    cache = (image(*rows), {"f": 2, "stride": 1})
    rows_shown("pool_backward_fast", rows)
    largest = course.pool_backward_fast(image([10, 100]), cache, "max")
    average = course.pool_backward_fast(image([10, 100]), cache, "average")
    rows_shown("pool_backward_fast", largest[0, :, :, 0], average[0, :, :, 0])
    assert largest.sum() == average.sum() == 110


def test_the_example_of_relu() -> None:
    Z = np.array([-3, 0, 2.5, -0.5])
    shown("relu", Z, np.abs(course.relu(Z)[0]))


def test_the_example_of_relu_backward() -> None:
    Z, dA = np.array([-3, 0, 2, 5]), np.array([7, 8, -9, 4])
    shown("relu_backward", Z, dA, course.relu_backward(dA, Z))


def test_the_example_of_flatten() -> None:
    A = np.arange(12).reshape(2, 1, 3, 2)
    shown("flatten", *A.reshape(2, 6))
    rows_shown("flatten", course.flatten(A)[0])
    shown("flatten", A.reshape(-1, 2).T[0], A[0].transpose(2, 0, 1))


def test_the_example_of_flatten_backward() -> None:
    dF = np.array([range(10, 16), range(20, 26)])
    rows_shown("flatten_backward", dF, course.flatten_backward(dF, (2, 1, 3, 2))[0, 0])
    shown("flatten_backward", dF.T.reshape(2, 1, 3, 2)[0, 0, 0])


A_PREV, W = np.array([[1, 2], [3, -1]]), np.array([[1, 0, 2], [0, 1, -1]])


@pytest.mark.parametrize("name", ["dense_forward", "dense_backward"])
def test_the_matrices_of_the_dense_layer(name: str) -> None:
    rows_shown(name, A_PREV, W)


def test_the_example_of_dense_forward() -> None:
    Z, _ = course.dense_forward(A_PREV, W, np.array([[10, 20, 30]]))
    rows_shown("dense_forward", Z, A_PREV @ W)


def test_the_example_of_dense_backward() -> None:
    dZ = np.array([[1, 0, -1], [2, 5, 0]])
    gradients = course.dense_backward(dZ, (A_PREV, W, np.zeros((1, 3))))
    rows_shown("dense_backward", dZ, *gradients)


@pytest.mark.parametrize(
    ("shape", "limit", "wrong"), [((100, 50), 0.2, []), ((2, 2, 1, 5), 0.5, [1.0, 1.22])]
)
def test_the_example_of_xavier_uniform(
    shape: tuple[int, ...], limit: float, wrong: list[float]
) -> None:
    draws = [abs(course.xavier_uniform(shape, seed)).max() for seed in range(200)]
    assert max(draws) == pytest.approx(limit, rel=0.02)
    shown("xavier_uniform", shape, limit)
    if wrong:
        assert wrong == pytest.approx([(6 / (1 + 5)) ** 0.5, (6 / (2 + 2)) ** 0.5], abs=0.005)


def test_the_example_of_softmax_cross_entropy() -> None:
    Z, Y = np.array([[1000.0, 1000], [0, -1000]]), np.array([0, 1])
    cost, dZ = course.softmax_cross_entropy(Z, Y)
    name = "softmax_cross_entropy"
    assert round(cost, 2) == 500.35
    shown(name, 500.35, dZ, [-0.69, -0.69, 0, -1000])
    assert np.log(0.5) == pytest.approx(-0.69, abs=0.005)


NETWORK = {
    "W1": np.zeros((3, 3, 3, 4)),
    "b1": np.zeros((1, 1, 1, 4)),
    "W2": np.zeros((3, 3, 4, 5)),
    "b2": np.zeros((1, 1, 1, 5)),
    "W3": np.zeros((10, 6)),
    "b3": np.zeros((1, 6)),
}
SETTINGS = {
    "conv1": {"stride": 1, "pad": 1},
    "pool1": {"f": 2, "stride": 2},
    "conv2": {"stride": 1, "pad": 0},
    "pool2": {"f": 2, "stride": 2},
}


@pytest.mark.parametrize("name", ["model_forward", "model_backward"])
def test_the_shapes_of_the_network(name: str) -> None:
    Z, caches = course.model_forward(np.zeros((2, 12, 8, 3)), NETWORK, SETTINGS)
    conv2, relu2, pool2 = caches[3:6]
    shown(name, caches[1].shape, conv2[0].shape, relu2.shape, pool2[0].shape, caches[6], Z.shape)
    shown(name, caches[7][0].shape, *(NETWORK[key].shape for key in ("W1", "W2", "W3")))
    kinds = [type(cache).__name__ for cache in caches]
    assert kinds == ["tuple", "ndarray", "tuple", "tuple", "ndarray", "tuple", "tuple", "tuple"]


def test_the_example_of_numerical_gradients() -> None:
    ahead, behind = 3.1**2, 2.9**2
    costs = [round(number, 6) for number in (ahead, behind, ahead - behind)]
    for number in (*costs, 6, 6.1):
        shown("numerical_gradients", number)
    assert (ahead - behind) / 0.2 == pytest.approx(6)
    assert (ahead - 9) / 0.1 == pytest.approx(6.1)


def test_the_example_of_adam_step() -> None:
    parameters = {"p": np.array(1.0)}
    m = v = {"p": np.array(0.0)}
    for t, gradient in ((1, 2.0), (2, -4.0)):
        parameters, m, v = course.adam_step(
            parameters, {"p": np.array(gradient)}, m, v, t, learning_rate=0.1
        )
        corrected = m["p"] / (1 - 0.9**t), v["p"] / (1 - 0.999**t)
        row = [t, m["p"], v["p"], corrected[0], corrected[1], parameters["p"]]
        digits = [0, 2, 6, 5, 3, 5]
        shown("adam_step", [round(float(x), d) for x, d in zip(row, digits, strict=True)])
    assert pytest.approx(0.684, abs=0.0005) == 1 - 0.1 * 0.2 / 0.004**0.5
    assert 1 - 0.1 * 2 / 4 == 0.95


def test_the_example_of_mini_batches() -> None:
    X = Y = np.arange(7)
    batches = course.mini_batches(X, Y, 3, 9)
    shown("mini_batches", np.concatenate([batch for batch, _ in batches]))
    for batch, _ in batches:
        shown("mini_batches", batch)


def test_the_example_of_train() -> None:
    sizes = [len(Y) for _, Y in course.mini_batches(np.zeros(10), np.zeros(10), 4, 5)]
    shown("train", sizes * 2)
    assert np.average([1, 0.5, 0.3], weights=sizes) == pytest.approx(0.66)
    assert np.mean([1, 0.5, 0.3]) == pytest.approx(0.6)
    shown("train", 0.66, 0.6)
