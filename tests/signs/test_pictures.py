"""What is drawn is a hand that shows the number, and chance changes all but that."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.signs.chance import GESTURES, draw_pose, draw_scene
from autograder.signs.hand import hand
from autograder.signs.photograph import STEP, photograph
from autograder.signs.relief import relief

NUMBERS = st.integers(0, 5)
SEEDS = st.integers(0, 10**6)


def runs(row):
    """How many separate stretches of a row are covered."""
    return int(np.count_nonzero(np.diff(np.concatenate([[0], row.astype(int)])) == 1))


@settings(max_examples=60)
@given(NUMBERS, SEEDS)
def test_as_many_fingers_are_up_as_the_number_says(number, seed):
    pose = draw_pose(number, np.random.default_rng(seed))
    assert sum(pose.up) == number
    # Without spread fingers can touch. Without tilt their tips are where the anatomy has them.
    seen = relief(hand(replace(pose, spread=1.7)), 220, 2.0).covered
    height = 145  # millimetres above the wrist: between folded knuckles and the shortest tip
    assert runs(seen[110 - height // 2]) == number - pose.up[0]
    without = replace(pose, up=(False, *pose.up[1:]), spread=1.7)
    beside = seen & ~relief(hand(without), 220, 2.0).covered
    assert (beside.sum() > 100) == pose.up[0]


@pytest.mark.parametrize("number", range(6))
def test_every_way_to_show_a_number_has_that_many_fingers(number):
    ways, shares = zip(*GESTURES[number], strict=True)
    assert {sum(way) for way in ways} == {number}
    assert sum(shares) == pytest.approx(1)


@settings(max_examples=25)
@given(NUMBERS, SEEDS)
def test_a_picture_has_the_shape_and_the_steps_of_the_file(number, seed):
    rng = np.random.default_rng(seed)
    picture = photograph(hand(draw_pose(number, rng)), draw_scene(rng), rng)
    assert (picture.shape, picture.dtype) == ((64, 64, 3), np.uint8)
    assert not np.any(picture % STEP)
    assert picture.std() > 10


@settings(max_examples=15)
@given(NUMBERS, SEEDS, st.integers(-6, 6), st.integers(-6, 6))
def test_shifting_the_hand_shifts_the_picture(number, seed, right, down):
    rng = np.random.default_rng(seed)
    parts = hand(draw_pose(number, rng))
    still = replace(draw_scene(rng), grain=0.0, slope=np.zeros(2), shift=(0.0, 0.0))
    moved = replace(still, shift=(float(right), float(down)))
    one, two = (photograph(parts, each, rng).astype(int) for each in (still, moved))
    found = two[12 + down : 52 + down, 12 + right : 52 + right]
    apart = np.abs(one[12:52, 12:52] - found)
    assert apart.max() <= STEP  # where a brightness lies between two steps
    assert np.mean(apart > 0) < 0.01


@settings(max_examples=40)
@given(NUMBERS, SEEDS)
def test_the_hand_stands_out_from_the_wall(number, seed):
    scene = draw_scene(np.random.default_rng(seed))
    assert np.abs(scene.skin - scene.wall).mean() > 0.2
    assert np.all((scene.wall >= 0) & (scene.wall <= 1))
