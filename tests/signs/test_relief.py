"""The surface of a part is where a ball sent along it reaches: compared with many single balls."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.ndimage import binary_dilation

from autograder.signs.hand import Part
from autograder.signs.relief import NOTHING, relief

SIZE, MILLIMETRES = 41, 1.0
AXIS = (np.arange(SIZE) - (SIZE - 1) / 2) * MILLIMETRES
NUMBERS = st.floats(-12, 12)
POINTS = st.tuples(NUMBERS, NUMBERS, NUMBERS)


def balls(centres, radii):
    """The height of the nearest of many balls at each point of the grid."""
    height = np.full((SIZE, SIZE), NOTHING)
    for (x, y, z), radius in zip(centres, radii, strict=True):
        left = radius**2 - (AXIS[None, :] - x) ** 2 - (-AXIS[:, None] - y) ** 2
        height = np.maximum(height, np.where(left > 0, z + np.sqrt(np.maximum(left, 0)), NOTHING))
    return height


def assert_close(found, expected, radius):
    """Equal, but for the rim, where many balls are not yet all of them."""
    both = (found > NOTHING) & (expected > NOTHING)
    rim = (found > NOTHING) ^ (expected > NOTHING)
    assert rim.mean() < 0.02
    # Between two of the balls the surface lies a little above both, more so where it is steep. Next
    # to the rim it is so steep that rounding decides.
    within = both & ~binary_dilation(~both, np.ones((3, 3)))
    assert np.all(found[within] >= expected[within] - 1e-5)
    assert np.mean(found[both] - expected[both]) < 0.1 * radius


@given(POINTS, POINTS, st.floats(2, 6))
@example((0.0, 2.0078125, -1.0), (0.0, 2.0078125, 0.0), 2.0078125)
def test_a_line_is_all_balls_along_it(start, end, radius):
    part = Part(np.array([start, end]), (radius, radius))
    shares = np.linspace(0, 1, 600)[:, None]
    centres = np.array(start) + shares * (np.array(end) - np.array(start))
    expected = balls(centres, np.full(len(centres), radius))
    found = relief([part], SIZE, MILLIMETRES).height
    assert_close(found, expected, radius)
    np.testing.assert_allclose(found[found > NOTHING].max(), expected.max(), atol=0.05 * radius)


@given(st.floats(0, 6), st.floats(-0.4, 0.4), st.floats(-0.4, 0.4), st.floats(2, 5))
def test_a_flat_shape_is_all_balls_in_it(x, slope_x, slope_y, radius):
    flat = np.array([(-8 + x, -6), (7, -7), (9, 5), (0, 9 - x), (-9, 4)], dtype=float)
    corners = np.column_stack([flat, flat @ [slope_x, slope_y]])
    found = relief([Part(corners, (radius,))], SIZE, MILLIMETRES).height
    inside = [
        (px, py, px * slope_x + py * slope_y)
        for px in np.arange(-9.0, 9.5, 0.5)
        for py in np.arange(-9.0, 9.5, 0.5)
        if _inside(flat, px, py)
    ]
    expected = balls(inside, np.full(len(inside), radius))
    both = (found > NOTHING) & (expected > NOTHING)
    # The shape's own height counts at each point, which is exact for a shape that lies flat.
    steep = np.hypot(slope_x, slope_y) * radius
    assert np.abs(found - expected)[both].mean() < 0.35 + steep
    assert ((found > NOTHING) ^ (expected > NOTHING)).mean() < 0.05


def _inside(corners, x, y):
    nxt = np.roll(corners, -1, axis=0)
    way = nxt - corners
    return bool(np.all(way[:, 0] * (y - corners[:, 1]) - way[:, 1] * (x - corners[:, 0]) >= 0))


def test_the_nearest_part_is_seen():
    behind = Part(np.array([[-10.0, 0, 0], [10, 0, 0]]), (4, 4))
    front = Part(np.array([[0.0, -10, 9], [0, 10, 9]]), (3, 3), "nail")
    for parts in ([behind, front], [front, behind]):
        seen = relief(parts, SIZE, MILLIMETRES)
        middle = SIZE // 2
        assert seen.height[middle, middle] == pytest.approx(12)
        assert seen.nail[middle, middle]
        assert not seen.nail[middle, middle + 8]
        assert seen.height[middle, middle + 8] == pytest.approx(4)
        assert not seen.covered[0, 0]


def test_parts_beside_the_picture_are_left_out():
    part = Part(np.array([[100.0, 0, 0], [120, 0, 0]]), (5, 5))
    assert not relief([part], SIZE, MILLIMETRES).covered.any()
