"""Small files of pictures for the tests, right ones and broken ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import h5py
import numpy as np

Arrays = dict[str, Any]


def right_arrays(train: int = 7, test: int = 3, size: tuple[int, int] = (5, 4)) -> Arrays:
    """The arrays of a right file with two classes; the pictures are all different."""
    rng = np.random.default_rng([train, test, *size])
    arrays: Arrays = {"list_classes": np.array([0, 1])}
    for kind, m in (("train", train), ("test", test)):
        arrays[f"{kind}_set_x"] = rng.integers(0, 256, (m, *size, 3), dtype=np.uint8)
        arrays[f"{kind}_set_y"] = rng.integers(0, 2, m)
    return arrays


def write(path: Path, arrays: Arrays, **options: Any) -> Path:
    """Write ``arrays`` to ``path``; ``options`` are for the pictures' datasets."""
    with h5py.File(path, "w") as file:
        for key, array in arrays.items():
            file.create_dataset(key, data=array, **(options if key.endswith("_x") else {}))
    return path


def write_pair(folder: Path, arrays: Arrays) -> tuple[Path, Path]:
    """Write ``arrays`` as a pair of files, both with the list of classes."""
    paths = []
    for kind in ("train", "test"):
        chosen = {key: array for key, array in arrays.items() if key.startswith((kind, "list"))}
        paths.append(write(folder / f"{kind}_signs.h5", chosen))
    return paths[0], paths[1]
