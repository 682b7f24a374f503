"""Keep what a training run has got so far in an HDF5 file, so that it can be taken up again.

A checkpoint is written beside its place and moved there when it is complete: whenever writing is
stopped, the place holds the checkpoint before or the one after, never half of one. The first 512
bytes, which HDF5 leaves to its users, hold a digest of the rest, so that damage is noticed before
anything is read from a damaged file.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[Any]]

_USER_BLOCK = 512
_MARK = b"checkpoint of convnet_in_numpy, format 1, sha256 "
_REMEDY = "Delete it and train anew, or name a checkpoint that is whole."


class CheckpointError(ValueError):
    """A file is not a checkpoint that training can go on from; the message says why."""


@dataclass(frozen=True)
class Training:
    """What a training run has got after ``epoch`` epochs and ``t`` steps.

    ``m`` and ``v`` are Adam's two moments, arrays under the names of ``parameters``. ``costs``,
    ``train_accuracies`` and ``test_accuracies`` (shares from 0 to 1) have one number an epoch. The
    last three fields are the settings that a run which goes on from here must share.
    """

    parameters: Arrays
    m: Arrays
    v: Arrays
    t: int = 0
    epoch: int = 0
    costs: tuple[float, ...] = ()
    train_accuracies: tuple[float, ...] = ()
    test_accuracies: tuple[float, ...] = ()
    seed: int = 0
    batch_size: int = 64
    learning_rate: float = 0.001


_DICTS = ("parameters", "m", "v")
_CURVES = ("costs", "train_accuracies", "test_accuracies")
_NUMBERS = ("t", "epoch", "seed", "batch_size", "learning_rate")


def save_checkpoint(path: str | Path, training: Training) -> None:
    """Write ``training`` to ``path``, making its folder; what was there stays until all is written.

    Raises OSError where the file cannot be written.
    """
    place = Path(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{place.name}-", dir=place.parent)
    os.close(handle)
    try:
        _write(Path(name), training)
        Path(name).replace(place)
    except BaseException:  # an interruption, too, must not leave half a file lying about
        Path(name).unlink(missing_ok=True)
        raise


def _write(path: Path, training: Training) -> None:
    with h5py.File(path, "w", userblock_size=_USER_BLOCK) as file:
        for name in _DICTS:
            group = file.create_group(name, track_order=True)
            for key, array in getattr(training, name).items():
                group[key] = array
        for name in _CURVES:
            file[name] = np.array(getattr(training, name), dtype=np.float64)
        for name in _NUMBERS:
            file.attrs[name] = getattr(training, name)
    with path.open("r+b") as raw:
        raw.seek(_USER_BLOCK)
        digest = hashlib.sha256(raw.read()).hexdigest().encode()
        raw.seek(0)
        raw.write(_MARK + digest)
        raw.flush()
        os.fsync(raw.fileno())  # so that even a power cut finds it complete


def load_checkpoint(path: str | Path) -> Training:
    """The training that ``path`` holds, to the last bit.

    Raises FileNotFoundError if there is no such file, and :class:`CheckpointError` if it is not
    a checkpoint or is damaged.
    """
    place = Path(path)
    try:
        content = place.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(f"There is no checkpoint {place}.") from None
    except IsADirectoryError:
        raise CheckpointError(f"{place} is a folder, not a checkpoint.") from None
    if not content.startswith(_MARK):
        raise CheckpointError(f"{place} is not a checkpoint of this notebook. {_REMEDY}")
    told = content[len(_MARK) : _USER_BLOCK].rstrip(b"\0")
    if told != hashlib.sha256(content[_USER_BLOCK:]).hexdigest().encode():
        raise CheckpointError(
            f"{place} is damaged: its content is not what was written ({len(content):,} bytes are "
            f"there). {_REMEDY}"
        )
    return _read(place)


def _read(path: Path) -> Training:
    with h5py.File(path, "r") as file:
        found: dict[str, Any] = {
            name: {key: array[()] for key, array in file[name].items()} for name in _DICTS
        }
        found |= {name: tuple(file[name][()].tolist()) for name in _CURVES}
        found |= {name: file.attrs[name].item() for name in _NUMBERS}
    return Training(**found)
