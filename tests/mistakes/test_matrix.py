"""Every known mistake is failed by the hidden cases and called by its name, with any seed."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from autograder.exercises import assignments
from autograder.expected import compute_key, load_key
from autograder.expected.outcomes import compute_outcomes
from autograder.instant_checks.packing import pack, unpack
from autograder.instant_checks.trial import call
from autograder.mistakes import declared_mistakes, known_mistakes
from autograder.mistakes.matrix import rows
from autograder.mistakes.naming import same_outcome
from tests.in_tensorflow import computable, marks_of

ASSIGNMENTS = list(assignments().values())
PAIRS = [
    (assignment, exercise.name) for assignment in ASSIGNMENTS for exercise in assignment.exercises
]
IDS = [name for _, name in PAIRS]
COMPUTABLE = [pytest.param(*pair, marks=marks_of(pair[0]), id=pair[1]) for pair in PAIRS]


def wrongly_treated(assignment, key):
    return {
        (row.mistake.exercise, row.mistake.id): (row.failed, set(row.names))
        for row in rows(assignment, key)
        if not row.caught
    }


@pytest.mark.parametrize("assignment", computable())
def test_all_are_failed_and_named(assignment):
    assert wrongly_treated(assignment, load_key(assignment)) == {}


@pytest.mark.parametrize("seed", [271828, 2**64])
@pytest.mark.parametrize("assignment", computable())
def test_with_a_secret_seed_too(assignment, seed):
    key = compute_key(assignment, seed)
    outcomes = compute_outcomes(assignment, key)
    assert wrongly_treated(assignment, replace(key, outcomes=outcomes.__getitem__)) == {}


@pytest.mark.parametrize(("assignment", "exercise"), PAIRS, ids=IDS)
def test_no_two_are_the_same(assignment, exercise):
    outcomes = load_key(assignment).outcomes(exercise)
    tolerance = assignment.exercise(exercise).expectation.tolerance
    names = sorted(outcomes)
    same = [
        (one, other)
        for number, one in enumerate(names)
        for other in names[:number]
        if outcomes[one].keys() == outcomes[other].keys()
        and all(
            same_outcome(outcomes[one][case], outcomes[other][case], tolerance)
            for case in outcomes[one]
        )
    ]
    assert same == []


def test_there_are_enough():
    found = {each.name: sum(map(len, known_mistakes(each).values())) for each in ASSIGNMENTS}
    assert found["convolution_step_by_step"] >= 50
    assert found["convnet_in_numpy"] >= 50
    assert found["convnet_in_tensorflow"] >= 12
    assert all(known_mistakes(each)[name] for each, name in PAIRS)


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.name)
def test_each_exercise_has_its_own_and_no_two_share_an_id(assignment):
    declared = declared_mistakes(assignment.name)
    for exercise in assignment.exercises:
        ids = [mistake.id for mistake in declared[exercise.name].all]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("assignment", "exercise"), COMPUTABLE)
def test_the_code_that_they_change_is_right(assignment, exercise):
    """A mistake is one change of right code: unchanged, it gives what is expected."""
    key = load_key(assignment)
    expectation = assignment.exercise(exercise).expectation
    whole = {
        mistake.function.func
        for mistake in known_mistakes(assignment)[exercise].values()
        if mistake.function.keywords
    }
    for function in whole:
        for answer in key.answers[exercise].values():
            found = call(function, answer.arguments)
            assert found.failure is None
            value, arguments = unpack(pack(found.value)), unpack(answer.arguments)
            assert expectation.difference(value, answer.expected, lambda a=arguments: a) is None


@pytest.mark.parametrize(("assignment", "exercise"), PAIRS, ids=IDS)
def test_their_words(assignment, exercise):
    """One sentence on what happens, and a question that is not its answer."""
    for mistake in known_mistakes(assignment)[exercise].values():
        assert mistake.exercise == exercise
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", mistake.id)
        assert mistake.happens.endswith(".")
        assert mistake.question.endswith("?")
        assert len(mistake.happens) <= 200
        assert len(mistake.question) <= 200
        assert " = " not in mistake.question
