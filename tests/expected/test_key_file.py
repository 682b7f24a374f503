"""Keys are written to HDF5 and read back unchanged, byte for byte the same every time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from autograder.exercises import Assignment
from autograder.expected import (
    Answer,
    AnswerKey,
    KeyFileError,
    compute_key,
    read_key,
    save_key,
)
from autograder.instant_checks.packing import digest, pack
from tests.expected.keys import DAMAGES, contents, nudge, with_answer

TOY_ARGUMENTS = (
    np.arange(6.0).reshape(2, 3),
    (np.array(True), {"stride": 2, "mode": "max", "weights": np.zeros((0, 2))}),
    np.float64(0.1),
    0.1,
    None,
)
TOY_EXPECTED = (np.array([[True, False]]), np.float32([1.5]), [1, "two"], 1 / 3)


def test_a_key_read_back_is_the_same(key: AnswerKey, tmp_path: Path) -> None:
    save_key(key, tmp_path / "key.h5")
    again = read_key(tmp_path / "key.h5")
    assert (again.assignment, again.seed) == (key.assignment, key.seed)
    assert contents(again) == contents(key)


def test_order_survives_even_beyond_ten_cases(tmp_path: Path) -> None:
    answer = Answer(pack(()), digest(()), 1.0)
    names = [f"case {number}" for number in (3, 1, 12, 7, 2, 10, 5, 4, 0, 6, 11, 9, 8)]
    key = AnswerKey("toy", 0, {"z": dict.fromkeys(names, answer), "a": {"only": answer}})
    save_key(key, tmp_path / "key.h5")
    answers = read_key(tmp_path / "key.h5").answers
    assert {exercise: list(cases) for exercise, cases in answers.items()} == {
        "z": names,
        "a": ["only"],
    }
    assert list(answers) == ["z", "a"]


def test_every_kind_of_value_survives(tmp_path: Path) -> None:
    answer = Answer(pack(TOY_ARGUMENTS), digest(TOY_ARGUMENTS), TOY_EXPECTED)
    save_key(AnswerKey("toy", 2**80, {"f": {"ünïcode: 5 × 5": answer}}), tmp_path / "key.h5")
    again = read_key(tmp_path / "key.h5")
    assert again.seed == 2**80
    read = again.answers["f"]["ünïcode: 5 × 5"]
    assert (read.arguments, read.digest) == (answer.arguments, answer.digest)
    assert digest(read.expected) == digest(TOY_EXPECTED)


def test_equal_keys_give_equal_bytes(
    assignment: Assignment, key: AnswerKey, tmp_path: Path
) -> None:
    save_key(key, tmp_path / "one.h5")
    save_key(compute_key(assignment), tmp_path / "other.h5")
    assert (tmp_path / "one.h5").read_bytes() == (tmp_path / "other.h5").read_bytes()


def test_no_object_in_the_file_remembers_when_it_was_made(key: AnswerKey, tmp_path: Path) -> None:
    save_key(key, tmp_path / "key.h5")
    times: set[int] = set()
    with h5py.File(tmp_path / "key.h5") as file:
        file.visititems(lambda _, thing: times.update(times_of(thing)))
    assert times == {0}


def times_of(thing: h5py.HLObject) -> set[int]:
    """When the object was made, changed or read, in seconds; 0 where the file does not say."""
    info = h5py.h5o.get_info(thing.id)
    return {info.atime, info.btime, info.ctime, info.mtime}


def test_saving_makes_the_folder_and_leaves_nothing_else(key: AnswerKey, tmp_path: Path) -> None:
    path = tmp_path / "secret" / "key.h5"
    save_key(key, path)
    save_key(key, path)
    assert list(path.parent.iterdir()) == [path]


def test_a_key_is_replaced_as_a_whole(
    assignment: Assignment, key: AnswerKey, tmp_path: Path
) -> None:
    path = tmp_path / "key.h5"
    save_key(compute_key(assignment, seed=7), path)
    save_key(key, path)
    assert contents(read_key(path)) == contents(key)


def test_a_small_change_of_one_number_is_read_back(key: AnswerKey, tmp_path: Path) -> None:
    case, answer = next(iter(key.answers["conv_forward"].items()))
    changed = Answer(answer.arguments, answer.digest, nudge(answer.expected))
    save_key(with_answer(key, "conv_forward", case, changed), tmp_path / "key.h5")
    Z, _ = read_key(tmp_path / "key.h5").answers["conv_forward"][case].expected
    assert np.count_nonzero(answer.expected[0] != Z) == 1


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_raises_a_key_file_error(
    damage: Callable[[Path], Any], key: AnswerKey, tmp_path: Path
) -> None:
    path = tmp_path / "key.h5"
    save_key(key, path)
    damage(path)
    with pytest.raises(KeyFileError):
        read_key(path)
