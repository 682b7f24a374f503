"""The worked examples in the hints of assignment 1, worked out by the reference."""

from __future__ import annotations

import re

import numpy as np

from autograder.exercises import assignments
from autograder.reference import functions
from tests.exercises.hint_numbers import LAST_STEPS, image, shown

REFERENCE = functions(assignments()["convolution_step_by_step"])


def test_the_example_of_zero_pad() -> None:
    shown("zero_pad", REFERENCE["zero_pad"](np.ones((2, 3, 5, 1)), 4).shape)
    shown("zero_pad", REFERENCE["zero_pad"](image([6, 8]), 2)[0, 2, :, 0])


def test_the_example_of_conv_single_step() -> None:
    window, weights = np.array([[3.0, -1], [2, 5]]), np.array([[2.0, 4], [0, 1]])
    block = window[:, :, None], weights[:, :, None]
    shown("conv_single_step", REFERENCE["conv_single_step"](*block, np.full((1, 1, 1), 10.0)))
    shown("conv_single_step", np.sum(window * weights + 10), np.sum(window * weights))


def test_the_example_of_conv_forward() -> None:
    A_prev, W, b = np.ones((1, 4, 9, 2)), np.ones((3, 3, 2, 5)), np.ones((1, 1, 1, 5))
    Z, _ = REFERENCE["conv_forward"](A_prev, W, b, {"stride": 3, "pad": 1})
    shown("conv_forward", Z.shape, W.shape[:3])


def test_the_example_of_pool_forward() -> None:
    rows = [-4, -7, 9, -2, -6], [-1, -8, 5, -3, -5], [7, 2, 0, 6, 1]
    shown("pool_forward", rows)
    for mode in ("max", "average"):
        A, _ = REFERENCE["pool_forward"](image(*rows), {"f": 2, "stride": 3}, mode)
        assert A.shape == (1, 1, 2, 1)
        shown("pool_forward", A)


def test_the_example_of_conv_backward() -> None:
    # the reference has square filters, so a row is the middle of three rows, two of them empty
    W = np.zeros((3, 3, 1, 1))
    W[1, :, 0, 0] = [2, -1, 5]
    cache = (image([1, 3, 4]), W, np.zeros((1, 1, 1, 1)), {"stride": 2, "pad": 1})
    dA_prev, dW, db = REFERENCE["conv_backward"](image([10, 100]), cache)
    shown("conv_backward", dA_prev, dW[1], db)


def test_the_example_of_create_mask_from_window() -> None:
    mask = REFERENCE["create_mask_from_window"](np.array([[-7, -2], [-9, -4], [-3, -8]]))
    found = re.findall("(?:True|False)(?=\n| )", LAST_STEPS["create_mask_from_window"])
    assert found[:6] == [str(entry) for entry in mask.ravel()]


def test_the_example_of_distribute_value() -> None:
    share = REFERENCE["distribute_value"]
    assert (share(12, (3, 8)) == 0.5).all()
    assert (share(-10, (1, 5)) == -2).all()


def test_the_example_of_pool_backward() -> None:
    rows = [1, 0, 9, 3, 2], [4, 5, 7, 6, 8], [0, 2, 1, 5, 3]
    cache = (image(*rows), {"f": 3, "stride": 2})
    largest = REFERENCE["pool_backward"](image([18, 45]), cache, "max")
    assert largest[0, 0, 2, 0] == largest.sum() == 63
    average = REFERENCE["pool_backward"](image([18, 45]), cache, "average")
    shown("pool_backward", rows, average[0, 0], average[0, 2])
