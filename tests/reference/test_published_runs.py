"""The reference gives the published values of the course's seeded runs, minus signs included.

The values are typed in from the published table; each is held to the digits it is printed with.
"""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal

from autograder.reference import convolution_step_by_step as course
from tests.oracles import published_runs

EIGHT_DECIMALS = {"rtol": 0, "atol": 5.1e-9}
ALL_DIGITS = {"rtol": 1e-13, "atol": 0}


def test_zero_pad() -> None:
    x, pad = published_runs.zero_pad()
    x_pad = course.zero_pad(x, pad)
    assert x_pad.shape == (4, 7, 7, 2)
    rows = [[0.90085595, -0.68372786], [-0.12289023, -0.93576943], [-0.26788808, 0.53035547]]
    assert_allclose(x[1, 1], rows, **EIGHT_DECIMALS)
    assert_array_equal(x_pad[1, 1], np.zeros((7, 2)))
    assert_array_equal(x_pad[1, 3, 2:5], x[1, 1])


def test_conv_single_step() -> None:
    Z = course.conv_single_step(*published_runs.conv_single_step())
    assert_allclose(Z, -6.999089450680221, **ALL_DIGITS)


def test_conv_forward() -> None:
    Z, cache = course.conv_forward(*published_runs.conv_forward(stride=2))
    assert Z.shape == (10, 4, 4, 8)
    assert_allclose(Z.mean(), 0.04899520352885581, **ALL_DIGITS)
    values = [-0.61490741, -6.7439236, -2.55153897, 1.75698377]
    values += [3.56208902, 0.53036437, 5.18531798, 8.75898442]
    assert_allclose(Z[3, 2, 1], values, **EIGHT_DECIMALS)
    pixel = [-0.20075807, 0.18656139, 0.41005165]
    assert_allclose(cache[0][1][2][3], pixel, **EIGHT_DECIMALS)


def test_conv_forward_with_stride_1() -> None:
    Z, _ = course.conv_forward(*published_runs.conv_forward(stride=1))
    assert Z.shape == (10, 7, 7, 8)
    assert_allclose(Z.mean(), 0.002812946286486304, **ALL_DIGITS)


def test_pool_forward() -> None:
    run = published_runs.pool_forward()
    largest, _ = course.pool_forward(*run)
    average, _ = course.pool_forward(*run, mode="average")
    pixels = [[1.74481176, 0.86540763, 1.13376944], [1.13162939, 1.51981682, 2.18557541]]
    assert_allclose(largest, np.reshape(pixels, (2, 1, 1, 3)), **EIGHT_DECIMALS)
    pixels = [[0.02105773, -0.20328806, -0.40389855], [-0.22154621, 0.51716526, 0.48155844]]
    assert_allclose(average, np.reshape(pixels, (2, 1, 1, 3)), **EIGHT_DECIMALS)


def test_conv_backward_of_the_conv_forward_run() -> None:
    Z, cache = course.conv_forward(*published_runs.conv_forward(stride=2))
    means = [gradient.mean() for gradient in course.conv_backward(Z, cache)]
    expected = [1.4524377775388078, 1.7269914583139088, 7.839232564616838]
    assert_allclose(means, expected, **ALL_DIGITS)


def test_create_mask_from_window() -> None:
    (x,) = published_runs.create_mask_from_window()
    rows = [[1.62434536, -0.61175641, -0.52817175], [-1.07296862, 0.86540763, -2.3015387]]
    assert_allclose(x, rows, **EIGHT_DECIMALS)
    expected = [[True, False, False], [False, False, False]]
    assert_array_equal(course.create_mask_from_window(x), expected)


def test_distribute_value() -> None:
    assert_array_equal(
        course.distribute_value(*published_runs.distribute_value()), [[0.5, 0.5], [0.5, 0.5]]
    )


def test_pool_backward() -> None:
    run = published_runs.pool_backward()
    assert_allclose(run[0].mean(), 0.14571390272918056, **ALL_DIGITS)
    largest = course.pool_backward(*run, mode="max")
    average = course.pool_backward(*run, mode="average")
    rows = [[0, 0], [5.05844394, -1.68282702], [0, 0]]
    assert_allclose(largest[1, 1], rows, **EIGHT_DECIMALS)
    rows = [[0.08485462, 0.2787552], [1.26461098, -0.25749373], [1.17975636, -0.53624893]]
    assert_allclose(average[1, 1], rows, **EIGHT_DECIMALS)
