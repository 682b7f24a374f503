"""Which key is used, and whether it still belongs to the course's exercises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import CourseError
from autograder.exercises import Assignment, assignments
from autograder.expected import (
    AnswerKey,
    compute_key,
    default_key_path,
    is_current,
    load_key,
    own_key_path,
    save_key,
)
from autograder.instant_checks.packing import digest, pack, unpack
from tests.expected.keys import DAMAGES, contents, nudge, with_answer, with_case_renamed
from tests.in_tensorflow import computable

OWN_SEED = 271_828
MASK = "create_mask_from_window"


@pytest.mark.parametrize("assignment", computable())
def test_the_committed_keys_are_current(assignment: Assignment) -> None:
    assert is_current(assignment, default_key_path(assignment))


@pytest.mark.parametrize("seed", [0, OWN_SEED])
def test_a_fresh_key_is_current(assignment: Assignment, tmp_path: Path, seed: int) -> None:
    save_key(compute_key(assignment, seed), tmp_path / "key.h5")
    assert is_current(assignment, tmp_path / "key.h5")


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_key_is_not_current(
    assignment: Assignment, key: AnswerKey, tmp_path: Path, damage: Callable[[Path], Any]
) -> None:
    save_key(key, tmp_path / "key.h5")
    damage(tmp_path / "key.h5")
    assert not is_current(assignment, tmp_path / "key.h5")


EXERCISES = [exercise.name for exercise in assignments()["convolution_step_by_step"].exercises]


@pytest.mark.parametrize("name", [name for name in EXERCISES if name != MASK])
def test_a_key_with_another_output_is_not_current(
    assignment: Assignment, key: AnswerKey, tmp_path: Path, name: str
) -> None:
    case, answer = list(key.answers[name].items())[-1]
    changed = replace(answer, expected=nudge(answer.expected))
    save_key(with_answer(key, name, case, changed), tmp_path / "key.h5")
    assert not is_current(assignment, tmp_path / "key.h5")


@pytest.mark.parametrize("name", [name for name in EXERCISES if name != "distribute_value"])
def test_a_key_with_another_input_is_not_current(
    assignment: Assignment, key: AnswerKey, tmp_path: Path, name: str
) -> None:
    case, answer = next(iter(key.answers[name].items()))
    arguments = nudge(unpack(answer.arguments))
    changed = replace(answer, arguments=pack(arguments), digest=digest(arguments))
    save_key(with_answer(key, name, case, changed), tmp_path / "key.h5")
    assert not is_current(assignment, tmp_path / "key.h5")


def test_a_key_with_another_mask_is_not_current(
    assignment: Assignment, key: AnswerKey, tmp_path: Path
) -> None:
    case, answer = next(iter(key.answers[MASK].items()))
    save_key(
        with_answer(key, MASK, case, replace(answer, expected=~answer.expected)),
        tmp_path / "key.h5",
    )
    assert not is_current(assignment, tmp_path / "key.h5")


def test_a_key_whose_mask_is_made_of_numbers_is_not_current(
    assignment: Assignment, key: AnswerKey, tmp_path: Path
) -> None:
    case, answer = next(iter(key.answers[MASK].items()))
    numbers = replace(answer, expected=answer.expected.astype(float))
    save_key(with_answer(key, MASK, case, numbers), tmp_path / "key.h5")
    assert not is_current(assignment, tmp_path / "key.h5")


@pytest.mark.parametrize("name", EXERCISES)
def test_a_key_with_a_renamed_case_is_not_current(
    assignment: Assignment, key: AnswerKey, tmp_path: Path, name: str
) -> None:
    save_key(with_case_renamed(key, name), tmp_path / "key.h5")
    assert not is_current(assignment, tmp_path / "key.h5")


def test_a_key_that_claims_another_seed_is_not_current(
    assignment: Assignment, key: AnswerKey, tmp_path: Path
) -> None:
    save_key(replace(key, seed=OWN_SEED), tmp_path / "key.h5")
    assert not is_current(assignment, tmp_path / "key.h5")


def test_the_last_digits_may_differ(assignment: Assignment, key: AnswerKey, tmp_path: Path) -> None:
    case, answer = next(iter(key.answers["conv_forward"].items()))
    Z, cache = answer.expected
    rounded = replace(answer, expected=(Z * (1 + 1e-12), cache))
    save_key(with_answer(key, "conv_forward", case, rounded), tmp_path / "key.h5")
    assert is_current(assignment, tmp_path / "key.h5")


@pytest.mark.parametrize("name", ["model_backward", "mini_batches", "train"])
def test_a_key_with_another_number_deep_inside_is_not_current(tmp_path: Path, name: str) -> None:
    network = assignments()["convnet_in_numpy"]
    key = compute_key(network)
    save_key(key, tmp_path / "key.h5")
    assert is_current(network, tmp_path / "key.h5")
    case, answer = next(iter(key.answers[name].items()))
    changed = replace(answer, expected=_with_its_last_array_moved(answer.expected))
    save_key(with_answer(key, name, case, changed), tmp_path / "key.h5")
    assert not is_current(network, tmp_path / "key.h5")


def _with_its_last_array_moved(value: Any) -> Any:
    if isinstance(value, dict):
        *others, (last, part) = value.items()
        return {**dict(others), last: _with_its_last_array_moved(part)}
    if isinstance(value, tuple | list):
        return type(value)([*value[:-1], _with_its_last_array_moved(value[-1])])
    return value + 1


def test_a_course_without_a_key_of_its_own_uses_the_default(
    assignment: Assignment, key: AnswerKey, tmp_path: Path
) -> None:
    for loaded in (load_key(assignment), load_key(assignment, tmp_path)):
        assert loaded.seed == key.seed
        assert list(loaded.answers) == list(key.answers)


def test_a_course_uses_its_own_key(assignment: Assignment, tmp_path: Path) -> None:
    path = tmp_path / "secret" / f"{assignment.name}.h5"
    own = compute_key(assignment, OWN_SEED)
    save_key(own, path)
    assert own_key_path(assignment, tmp_path) == path
    loaded = load_key(assignment, tmp_path)
    assert loaded.seed == OWN_SEED
    assert contents(loaded) == contents(own)
    assert load_key(assignment).seed != OWN_SEED


@pytest.mark.parametrize("name", [name for name in DAMAGES if name != "no file"])
def test_a_damaged_key_is_reported_with_what_to_do(
    assignment: Assignment, key: AnswerKey, tmp_path: Path, name: str
) -> None:
    path = own_key_path(assignment, tmp_path)
    save_key(key, path)
    DAMAGES[name](path)
    with pytest.raises(CourseError) as caught:
        load_key(assignment, tmp_path)
    assert_says_what_to_do(caught.value, path)


def test_a_key_of_yesterdays_cases_is_reported_with_what_to_do(
    assignment: Assignment, key: AnswerKey, tmp_path: Path
) -> None:
    path = own_key_path(assignment, tmp_path)
    save_key(with_case_renamed(key, "conv_forward"), path)
    with pytest.raises(CourseError, match=assignment.name) as caught:
        load_key(assignment, tmp_path)
    assert_says_what_to_do(caught.value, path)


def assert_says_what_to_do(error: CourseError, path: Path) -> None:
    """The words hold the file, the command that makes it anew, and no trace of another error."""
    assert str(path) in str(error)
    assert "autograder expected" in str(error)
    assert error.__suppress_context__ or error.__cause__ is None
