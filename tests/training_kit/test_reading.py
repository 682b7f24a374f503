"""Right files are read as they were written, in one piece or in batches, and not before asked."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import autograder.training_kit
from autograder.training_kit.picture_files import PictureFileError, PictureSet, open_pictures
from tests.training_kit.picture_data import right_arrays, write, write_pair

COUNTS = st.integers(1, 9)


def assert_same(pictures: PictureSet, arrays: dict[str, np.ndarray], kind: str) -> None:
    x, y = pictures.load()
    assert (x.dtype, y.dtype) == (np.uint8, np.int64)
    np.testing.assert_array_equal(x, arrays[f"{kind}_set_x"], strict=True)
    np.testing.assert_array_equal(y, arrays[f"{kind}_set_y"].reshape(-1))
    np.testing.assert_array_equal(pictures.labels, y, strict=True)
    assert pictures.shape == x.shape
    assert len(pictures) == len(x)


@given(COUNTS, COUNTS, st.tuples(COUNTS, COUNTS), st.booleans(), st.booleans(), st.booleans())
def test_what_was_written_is_read(train, test, size, pair, in_a_row, text):
    arrays = right_arrays(train, test, size)
    if in_a_row:
        for key in ("train_set_y", "test_set_y"):
            arrays[key] = arrays[key].reshape(1, -1)
    if text:
        arrays["list_classes"] = np.array([b"fist", "fünf".encode()])
    with tempfile.TemporaryDirectory() as folder:
        paths = write_pair(Path(folder), arrays) if pair else [write(Path(folder, "a"), arrays)]
        with open_pictures(*paths) as pictures:
            assert_same(pictures.train, arrays, "train")
            assert_same(pictures.test, arrays, "test")
            assert pictures.classes == (("fist", "fünf") if text else ("0", "1"))


@given(COUNTS, st.integers(1, 12))
def test_batches_are_the_set_in_pieces(m, size):
    arrays = right_arrays(m)
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder, "a.h5"), arrays, compression="gzip")
        with open_pictures(path) as pictures:
            batches = list(pictures.train.batches(size))
    assert [len(x) for x, _ in batches[:-1]] == [size] * (len(batches) - 1)
    assert 1 <= len(batches[-1][0]) <= size
    np.testing.assert_array_equal(np.concatenate([x for x, _ in batches]), arrays["train_set_x"])
    np.testing.assert_array_equal(np.concatenate([y for _, y in batches]), arrays["train_set_y"])


@given(COUNTS, st.integers(-12, 12), st.integers(-12, 12))
def test_reading_is_slicing(m, start, stop):
    arrays = right_arrays(m)
    with (
        tempfile.TemporaryDirectory() as folder,
        open_pictures(write(Path(folder, "a.h5"), arrays)) as pictures,
    ):
        read = pictures.train.read(start, stop)
    np.testing.assert_array_equal(read, arrays["train_set_x"][start:stop], strict=True)


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.uint64, ">i8"])
def test_labels_of_any_whole_number_type_become_int64(dtype, tmp_path):
    arrays = right_arrays()
    arrays["train_set_y"] = arrays["train_set_y"].astype(dtype)
    with open_pictures(write(tmp_path / "a.h5", arrays)) as pictures:
        assert_same(pictures.train, arrays, "train")


def test_classes_may_be_in_one_file_of_a_pair_only(tmp_path):
    train, test = write_pair(tmp_path, right_arrays())
    for path in (train, test):
        kept = tmp_path / "kept.h5"
        shutil.copy(path, kept)
        with h5py.File(path, "r+") as file:
            del file["list_classes"]
        with open_pictures(train, test) as pictures:
            assert pictures.classes == ("0", "1")
        shutil.copy(kept, path)


def test_only_the_batch_at_hand_is_read(tmp_path, monkeypatch):
    path = write(tmp_path / "a.h5", right_arrays(50), chunks=(1, 5, 4, 3))
    read = []
    getitem = h5py.Dataset.__getitem__

    def watched(dataset, asked, *rest):
        result = getitem(dataset, asked, *rest)
        if dataset.name.endswith("_x"):
            read.append(len(result))
        return result

    monkeypatch.setattr(h5py.Dataset, "__getitem__", watched)
    with open_pictures(path) as pictures:
        batches = pictures.train.batches(8)
        assert read == []
        next(batches)
        next(batches)
        assert read == [8, 8]


def test_what_is_read_is_the_callers_own(tmp_path):
    arrays = right_arrays()
    with open_pictures(write(tmp_path / "a.h5", arrays)) as pictures:
        for x, y in (pictures.train.load(), *pictures.train.batches(2)):
            x[:] = 0
            y[:] = 7
        assert_same(pictures.train, arrays, "train")


def test_a_closed_file_says_so(tmp_path):
    with open_pictures(write(tmp_path / "a.h5", right_arrays())) as pictures:
        pass
    with pytest.raises(PictureFileError, match=r"train_set_x in .*a\.h5 .* closed.*with block"):
        pictures.train.read(0, 1)
    assert len(pictures.train.labels) == 7


@pytest.mark.parametrize("size", [0, -3])
def test_a_batch_has_pictures(size, tmp_path):
    with (
        open_pictures(write(tmp_path / "a.h5", right_arrays())) as pictures,
        pytest.raises(ValueError, match="at least one picture"),
    ):
        next(pictures.train.batches(size))


def test_the_reader_works_on_its_own(tmp_path):
    """Copied to another folder, without the package that it comes from and the rest of the kit."""
    kit = tmp_path / "training_kit"
    kit.mkdir()
    (kit / "__init__.py").touch()
    for name in ("picture_files.py", "picture_schema.py"):
        shutil.copy(Path(autograder.training_kit.__file__).with_name(name), kit)
    write(tmp_path / "a.h5", right_arrays())
    program = (
        "import sys; sys.modules['autograder'] = None\n"
        "from training_kit.picture_files import open_pictures\n"
        "with open_pictures('a.h5') as pictures: print(pictures.train.shape)\n"
        "print(*{'matplotlib', 'tqdm', 'IPython', 'scipy'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.stdout.split("\n")[:2] == ["(7, 5, 4, 3)", ""], done.stderr
