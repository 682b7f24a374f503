"""The file beside the notebook is what the code draws, and is worth a convolutional network."""

from __future__ import annotations

import h5py
import numpy as np
import pytest

from autograder.cli.data import DATA_FILES
from autograder.course import find_course
from autograder.signs import DEFAULT_SEED
from autograder.signs.collection import draw_labels, draw_sign
from autograder.signs.photograph import STEP
from autograder.training_kit.picture_files import open_pictures
from tests.signs.linear_softmax import accuracies

PATH = find_course().root / DATA_FILES[0]


@pytest.fixture(scope="module")
def sets():
    with open_pictures(PATH) as pictures:
        assert pictures.classes == tuple("012345")
        return pictures.train.load(), pictures.test.load()


def test_it_has_the_schema_of_the_public_files():
    with h5py.File(PATH) as file:
        found = {key: (array.shape, array.dtype.name) for key, array in file.items()}
    assert found == {
        "train_set_x": ((1080, 64, 64, 3), "uint8"),
        "train_set_y": ((1080,), "int64"),
        "test_set_x": ((120, 64, 64, 3), "uint8"),
        "test_set_y": ((120,), "int64"),
        "list_classes": ((6,), "int64"),
    }
    assert PATH.stat().st_size < 3e6


def test_each_number_is_as_frequent(sets):
    (_, train_labels), (_, test_labels) = sets
    assert np.bincount(train_labels).tolist() == [180] * 6
    assert np.bincount(test_labels).tolist() == [20] * 6


def test_no_picture_is_there_twice(sets):
    (train, _), (test, _) = sets
    assert len({picture.tobytes() for picture in np.concatenate([train, test])}) == 1200


@pytest.mark.parametrize("kind", [0, 1], ids=["train", "test"])
def test_it_is_what_the_code_draws(kind, sets):
    """Some of it; ``autograder data --check`` looks at all."""
    pictures, labels = sets[kind]
    np.testing.assert_array_equal(draw_labels(DEFAULT_SEED, kind, len(labels) // 6), labels)
    for place in range(kind, len(labels), len(labels) // 20):
        drawn = draw_sign(DEFAULT_SEED, kind, place, int(labels[place])).astype(int)
        apart = np.abs(drawn - pictures[place])
        assert apart.max() <= STEP
        assert np.count_nonzero(apart) <= 5


def test_a_linear_classifier_does_not_do(sets):
    train, test = sets
    found = list(accuracies(train, test, penalties=(1e-6, 1e-7, 1e-8)))
    assert found[-1][0] > 0.9  # it has learnt its training pictures
    assert all(0.4 < on_test < 0.75 for _, on_test in found), found
