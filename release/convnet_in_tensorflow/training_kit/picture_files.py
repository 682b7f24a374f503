"""Read labelled pictures from HDF5, a batch at a time.

The schema, in one file, or in a pair of which one has the ``train_`` keys and the other the
``test_`` keys:

- ``train_set_x``, ``test_set_x``: uint8 (m, n_H, n_W, 3), red, green and blue from 0 to 255
- ``train_set_y``, ``test_set_y``: integers (m,) or (1, m), each the place of a class in the list
- ``list_classes``: integers or text (k,), the names of the classes, in either file or in both
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .picture_schema import (
    PictureFileError,
    StoredArray,
    find_arrays,
    find_classes,
    find_labels,
    find_pictures,
    open_file,
)

__all__ = ["PictureFile", "PictureFileError", "PictureSet", "open_pictures"]

Pictures = NDArray[np.uint8]
Labels = NDArray[np.int64]


def open_pictures(
    path: str | os.PathLike[str], test_path: str | os.PathLike[str] | None = None
) -> PictureFile:
    """Open the pictures in ``path``, or in the pair of ``path`` (train) and ``test_path`` (test).

    Use it as ``with open_pictures("data/signs.h5") as pictures:``. Labels are read at once,
    pictures when they are asked for. Raises :class:`PictureFileError` if a file is missing, is
    damaged, or does not have the schema above.
    """
    return PictureFile(Path(path), None if test_path is None else Path(test_path))


class PictureSet:
    """Pictures and their labels, for training or for testing.

    ``shape`` is that of all pictures together, (m, n_H, n_W, 3); ``labels`` is int64 (m,).
    """

    def __init__(self, pictures: StoredArray, labels: Labels) -> None:
        """Put together by :func:`open_pictures`."""
        self._pictures = pictures
        self.shape = pictures.shape
        self.labels = labels

    def __len__(self) -> int:
        """How many pictures there are."""
        return self.shape[0]

    def read(self, start: int, stop: int) -> Pictures:
        """Read the pictures from ``start`` up to but without ``stop``, uint8 (n, n_H, n_W, 3).

        As with a slice of a list, there are fewer if the set ends before ``stop``. Raises
        :class:`PictureFileError` if the file is damaged there, or is closed.
        """
        asked = range(len(self))[start:stop]
        pictures: Pictures = self._pictures.read(asked.start, max(asked.start, asked.stop))
        return pictures

    def batches(self, size: int) -> Iterator[tuple[Pictures, Labels]]:
        """Read ``size`` pictures and their labels at a time, in order; the last are what is left.

        No more than one batch is held in memory.
        """
        if size < 1:
            raise ValueError(f"A batch has at least one picture, so its size cannot be {size}.")
        for start in range(0, len(self), size):
            yield self.read(start, start + size), self.labels[start : start + size].copy()

    def load(self) -> tuple[Pictures, Labels]:
        """All pictures, uint8 (m, n_H, n_W, 3), and all labels, int64 (m,)."""
        return self.read(0, len(self)), self.labels.copy()


class PictureFile:
    """Pictures for training and for testing, open for reading until the ``with`` block ends.

    ``train`` and ``test`` are :class:`PictureSet`; ``classes`` names the classes, and a label is a
    place in it: ``classes[train.labels[0]]`` is what the first picture shows.
    """

    def __init__(self, path: Path, test_path: Path | None = None) -> None:
        """Open and check one file, or a pair of them, as :func:`open_pictures` does."""
        with ExitStack() as opened:
            train_file = opened.enter_context(open_file(path))
            test_file = train_file
            if test_path is not None:
                test_file = opened.enter_context(open_file(test_path))
            paired = test_path is not None
            train = find_arrays(train_file, "train", paired=paired)
            test = find_arrays(test_file, "test", paired=paired)
            self.classes = find_classes(train_file, test_file)
            train_pictures = find_pictures(train)
            test_pictures = find_pictures(test, same_size_as=train_pictures)
            self.train = PictureSet(train_pictures, find_labels(train, len(self.classes)))
            self.test = PictureSet(test_pictures, find_labels(test, len(self.classes)))
            self._opened = opened.pop_all()

    def close(self) -> None:
        """Close the files; what was read from them stays."""
        self._opened.close()

    def __enter__(self) -> PictureFile:
        """The open pictures."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the files."""
        self.close()
