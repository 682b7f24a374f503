"""Answer keys: what is in them, and the ways in which they go wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from autograder.expected import Answer, AnswerKey
from autograder.instant_checks.packing import pack

DAMAGES: dict[str, Callable[[Path], Any]] = {
    "no file": lambda path: path.unlink(),
    "an empty file": lambda path: path.write_bytes(b""),
    "a text file": lambda path: path.write_text("not HDF5"),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "the last byte missing": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "another HDF5 file": lambda path: _write_images(path),
    "a case without its name": lambda path: _edit(path, _delete_a_name),
    "an array missing": lambda path: _edit(path, _delete_an_array),
    "no seed": lambda path: _edit(path, lambda file: file.attrs.pop("seed")),
    "no JSON": lambda path: _edit(path, lambda file: _set_cases(file, "{")),
    "JSON of another kind": lambda path: _edit(path, lambda file: _set_cases(file, "[1]")),
}


def _write_images(path: Path) -> None:
    with h5py.File(path, "w") as file:
        file["train_set_x"] = np.zeros((2, 4, 4, 3), dtype=np.uint8)


def _edit(path: Path, change: Callable[[h5py.File], Any]) -> None:
    with h5py.File(path, "r+") as file:
        change(file)


def _delete_a_name(file: h5py.File) -> None:
    cases = json.loads(file["zero_pad/cases"][()].tobytes())
    del cases[0]["case"]
    _set_cases(file, json.dumps(cases))


def _delete_an_array(file: h5py.File) -> None:
    shorter = file["zero_pad/float64"][:-1]
    del file["zero_pad/float64"]
    file["zero_pad/float64"] = shorter


def _set_cases(file: h5py.File, text: str) -> None:
    del file["zero_pad/cases"]
    file["zero_pad/cases"] = np.frombuffer(text.encode(), np.uint8)


def contents(key: AnswerKey) -> dict[str, list[tuple[Any, ...]]]:
    """All of the answers in plain JSON, exact to the last bit, and in their order."""
    return {
        exercise: [
            (case, answer.arguments, answer.digest, pack(answer.expected))
            for case, answer in answers.items()
        ]
        for exercise, answers in key.answers.items()
    }


def with_answer(key: AnswerKey, exercise: str, case: str, answer: Answer) -> AnswerKey:
    """``key`` with another answer to one case."""
    answers = {**key.answers, exercise: {**key.answers[exercise], case: answer}}
    return replace(key, answers=answers)


def with_case_renamed(key: AnswerKey, exercise: str) -> AnswerKey:
    """``key`` whose first case of ``exercise`` is called otherwise."""
    first, *others = key.answers[exercise].items()
    renamed = dict([("a case of yesterday", first[1]), *others])
    return replace(key, answers={**key.answers, exercise: renamed})


def nudge(value: Any) -> Any:
    """``value`` with its first real number changed by a millionth, and nothing else."""
    if isinstance(value, tuple):
        return (nudge(value[0]), *value[1:])
    nudged = np.array(value)
    assert nudged.dtype.kind == "f"
    first = np.flatnonzero(nudged)[0]
    nudged.flat[first] *= 1 + 1e-6
    return nudged if isinstance(value, np.ndarray) else type(value)(nudged)
