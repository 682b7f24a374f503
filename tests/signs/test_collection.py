"""The collection follows from its seed, is balanced, and shows no picture twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.signs import draw_signs
from autograder.signs.collection import draw_sign


def everything(signs):
    return b"".join(
        array.tobytes()
        for array in (signs.train_x, signs.train_y, signs.test_x, signs.test_y, signs.classes)
    )


@pytest.fixture(scope="module")
def few():
    return draw_signs(5, train_each=4, test_each=2)


def test_the_same_seed_gives_the_same_bytes(few):
    assert everything(draw_signs(5, train_each=4, test_each=2)) == everything(few)


def test_another_seed_gives_other_pictures(few):
    other = draw_signs(6, train_each=4, test_each=2)
    assert not np.array_equal(other.train_y, few.train_y)
    same = {picture.tobytes() for picture in few.train_x} & {p.tobytes() for p in other.train_x}
    assert not same


def test_each_number_is_as_frequent(few):
    assert few.train_x.shape == (24, 64, 64, 3)
    assert few.test_x.shape == (12, 64, 64, 3)
    assert np.bincount(few.train_y).tolist() == [4] * 6
    assert np.bincount(few.test_y).tolist() == [2] * 6


def test_they_are_shuffled(few):
    assert np.any(np.diff(few.train_y) < 0)


@settings(max_examples=10)
@given(st.integers(0, 2**63), st.integers(0, 3))
def test_a_picture_depends_on_its_own_place_only(seed, place):
    drawn = draw_signs(seed, train_each=1, test_each=1)
    for kind, pictures, labels in (
        (0, drawn.train_x, drawn.train_y),
        (1, drawn.test_x, drawn.test_y),
    ):
        alone = draw_sign(seed, kind, place, int(labels[place]))
        np.testing.assert_array_equal(alone, pictures[place], strict=True)
