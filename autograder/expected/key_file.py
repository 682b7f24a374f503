"""Write answer keys to HDF5 and read them back.

Layout: ``/<exercise>/<dtype>`` are all arrays of that dtype, one behind the other, and
``/<exercise>/cases`` is JSON in UTF-8: a list with the name, the arguments and the expected output
of each case, packed, in which ``[dtype, shape, offset]`` stands for an array. Root attributes:
``assignment`` and ``seed``. A few large datasets are read ten times as fast as many small ones, and
grading begins with them.
"""

from __future__ import annotations

import base64
import json
import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from autograder.expected.answers import Answer, AnswerKey
from autograder.hdf5_files import new_file, new_group
from autograder.instant_checks.packing import Packed, digest_of_packed, pack, unpack

_CASES = "cases"


class KeyFileError(Exception):
    """The file is no answer key, or is damaged; the message says what reading it came to."""


def save_key(key: AnswerKey, path: Path) -> None:
    """Write ``key``: equal keys give equal bytes, and the file is complete or not there."""
    with new_file(path) as file:
        file.attrs["assignment"] = key.assignment
        file.attrs["seed"] = str(key.seed)
        for exercise, answers in key.answers.items():
            _save_answers(new_group(file, exercise), answers)


def _save_answers(group: h5py.Group, answers: Mapping[str, Answer]) -> None:
    arrays: dict[str, list[bytes]] = defaultdict(list)
    ends: dict[str, int] = defaultdict(int)

    def store(raw: Any) -> list[Any]:
        dtype, data = raw["dtype"], base64.b64decode(raw["data"])
        place = ends[dtype]
        arrays[dtype].append(data)
        ends[dtype] += math.prod(raw["shape"])
        return [dtype, raw["shape"], place]

    cases = [
        {
            "case": case,
            "arguments": with_arrays(store, answer.arguments),
            "expected": with_arrays(store, pack(answer.expected)),
        }
        for case, answer in answers.items()
    ]
    for dtype, data in arrays.items():
        values = np.frombuffer(b"".join(data), dtype=dtype)
        group.create_dataset(values.dtype.name, data=values, track_times=False)
    text = np.frombuffer(json.dumps(cases, ensure_ascii=False).encode(), np.uint8)
    group.create_dataset(_CASES, data=text, track_times=False)


def with_arrays(change: Callable[[Any], Any], node: Any) -> Any:
    """The packed ``node`` with what it says of each array changed."""
    if isinstance(node, list):
        return [with_arrays(change, item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: change(item) if key in ("array", "scalar") else with_arrays(change, item)
        for key, item in node.items()
    }


def read_key(path: Path) -> AnswerKey:
    """Read the key file at ``path``; raises :class:`KeyFileError` if it is missing or damaged."""
    try:
        with h5py.File(path, "r") as file:
            answers = {name: _load_answers(group) for name, group in file.items()}
            return AnswerKey(str(file.attrs["assignment"]), int(file.attrs["seed"]), answers)
    except Exception as error:  # damage shows in as many ways as h5py has layers
        raise KeyFileError(f"{type(error).__name__}: {error}") from error


def _load_answers(group: h5py.Group) -> dict[str, Answer]:
    arrays = {name: dataset[()] for name, dataset in group.items() if name != _CASES}

    def restore(about: Any) -> Packed:
        dtype, shape, place = about
        flat = arrays[np.dtype(dtype).name][place : place + math.prod(shape)]
        data = base64.b64encode(flat.astype(dtype, copy=False).tobytes()).decode("ascii")
        return {"dtype": dtype, "shape": shape, "data": data}

    answers = {}
    for about in json.loads(group[_CASES][()].tobytes()):
        arguments = with_arrays(restore, about["arguments"])
        expected = unpack(with_arrays(restore, about["expected"]))
        unpack(arguments)  # raises if it is damaged
        answers[about["case"]] = Answer(arguments, digest_of_packed(arguments), expected)
    return answers
