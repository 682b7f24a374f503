"""Known mistakes are recognised in the student's own notebook, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.exercises import assignments
from autograder.expected import load_key
from autograder.instant_checks import sketches
from autograder.instant_checks.sketches import alike, recognised, sketch
from autograder.instant_checks.trial import call
from autograder.mistakes import mistakes_of
from autograder.release.shipping import write_instant_checks
from tests.in_tensorflow import marked, right_function

OF = {exercise.name: each for each in assignments().values() for exercise in each.exercises}
"""The assignment of each exercise; no two have exercises of the same name."""
KEYS = {name: load_key(assignment) for name, assignment in assignments().items()}
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


@given(ARRAYS)
def test_what_is_in_lists_and_dicts_counts(array):
    other = array + 1
    for wrap in (
        lambda part: [1.0, part],
        lambda part: {"W": part, "b": 1.0},
        lambda part: [(part, 1), (2, 3)],
        lambda part: ({"W": {"deep": part}}, 2.0),
    ):
        assert alike(sketch(wrap(array)), sketch(wrap(array.copy())))
        assert not alike(sketch(wrap(array)), sketch(wrap(other)))


def test_containers_of_other_kinds_or_keys_are_not_alike():
    parts = [1.0, 2.0]
    assert not alike(sketch(parts), sketch(tuple(parts)))
    assert not alike(sketch({"a": 1.0}), sketch({"b": 1.0}))
    assert not alike(sketch({"a": 1.0}), sketch([1.0]))
    assert alike(sketch({"a": 1.0, "b": 2.0}), sketch({"b": 2.0, "a": 1.0}))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Path:
    """What lies beside each notebook, in folders by assignment."""
    folder = tmp_path_factory.mktemp("shipped")
    for name, assignment in assignments().items():
        write_instant_checks(folder / name, assignment)
    return folder


@pytest.fixture
def known(shipped, exercise, monkeypatch) -> None:
    folder = shipped / OF[exercise].name
    monkeypatch.setattr(sketches, "__file__", str(folder / "sketches.py"))
    sketches.known_mistakes.cache_clear()
    yield
    sketches.known_mistakes.cache_clear()


def said(exercise: str, function: Any) -> list[str]:
    from autograder.instant_checks import complain
    from autograder.instant_checks.packing import pack

    declared = OF[exercise].exercise(exercise)
    public = [case.name for case in declared.cases if case.public]
    answers = KEYS[OF[exercise].name].answers[exercise]
    outcomes = {name: call(function, answers[name].arguments) for name in public}
    wrong = [
        name
        for name in public
        if complain(
            outcomes[name],
            {"arguments": answers[name].arguments, "expected": pack(answers[name].expected)},
            {
                "returns": declared.returns,
                "single_precision": declared.single_precision,
                "examined": declared.examined,
            },
        )
    ]
    single = declared.single_precision
    return recognised(exercise, outcomes, wrong, single_precision=single)


@pytest.mark.parametrize("exercise", marked(OF))
def test_a_mistake_is_called_by_its_own_name_or_by_none(known, exercise):
    named = 0
    mistakes = mistakes_of(OF[exercise].name, exercise).values()
    for mistake in [each for each in mistakes if each.sign is None]:
        words = said(exercise, mistake.function)
        assert words in ([], [mistake.happens, mistake.question]), mistake.id
        named += bool(words)
    assert named >= 5 or all(each.sign for each in mistakes)


@pytest.mark.parametrize("exercise", marked(OF))
def test_right_answers_and_strange_ones_have_no_name(known, exercise):
    assert said(exercise, right_function(exercise)) == []
    assert said(exercise, lambda *_: np.full((3, 7), 0.123)) == []


@pytest.mark.parametrize("exercise", OF)
def test_the_type_of_an_error_is_not_enough_for_a_name(known, exercise):
    for kind in (ValueError, TypeError, IndexError, KeyError, AttributeError):

        def raises(*_: Any, kind: type[Exception] = kind) -> Any:
            raise kind("of which nobody has heard")

        assert said(exercise, raises) == []


def test_without_the_file_nothing_is_recognised(monkeypatch, tmp_path):
    monkeypatch.setattr(sketches, "__file__", str(tmp_path / "sketches.py"))
    sketches.known_mistakes.cache_clear()
    assert said("zero_pad", lambda X, pad: np.pad(X, pad)) == []
    sketches.known_mistakes.cache_clear()
