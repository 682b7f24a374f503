"""The file of the collection: the same bytes each time, and what differs in it is said."""

from __future__ import annotations

import shutil
from dataclasses import replace

import h5py
import numpy as np
import pytest

from autograder.signs import difference, draw_signs, write_signs
from autograder.signs.photograph import STEP
from autograder.training_kit.picture_files import open_pictures


@pytest.fixture(scope="module")
def signs():
    return draw_signs(5, train_each=4, test_each=1)


@pytest.fixture(scope="module")
def written(signs, tmp_path_factory):
    path = tmp_path_factory.mktemp("signs") / "data" / "signs.h5"
    write_signs(signs, path)
    return path


@pytest.fixture
def path(written, tmp_path):
    return shutil.copy(written, tmp_path / "signs.h5")


def test_what_is_written_is_read(signs, path):
    with open_pictures(path) as file:
        for found, x, y in (
            (file.train, signs.train_x, signs.train_y),
            (file.test, signs.test_x, signs.test_y),
        ):
            np.testing.assert_array_equal(found.load()[0], x, strict=True)
            np.testing.assert_array_equal(found.labels, y, strict=True)
        assert file.classes == ("0", "1", "2", "3", "4", "5")


def test_writing_again_gives_the_same_bytes_and_leaves_nothing_else(signs, path):
    before = path.read_bytes()
    write_signs(signs, path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_nothing_in_the_file_remembers_when_it_was_made(path):
    times = set()
    with h5py.File(path) as file:
        for thing in (file, *file.values()):
            info = h5py.h5o.get_info(thing.id)
            times |= {info.atime, info.btime, info.ctime, info.mtime}
    assert times == {0}


def test_pictures_are_compressed(signs, path):
    assert path.stat().st_size < (signs.train_x.nbytes + signs.test_x.nbytes) / 4


def test_there_is_no_difference_to_itself(signs, path):
    assert difference(signs, path) is None


def test_a_brightness_between_two_steps_is_no_difference(signs, path):
    with h5py.File(path, "r+") as file:
        one = file["train_set_x"][3, 20, 20, 1]
        file["train_set_x"][3, 20, 20, 1] = one + STEP if one < 128 else one - STEP
    assert difference(signs, path) is None


def test_a_brightness_two_steps_away_is_one(signs, path):
    with h5py.File(path, "r+") as file:
        one = file["train_set_x"][3, 20, 20, 1]
        file["train_set_x"][3, 20, 20, 1] = one + 2 * STEP if one < 128 else one - 2 * STEP
    assert difference(signs, path) == "1 of its training pictures look different"


def test_pictures_that_are_a_step_brighter_all_over_are_different(signs, path):
    with h5py.File(path, "r+") as file:
        file["test_set_x"][:2] = np.minimum(signs.test_x[:2], 255 - STEP) + STEP
    assert difference(signs, path) == "2 of its test pictures look different"


def test_a_changed_label_is_a_difference(signs, path):
    with h5py.File(path, "r+") as file:
        file["test_set_y"][0] = (file["test_set_y"][0] + 1) % 6
    assert difference(signs, path) == "its test labels are others"


def test_other_classes_are_a_difference(signs, path):
    with h5py.File(path, "r+") as file:
        file["list_classes"][0] = 9
    assert difference(signs, path) == "its classes are 9, 1, 2, 3, 4, 5"


def test_another_number_of_pictures_is_a_difference(signs, path):
    write_signs(replace(signs, train_x=signs.train_x[1:], train_y=signs.train_y[1:]), path)
    assert difference(signs, path) == (
        "its training pictures have the shape (23, 64, 64, 3), not (24, 64, 64, 3)"
    )


def test_a_missing_file_is_a_difference(signs, tmp_path):
    assert "There is no file" in difference(signs, tmp_path / "none.h5")
