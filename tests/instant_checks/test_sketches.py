"""Known mistakes are recognised in the student's own notebook, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder import reference
from autograder.expected import load_key
from autograder.instant_checks import sketches
from autograder.instant_checks.sketches import alike, recognised, sketch
from autograder.instant_checks.trial import call
from autograder.mistakes import mistakes_of
from autograder.release.shipping import write_instant_checks
from tests.submissions import ASSIGNMENT, EXERCISES, REPOSITORY

DECLARED = REPOSITORY.assignment(ASSIGNMENT)
KEY = load_key(DECLARED)
ARRAYS = hnp.arrays(
    np.float64, hnp.array_shapes(max_dims=4, max_side=5), elements=st.floats(-1e3, 1e3)
)


@given(ARRAYS, st.floats(-1e-9, 1e-9))
def test_rounding_changes_no_sketch(array, error):
    assert alike(sketch(array), sketch(array * (1 + error)))
    assert alike(sketch((array, 1)), sketch((array.copy(), 1)))


@given(ARRAYS.filter(lambda array: array.size > 1), st.data())
def test_one_other_number_does(array, data):
    place = data.draw(st.integers(0, array.size - 1))
    other = array.copy()
    other.flat[place] += 1 + abs(array).sum()
    assert not alike(sketch(array), sketch(other))


def test_other_kinds_are_not_alike():
    ones = np.ones((2, 3))
    for other in (ones.T, ones > 0, (ones,), None, "text", 1.0):
        assert not alike(sketch(ones), sketch(other))
    assert alike(sketch(np.nan), sketch(float("nan")))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shipped") / "instant_checks"
    write_instant_checks(folder, DECLARED)
    return folder


@pytest.fixture
def known(shipped, monkeypatch) -> None:
    monkeypatch.setattr(sketches, "__file__", str(shipped / "sketches.py"))
    sketches.known_mistakes.cache_clear()
    yield
    sketches.known_mistakes.cache_clear()


def said(exercise: str, function: Any) -> list[str]:
    from autograder.instant_checks import complain
    from autograder.instant_checks.packing import pack

    declared = DECLARED.exercise(exercise)
    public = [case.name for case in declared.cases if case.public]
    answers = KEY.answers[exercise]
    outcomes = {name: call(function, answers[name].arguments) for name in public}
    wrong = [
        name
        for name in public
        if complain(
            outcomes[name],
            {"arguments": answers[name].arguments, "expected": pack(answers[name].expected)},
            {"returns": declared.returns},
        )
    ]
    return recognised(exercise, outcomes, wrong)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_mistake_is_called_by_its_own_name_or_by_none(known, exercise):
    named = 0
    for mistake in mistakes_of(ASSIGNMENT, exercise).values():
        words = said(exercise, mistake.function)
        assert words in ([], [mistake.happens, mistake.question]), mistake.id
        named += bool(words)
    assert named >= 5


@pytest.mark.parametrize("exercise", EXERCISES)
def test_right_answers_and_strange_ones_have_no_name(known, exercise):
    assert said(exercise, reference.functions(DECLARED)[exercise]) == []
    assert said(exercise, lambda *_: np.full((3, 7), 0.123)) == []


def test_without_the_file_nothing_is_recognised(monkeypatch, tmp_path):
    monkeypatch.setattr(sketches, "__file__", str(tmp_path / "sketches.py"))
    sketches.known_mistakes.cache_clear()
    assert said("zero_pad", lambda X, pad: np.pad(X, pad)) == []
    sketches.known_mistakes.cache_clear()
