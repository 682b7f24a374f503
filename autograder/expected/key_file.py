"""Write answer keys to HDF5 and read them back.

Layout: ``/<exercise>/<case number>`` with the attribute ``case`` (its name) and two groups,
``arguments`` and ``expected``, each with the attribute ``packed`` (the structure as JSON) and one
dataset for each array. Root attributes: ``assignment`` and ``seed``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from autograder.expected.answers import Answer, AnswerKey
from autograder.instant_checks.packing import Packed, digest, pack, unpack


class KeyFileError(Exception):
    """The file is no answer key, or is damaged; the message says what reading it came to."""


def save_key(key: AnswerKey, path: Path) -> None:
    """Write ``key``: equal keys give equal bytes, and the file is complete or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with h5py.File(unfinished, "w", track_order=True) as file:
        file.attrs["assignment"] = key.assignment
        file.attrs["seed"] = str(key.seed)
        for exercise, answers in key.answers.items():
            for number, (case, answer) in enumerate(answers.items()):
                group = file.create_group(f"{exercise}/{number}", track_order=True)
                group.attrs["case"] = case
                _save_packed(group.create_group("arguments"), answer.arguments)
                _save_packed(group.create_group("expected"), pack(answer.expected))
    unfinished.replace(path)


def _save_packed(group: h5py.Group, packed: Packed) -> None:
    """Store each array as a dataset; in the structure its name stands in the array's place."""

    def store(node: Any) -> Any:
        if isinstance(node, list):
            return [store(item) for item in node]
        if isinstance(node, dict) and ("array" in node or "scalar" in node):
            ((kind, raw),) = node.items()
            name = f"array{len(group)}"
            group.create_dataset(name, data=unpack({kind: raw}), track_times=False)
            return {kind: name}
        if isinstance(node, dict):
            return {key: store(item) for key, item in node.items()}
        return node

    group.attrs["packed"] = json.dumps(store(packed))


def _load_packed(group: h5py.Group) -> Packed:
    def restore(node: Any) -> Any:
        if isinstance(node, list):
            return [restore(item) for item in node]
        if isinstance(node, dict) and ("array" in node or "scalar" in node):
            ((kind, name),) = node.items()
            return {kind: pack(np.asarray(group[name][()]))["array"]}
        if isinstance(node, dict):
            return {key: restore(item) for key, item in node.items()}
        return node

    packed: Packed = restore(json.loads(group.attrs["packed"]))
    return packed


def read_key(path: Path) -> AnswerKey:
    """Read the key file at ``path``; raises :class:`KeyFileError` if it is missing or damaged."""
    try:
        with h5py.File(path, "r") as file:
            answers = {name: _load_answers(cases) for name, cases in file.items()}
            return AnswerKey(str(file.attrs["assignment"]), int(file.attrs["seed"]), answers)
    except Exception as error:  # damage shows in as many ways as h5py has layers
        raise KeyFileError(f"{type(error).__name__}: {error}") from error


def _load_answers(cases: h5py.Group) -> dict[str, Answer]:
    in_order = sorted(cases.items(), key=lambda item: int(item[0]))
    return {str(group.attrs["case"]): _load_answer(group) for _, group in in_order}


def _load_answer(group: h5py.Group) -> Answer:
    arguments = _load_packed(group["arguments"])
    expected = unpack(_load_packed(group["expected"]))
    return Answer(arguments, digest(unpack(arguments)), expected)
