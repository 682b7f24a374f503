"""Write the outcomes of known mistakes to HDF5, and read those of one exercise when it is failed.

Layout: ``/<exercise>/numbers``, all its arrays one behind the other, each once, and the attribute
``outcomes``: JSON by mistake and case, in which ``[dtype, shape, offset]`` stands for an array.
One exercise is one read, since grading a class begins with them.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from autograder.expected.key_file import KeyFileError, with_arrays
from autograder.expected.outcomes import CaseOutcomes, MistakenOutcome, Outcomes
from autograder.hdf5_files import new_file, new_group
from autograder.instant_checks.packing import pack, unpack


def save_outcomes(outcomes: Outcomes, path: Path) -> None:
    """Write ``outcomes``: equal ones give equal bytes, and the file is complete or not there."""
    with new_file(path) as file:
        for exercise, mistakes in outcomes.items():
            numbers = _Numbers()
            written = {
                mistake: {case: _written(outcome, numbers) for case, outcome in cases.items()}
                for mistake, cases in mistakes.items()
            }
            group = new_group(file, exercise)
            # Single precision is finer than results are compared, and half as large.
            data = np.concatenate([np.zeros(0), *numbers.arrays]).astype(np.float32)
            group.create_dataset("numbers", data=data, compression="gzip", track_times=False)
            text = json.dumps(written).encode()
            group.create_dataset("outcomes", data=np.frombuffer(text, np.uint8), track_times=False)


class _Numbers:
    """Arrays one behind the other; equal ones share their place."""

    def __init__(self) -> None:
        self.arrays: list[np.ndarray[Any, Any]] = []
        self._places: dict[bytes, int] = {}
        self._end = 0

    def place(self, array: np.ndarray[Any, Any]) -> int:
        flat = array.astype(np.float64).ravel()
        place = self._places.setdefault(flat.tobytes(), self._end)
        if place == self._end:
            self.arrays.append(flat)
            self._end += flat.size
        return place


def _written(outcome: MistakenOutcome, numbers: _Numbers) -> Any:
    if outcome.error:
        return {"error": outcome.error, **({"words": outcome.words} if outcome.words else {})}

    def store(raw: Any) -> list[Any]:
        array = np.asarray(unpack({"array": raw}))
        return [array.dtype.str, list(array.shape), numbers.place(array)]

    return {"value": with_arrays(store, pack(outcome.value))}


class SavedOutcomes:
    """The outcomes in the file at ``path``, read exercise by exercise as they are asked for."""

    def __init__(self, path: Path) -> None:
        """Nothing is read yet."""
        self._path = path
        self.of = cache(self._read)

    def _read(self, exercise: str) -> dict[str, CaseOutcomes]:
        """Outcomes by mistake and case; raises :class:`KeyFileError` if they cannot be read."""
        try:
            with h5py.File(self._path, "r") as file:
                numbers = file[exercise]["numbers"][()].astype(np.float64)
                written = json.loads(file[exercise]["outcomes"][()].tobytes())
        except Exception as error:  # damage shows in as many ways as h5py has layers
            raise KeyFileError(f"{type(error).__name__}: {error}") from error
        return {
            mistake: {case: _outcome(value, numbers) for case, value in cases.items()}
            for mistake, cases in written.items()
        }


def _outcome(written: Any, numbers: np.ndarray[Any, Any]) -> MistakenOutcome:
    if "error" in written:
        return MistakenOutcome(error=written["error"], words=written.get("words", ""))

    def restore(node: Any) -> Any:
        ((kind, content),) = node.items()
        if kind in ("array", "scalar"):
            dtype, shape, place = content
            size = int(np.prod(shape, dtype=int))
            array = numbers[place : place + size].astype(dtype).reshape(shape)
            return array if kind == "array" else array[()]
        if kind in ("tuple", "list"):
            items = map(restore, content)
            return tuple(items) if kind == "tuple" else list(items)
        if kind == "dict":
            return {restore(key): restore(item) for key, item in content}
        return unpack(node)

    return MistakenOutcome(restore(written["value"]))
