"""What known mistakes give is kept beside the key, and read back as it was."""

from __future__ import annotations

import h5py
import numpy as np
import pytest

from autograder.expected import (
    KeyFileError,
    compute_key,
    default_key_path,
    load_key,
    outcomes_are_current,
    outcomes_path,
    write_key,
)
from autograder.expected.outcome_file import SavedOutcomes, save_outcomes
from autograder.expected.outcomes import MistakenOutcome, compute_outcomes
from autograder.mistakes.naming import same_outcome
from tests.in_tensorflow import computable
from tests.submissions import ASSIGNMENT, REPOSITORY

DECLARED = REPOSITORY.assignment(ASSIGNMENT)


@pytest.fixture(scope="module")
def key_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("key") / "key.h5"
    write_key(DECLARED, 7, path)
    return path


@pytest.mark.parametrize("assignment", computable())
def test_the_committed_ones_are_current(assignment):
    assert outcomes_are_current(assignment, default_key_path(assignment))


def test_those_in_dicts_and_lists_are_read_back_as_they_were(tmp_path):
    values = {
        "of an array": np.arange(6.0).reshape(2, 3),
        "of a list of pairs": [(np.ones(2), np.array([1, 2])), (np.zeros(0), np.array([3]))],
        "of a dict": {"W1": np.array([np.nan, np.inf, -1.5]), "b1": 2.5},
        "of both": ({"W": {"deep": np.ones((1, 2))}}, [0.5, 1.5]),
    }
    outcomes = {name: MistakenOutcome(value) for name, value in values.items()}
    save_outcomes({"exercise": {"mistake": outcomes}}, tmp_path / "outcomes.h5")
    found = SavedOutcomes(tmp_path / "outcomes.h5").of("exercise")["mistake"]
    assert list(found) == list(outcomes)
    assert all(same_outcome(found[name], outcomes[name]) for name in outcomes)
    assert not same_outcome(found["of a dict"], MistakenOutcome({**values["of a dict"], "b1": 3}))


def test_what_is_read_is_what_was_computed(key_file):
    computed = compute_outcomes(DECLARED, compute_key(DECLARED, 7))
    saved = SavedOutcomes(outcomes_path(key_file))
    for exercise, mistakes in computed.items():
        found = saved.of(exercise)
        assert {name: list(cases) for name, cases in found.items()} == {
            name: list(cases) for name, cases in mistakes.items()
        }
        for name, cases in mistakes.items():
            assert all(same_outcome(found[name][case], cases[case]) for case in cases)


def test_equal_ones_give_equal_bytes(key_file, tmp_path):
    write_key(DECLARED, 7, tmp_path / "again.h5")
    again = outcomes_path(tmp_path / "again.h5")
    assert again.read_bytes() == outcomes_path(key_file).read_bytes()


def test_those_of_another_seed_or_changed_ones_are_not_current(key_file, tmp_path):
    other = tmp_path / "key.h5"
    write_key(DECLARED, 7, other)
    assert outcomes_are_current(DECLARED, other)
    with h5py.File(outcomes_path(other), "r+") as file:
        file["conv_forward/numbers"][...] = file["conv_forward/numbers"][()] + 1
    assert not outcomes_are_current(DECLARED, other)
    outcomes_path(other).unlink()
    assert not outcomes_are_current(DECLARED, other)


def test_a_damaged_file_is_said_to_be(tmp_path):
    (tmp_path / "damaged.h5").write_bytes(b"no HDF5")
    with pytest.raises(KeyFileError):
        SavedOutcomes(tmp_path / "damaged.h5").of("zero_pad")


def test_a_course_s_own_key_has_its_own(tmp_path):
    course = REPOSITORY.copy_to(tmp_path / "course")
    assert load_key(DECLARED, course.root).outcomes("zero_pad").keys() >= {"pads-every-axis"}
