"""Write the collection to HDF5, as the public files of hand signs have it, and compare with one."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from autograder.hdf5_files import new_file
from autograder.signs.collection import Signs
from autograder.signs.photograph import STEP, Picture
from autograder.training_kit.picture_files import PictureFileError, open_pictures

TOGETHER = 20
"""Pictures in a chunk, which is packed and unpacked as a whole."""

UNEQUAL = 1e-4
"""The share of brightnesses that may come out a step apart: where one lies on the edge between
two steps, the last bit of a sum decides, and that depends on the processor."""


def write_signs(signs: Signs, path: Path) -> None:
    """Write ``signs``: equal ones give equal bytes, and the file is complete or not there.

    The keys and dtypes are those of :mod:`autograder.training_kit.picture_files`.
    """
    with new_file(path) as file:
        for key, array in (
            ("train_set_x", signs.train_x),
            ("train_set_y", signs.train_y),
            ("test_set_x", signs.test_x),
            ("test_set_y", signs.test_y),
            ("list_classes", signs.classes),
        ):
            packed = {"chunks": (min(TOGETHER, len(array)), *array.shape[1:]), "compression": 9}
            file.create_dataset(
                key, data=array, track_times=False, **(packed if key.endswith("_x") else {})
            )


def difference(signs: Signs, path: Path) -> str | None:
    """How the file ``path`` differs from ``signs``, in words; None if it does not."""
    try:
        with open_pictures(path) as file:
            if file.classes != tuple(map(str, signs.classes)):
                return f"its classes are {', '.join(file.classes)}"
            for kind, found, x, y in (
                ("training", file.train.load(), signs.train_x, signs.train_y),
                ("test", file.test.load(), signs.test_x, signs.test_y),
            ):
                if found[0].shape != x.shape:
                    return f"its {kind} pictures have the shape {found[0].shape}, not {x.shape}"
                if not np.array_equal(found[1], y):
                    return f"its {kind} labels are others"
                if different := look_different(found[0], x):
                    return f"{different} of its {kind} pictures look different"
    except PictureFileError as error:
        return str(error)
    return None


def look_different(found: Picture, drawn: Picture) -> int:
    """How many pictures differ by more than the last bits of sums can make them."""
    apart = np.abs(found.astype(np.int16) - drawn.astype(np.int16))
    far = (apart > STEP).any(axis=(1, 2, 3))
    if np.count_nonzero(apart) > UNEQUAL * apart.size:
        far |= (apart > 0).any(axis=(1, 2, 3))
    return int(np.count_nonzero(far))
