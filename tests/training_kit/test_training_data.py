"""Pictures come as a network takes them; a brief run reads few."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pytest

from autograder.training_kit import PictureFileError, first, load_training_data
from autograder.training_kit.brief_runs import CHECKING_VARIABLE, GRADING_VARIABLE

RNG = np.random.default_rng(3)
ARRAYS = {
    "train_set_x": RNG.integers(0, 256, (9, 64, 64, 3), dtype=np.uint8),
    "train_set_y": RNG.integers(0, 6, 9),
    "test_set_x": RNG.integers(0, 256, (5, 64, 64, 3), dtype=np.uint8),
    "test_set_y": RNG.integers(0, 6, 5),
    "list_classes": np.arange(6),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with h5py.File(tmp_path / "pictures.h5", "w") as file:
        for name, array in ARRAYS.items():
            file[name] = array
    return tmp_path / "pictures.h5"


def test_bytes_become_float32_from_0_to_1(path: Path) -> None:
    data = load_training_data(path)
    for X, name in ((data.X_train, "train_set_x"), (data.X_test, "test_set_x")):
        assert X.dtype == np.float32
        np.testing.assert_array_equal(np.rint(X * 255), ARRAYS[name])
        assert 0 <= X.min() < 0.01 < 0.99 < X.max() <= 1
    np.testing.assert_array_equal(data.Y_train, ARRAYS["train_set_y"])
    np.testing.assert_array_equal(data.Y_test, ARRAYS["test_set_y"])
    assert data.classes == ("0", "1", "2", "3", "4", "5")


@pytest.mark.parametrize("variable", [GRADING_VARIABLE, CHECKING_VARIABLE])
def test_a_brief_run_reads_few(path: Path, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = load_training_data(path)
    monkeypatch.setenv(variable, "1")
    data = load_training_data(path)
    assert 1 <= len(data.X_train) == len(data.Y_train) <= 4
    np.testing.assert_array_equal(data.X_train, whole.X_train[: len(data.X_train)])
    assert data.classes == whole.classes


def test_two_files_are_one_set(path: Path) -> None:
    for part in ("train", "test"):
        with h5py.File(path.with_name(f"{part}.h5"), "w") as file:
            for name in (f"{part}_set_x", f"{part}_set_y", "list_classes"):
                file[name] = ARRAYS[name]
    pair = load_training_data(path.with_name("train.h5"), path.with_name("test.h5"))
    one = load_training_data(path)
    for found, expected in zip(vars(pair).values(), vars(one).values(), strict=True):
        np.testing.assert_array_equal(found, expected)


def test_what_is_wrong_with_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(PictureFileError, match="nothing"):
        load_training_data(tmp_path / "nothing.h5")


def test_the_first_ones_are_the_first_ones(path: Path) -> None:
    data = load_training_data(path)
    few = first(data, 4, 2)
    np.testing.assert_array_equal(few.X_train, data.X_train[:4])
    np.testing.assert_array_equal(few.Y_test, data.Y_test[:2])
    assert few.classes == data.classes
