"""Look whether a file has the schema of :mod:`picture_files`, and say in words where it has not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

CLASSES = "list_classes"


class PictureFileError(ValueError):
    """A file of pictures is not as it should be; the message says what is wrong and what to do."""


class StoredArray:
    """A dataset of an open file: its shape and dtype are known, its numbers are still on disk."""

    def __init__(self, file: h5py.File, key: str) -> None:
        """Raises :class:`PictureFileError` if there is no dataset called ``key``."""
        self.name = f"{key} in {file.filename}"
        self._file = file
        with _damage_told(self.name):
            data = file[key]
            if not isinstance(data, h5py.Dataset):
                raise PictureFileError(
                    f"{self.name} is a {type(data).__name__.lower()} and not an array. "
                    "Take a file that has its arrays at the top."
                )
            self._data = data
            self.shape: tuple[int, ...] = data.shape or ()
            self.dtype: np.dtype[Any] = data.dtype

    def read(self, start: int, stop: int) -> NDArray[Any]:
        """Read the entries from ``start`` up to ``stop`` along the first axis."""
        if not self._file:
            raise PictureFileError(
                f"{self.name} can no longer be read, since the file is closed. "
                "Read inside the with block."
            )
        with _damage_told(self.name):
            return np.asarray(self._data[start:stop])

    def read_all(self) -> NDArray[Any]:
        """Read the whole array."""
        with _damage_told(self.name):
            return np.asarray(self._data[()])


def open_file(path: Path) -> h5py.File:
    """Open the HDF5 file ``path`` for reading; :class:`PictureFileError` if that is impossible."""
    try:
        with path.open("rb") as file:
            beginning = file.read(12)
    except FileNotFoundError:
        raise PictureFileError(
            f"There is no file {path}. Check how its name is written, and copy the data folder "
            "that belongs to the notebook."
        ) from None
    except OSError as error:
        raise PictureFileError(
            f"{path} cannot be opened ({error.strerror}). It has to be a file that you may read."
        ) from None
    if not h5py.is_hdf5(path):
        found = f"it begins with {beginning!r}" if beginning else "it is empty"
        raise PictureFileError(
            f"{path} is not an HDF5 file: {found}. Copy or download it again, and see that the "
            "file itself is saved rather than a page about it."
        )
    with _damage_told(str(path)):
        return h5py.File(path, "r")


def find_arrays(file: h5py.File, kind: str, *, paired: bool) -> tuple[StoredArray, StoredArray]:
    """The pictures and the labels of ``kind``, "train" or "test", not looked at yet.

    ``paired`` says that ``file`` is one of a pair; it decides what to advise if keys are missing.
    """
    pictures, labels = f"{kind}_set_x", f"{kind}_set_y"
    with _damage_told(file.filename):
        keys = sorted(file)
    missing = [key for key in (pictures, labels) if key not in keys]
    if missing:
        found = f"It has {', '.join(keys)}" if keys else "It has no keys at all"
        if len(missing) == 1:
            advice = "Take a complete file."
        elif paired:
            advice = (
                "In open_pictures(path, test_path) the first file has the train_ keys and the "
                "second the test_ keys."
            )
        else:
            advice = (
                "If these are in a second file, name both: open_pictures(train_file, test_file)."
            )
        raise PictureFileError(
            f"{file.filename} has no {' and no '.join(missing)}. {found}. {advice}"
        )
    return StoredArray(file, pictures), StoredArray(file, labels)


def find_pictures(
    arrays: tuple[StoredArray, StoredArray], same_size_as: StoredArray | None = None
) -> StoredArray:
    """The pictures of ``arrays``, if they are pictures."""
    pictures, _ = arrays
    if pictures.dtype != np.uint8:
        raise PictureFileError(
            f"{pictures.name} has the dtype {pictures.dtype}; pictures are uint8, from 0 to 255. "
            "Convert them."
        )
    if len(pictures.shape) != 4 or pictures.shape[3] != 3 or 0 in pictures.shape[1:]:
        raise PictureFileError(
            f"{pictures.name} has the shape {pictures.shape}; pictures are (m, n_H, n_W, 3), with "
            "the colours last. Rearrange them."
        )
    if pictures.shape[0] == 0:
        raise PictureFileError(
            f"{pictures.name} is empty: {pictures.shape}. Take a file with pictures."
        )
    if same_size_as is not None and pictures.shape[1:] != same_size_as.shape[1:]:
        raise PictureFileError(
            f"{pictures.name} has pictures of the size {pictures.shape[1:]}, but "
            f"{same_size_as.name} of {same_size_as.shape[1:]}. Take files that belong together."
        )
    return pictures


def find_labels(arrays: tuple[StoredArray, StoredArray], classes: int) -> NDArray[np.int64]:
    """The labels of ``arrays``, int64 (m,), if each is one of ``classes`` and there are enough."""
    pictures, labels = arrays
    if labels.dtype.kind not in "iu":
        raise PictureFileError(
            f"{labels.name} has the dtype {labels.dtype}; labels are whole numbers, int64. "
            "Convert them."
        )
    m = pictures.shape[0]
    if labels.shape not in ((m,), (1, m)):
        raise PictureFileError(
            f"{labels.name} has the shape {labels.shape}, which does not fit the {m} pictures of "
            f"{pictures.name}: ({m},) or (1, {m}) would. Take files that belong together."
        )
    read = labels.read_all().reshape(m)
    wrong = np.flatnonzero((read < 0) | (read >= classes))
    if wrong.size:
        raise PictureFileError(
            f"{labels.name} has the label {read[wrong[0]]} at place {wrong[0]}; with {classes} "
            f"names in {CLASSES}, labels go from 0 to {classes - 1}. Correct the labels or the "
            "names."
        )
    return read.astype(np.int64)


def find_classes(*files: h5py.File) -> tuple[str, ...]:
    """The names of the classes, from whichever of ``files`` has them."""
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        with _damage_told(file.filename):
            present = CLASSES in file
        if present:
            stored = StoredArray(file, CLASSES)
            found[stored.name] = _names(stored)
    if not found:
        where = " nor ".join(dict.fromkeys(file.filename for file in files))
        raise PictureFileError(
            f"There is no {CLASSES} in {where}. Add the names of the classes under that key."
        )
    (first, names), (last, others) = next(iter(found.items())), next(reversed(found.items()))
    if names != others:
        raise PictureFileError(
            f"{first} has the classes {', '.join(names)}, but {last} has {', '.join(others)}. "
            "Take files that belong together."
        )
    return names


def _names(stored: StoredArray) -> tuple[str, ...]:
    if len(stored.shape) != 1 or 0 in stored.shape:
        raise PictureFileError(
            f"{stored.name} has the shape {stored.shape}; the names of k classes are (k,). "
            "Write one name for each class."
        )
    if stored.dtype.kind not in "iu" and h5py.check_string_dtype(stored.dtype) is None:
        raise PictureFileError(
            f"{stored.name} has the dtype {stored.dtype}; names of classes are whole numbers or "
            "text. Convert them."
        )
    return tuple(
        name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name)
        for name in stored.read_all().tolist()
    )


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """Say in one way what h5py says in many: part of the file is gone, or is not what it was."""
    try:
        yield
    except PictureFileError:
        raise
    except Exception as error:
        raise PictureFileError(
            f"{name} cannot be read; the file is damaged or cut off. Copy or download it again. "
            f"(HDF5 says: {error})"
        ) from error
