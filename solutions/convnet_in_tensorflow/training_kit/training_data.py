"""A picture file's content as a network takes it: numbers from 0 to 1, in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .brief_runs import is_brief
from .picture_files import PictureSet, open_pictures

FEW = 1
"""Pictures in a brief run."""


@dataclass(frozen=True)
class TrainingData:
    """Pictures ``X`` (m, n_H, n_W, n_C) from 0 to 1 with labels ``Y`` (m,), numbers of classes.

    ``classes`` are the names of the classes, in the order of their numbers.
    """

    X_train: NDArray[np.float32]
    Y_train: NDArray[np.int64]
    X_test: NDArray[np.float32]
    Y_test: NDArray[np.int64]
    classes: tuple[str, ...]


def load_training_data(path: str | Path, test_path: str | Path | None = None) -> TrainingData:
    """Read a picture file (or a pair of files), and scale its bytes to float32 from 0 to 1.

    Raises ``PictureFileError`` if it has not the schema. A brief run reads a few pictures only.
    """
    with open_pictures(path, test_path) as pictures:
        return TrainingData(
            *_of(pictures.train), *_of(pictures.test), tuple(map(str, pictures.classes))
        )


def first(data: TrainingData, train: int, test: int) -> TrainingData:
    """The same with the first ``train`` and ``test`` pictures only."""
    return TrainingData(
        data.X_train[:train],
        data.Y_train[:train],
        data.X_test[:test],
        data.Y_test[:test],
        data.classes,
    )


def _of(pictures: PictureSet) -> tuple[Any, Any]:
    count = FEW if is_brief() else len(pictures)
    few = pictures.read(0, min(count, len(pictures)))
    return few.astype(np.float32) / np.float32(255), np.asarray(pictures.labels[: len(few)])
