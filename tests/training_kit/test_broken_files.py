"""Each way in which a file can be broken is named: the file, the key, what was found."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.training_kit.picture_files import PictureFileError, open_pictures
from tests.training_kit.picture_data import Arrays, right_arrays, write, write_pair

M = 7
X, Y = "train_set_x", "train_set_y"


def replaced(key: str, change: Callable[[np.ndarray], object]) -> Callable[[Arrays], None]:
    def damage(arrays: Arrays) -> None:
        arrays[key] = change(arrays[key])

    return damage


def without(*keys: str) -> Callable[[Arrays], None]:
    def damage(arrays: Arrays) -> None:
        for key in keys:
            del arrays[key]

    return damage


def relabelled(place: int, label: int) -> Callable[[np.ndarray], np.ndarray]:
    def change(labels: np.ndarray) -> np.ndarray:
        labels = labels.copy()
        labels[place] = label
        return labels

    return change


WRONG_ARRAYS = {
    "no pictures": (without(X), rf"has no {X}\..*It has list_classes, test_set_x.*complete file"),
    "no labels": (without("test_set_y"), r"has no test_set_y\. It has .*complete file"),
    "one half of a pair": (
        without("test_set_x", "test_set_y"),
        r"has no test_set_x and no test_set_y\. It has list_classes, train_set_x, train_set_y\. "
        r".*open_pictures\(train_file, test_file\)",
    ),
    "no keys": (Arrays.clear, r"has no train_set_x and no train_set_y\. It has no keys at all\."),
    "no classes": (without("list_classes"), r"no list_classes in .*Add the names"),
    "pictures as fractions": (
        replaced(X, lambda x: x / 255),
        rf"{X} in .* has the dtype float64; pictures are uint8.*Convert",
    ),
    "pictures as int64": (
        replaced(X, lambda x: x.astype(np.int64)),
        rf"{X} in .* has the dtype int64",
    ),
    "channels first": (
        replaced(X, lambda x: np.moveaxis(x, -1, 1)),
        rf"{X} in .* has the shape \(7, 3, 5, 4\); pictures are \(m, n_H, n_W, 3\).*Rearrange",
    ),
    "grey pictures": (replaced(X, lambda x: x[..., 0]), rf"{X} in .* has the shape \(7, 5, 4\)"),
    "flat pictures": (replaced(X, lambda x: x.reshape(M, -1)), rf"{X} in .* shape \(7, 60\)"),
    "four channels": (replaced(X, lambda x: x[..., [0, 1, 2, 0]]), r"shape \(7, 5, 4, 4\)"),
    "pictures without pixels": (replaced(X, lambda x: x[:, :0]), r"shape \(7, 0, 4, 3\)"),
    "a single number": (replaced(X, lambda x: x[0, 0, 0, 0]), rf"{X} in .* has the shape \(\)"),
    "no examples": (replaced(X, lambda x: x[:0]), rf"{X} in .* is empty: \(0, 5, 4, 3\)\. Take"),
    "another size in the test set": (
        replaced("test_set_x", lambda x: x[:, :4]),
        r"test_set_x in .* size \(4, 4, 3\), but train_set_x in .* of \(5, 4, 3\)\. .*together",
    ),
    "labels as fractions": (
        replaced(Y, lambda y: y.astype(float)),
        rf"{Y} in .* has the dtype float64; labels are whole numbers.*Convert",
    ),
    "labels as truth": (replaced(Y, lambda y: y > 0), rf"{Y} in .* has the dtype bool"),
    "labels as text": (replaced(Y, lambda y: y.astype("S1")), rf"{Y} in .* has the dtype \|S1"),
    "a label too few": (
        replaced(Y, lambda y: y[1:]),
        rf"{Y} in .* shape \(6,\), which does not fit the 7 pictures of {X} in "
        r".* \(7,\) or \(1, 7\)",
    ),
    "labels in a column": (replaced(Y, lambda y: y[:, None]), rf"{Y} in .* has the shape \(7, 1\)"),
    "labels one-hot": (replaced(Y, lambda y: np.eye(2, dtype=int)[y]), r"has the shape \(7, 2\)"),
    "a label beyond the classes": (
        replaced(Y, relabelled(4, 2)),
        rf"{Y} in .* has the label 2 at place 4; with 2 names in list_classes, labels go "
        "from 0 to 1",
    ),
    "a negative label": (replaced(Y, relabelled(6, -1)), r"has the label -1 at place 6"),
    "no class": (replaced("list_classes", lambda c: c[:0]), r"list_classes in .* shape \(0,\)"),
    "classes in a table": (replaced("list_classes", lambda c: c[None]), r"has the shape \(1, 2\)"),
    "classes as fractions": (
        replaced("list_classes", lambda c: c / 2),
        r"list_classes in .* has the dtype float64; names of classes are",
    ),
}


def assert_refused(message: str, *paths: Path) -> str:
    with pytest.raises(PictureFileError, match=message) as refusal, open_pictures(*paths):
        pass
    return str(refusal.value)


@pytest.mark.parametrize(("damage", "message"), WRONG_ARRAYS.values(), ids=WRONG_ARRAYS)
def test_wrong_arrays_are_named(damage, message, tmp_path):
    arrays = right_arrays(M)
    damage(arrays)
    path = write(tmp_path / "a.h5", arrays)
    told = assert_refused(message, path)
    assert str(path) in told
    assert told.endswith(".")


def test_a_missing_file(tmp_path):
    assert_refused(r"There is no file .*b\.h5\. Check .*copy", tmp_path / "b.h5")


def test_a_folder(tmp_path):
    assert_refused(r"cannot be opened \(Is a directory\)", tmp_path)


def test_an_empty_file(tmp_path):
    (tmp_path / "a.h5").touch()
    assert_refused(r"a\.h5 is not an HDF5 file: it is empty\. .*again", tmp_path / "a.h5")


def test_a_web_page_saved_as_data(tmp_path):
    (tmp_path / "a.h5").write_text("<!DOCTYPE html><title>Sign in</title>")
    told = assert_refused(r"is not an HDF5 file", tmp_path / "a.h5")
    assert "<!DOCTYPE" in told
    assert "rather than a page about it" in told


def test_a_group_under_the_key_of_an_array(tmp_path):
    path = write(tmp_path / "a.h5", right_arrays())
    with h5py.File(path, "r+") as file:
        del file[X]
        file.create_group(X)
    assert_refused(rf"{X} in .* is a group and not an array\. Take", path)


def test_a_link_that_leads_nowhere(tmp_path):
    path = write(tmp_path / "a.h5", right_arrays())
    with h5py.File(path, "r+") as file:
        del file[X]
        file[X] = h5py.SoftLink("/nothing")
    assert_refused(rf"{X} in .* cannot be read", path)


def test_classes_of_a_pair_have_to_agree(tmp_path):
    train, test = write_pair(tmp_path, right_arrays())
    with h5py.File(test, "r+") as file:
        del file["list_classes"]
        file["list_classes"] = np.array([0, 2])
    assert_refused(
        r"train_signs\.h5 has the classes 0, 1, but .*test_signs\.h5 has 0, 2", train, test
    )


def test_a_pair_the_wrong_way_round(tmp_path):
    train, test = write_pair(tmp_path, right_arrays())
    told = assert_refused(r"has no train_set_x and no train_set_y", test, train)
    assert "the first file has the train_ keys" in told


def test_a_pair_of_which_one_is_missing(tmp_path):
    train, test = write_pair(tmp_path, right_arrays())
    test.unlink()
    assert_refused(r"There is no file .*test_signs\.h5", train, test)
    train.rename(tmp_path / "moved.h5")  # where open files cannot be moved, this proves them closed


@given(st.data())
def test_a_file_cut_off_anywhere_is_refused(data):
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder, "a.h5"), right_arrays(), compression="gzip", chunks=(2, 5, 4, 3))
        whole = path.read_bytes()
        path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])
        told = assert_refused("is damaged or cut off|is not an HDF5 file", path)
        assert str(path) in told


def test_damage_inside_shows_when_it_is_read(tmp_path):
    arrays = right_arrays(size=(40, 40))
    path = write(tmp_path / "a.h5", arrays, compression="gzip", chunks=(1, 40, 40, 3))
    with h5py.File(path) as file:
        chunk = file[X].id.get_chunk_info(3)
    with path.open("r+b") as raw:
        raw.seek(chunk.byte_offset)
        raw.write(b"damage" * 20)
    with open_pictures(path) as pictures:
        np.testing.assert_array_equal(pictures.train.read(0, 3), arrays[X][:3])
        with pytest.raises(PictureFileError, match=rf"{X} in .*damaged.*Copy or download it again"):
            pictures.train.read(3, 4)
