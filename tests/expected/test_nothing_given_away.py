"""What cases are called with does not hold what other cases are to result in."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import pytest

from autograder.exercises import Assignment, assignments
from autograder.expected import load_key
from autograder.instant_checks.packing import unpack
from tests.oracles.arrays import arrays


def fingerprints(value: Any) -> set[str]:
    """Of the arrays in ``value`` that are no coincidence: several different numbers."""
    telling = [each for each in arrays(value) if each.size >= 4 and np.unique(each).size > 2]
    contents = [np.ascontiguousarray(each, dtype=float).tobytes() for each in telling]
    return {hashlib.sha256(content).hexdigest() for content in contents}


@pytest.mark.parametrize("assignment", assignments().values(), ids=lambda each: each.name)
def test_no_hidden_result_is_what_another_exercise_is_called_with(assignment: Assignment) -> None:
    """Or whoever has their sections in another order reads there what is asked for later."""
    answers = load_key(assignment).answers
    given = {
        exercise.name: set().union(
            *(fingerprints(unpack(each.arguments)) for each in answers[exercise.name].values())
        )
        for exercise in assignment.exercises
    }
    results = 0
    for exercise in assignment.exercises:
        others = set().union(*(given[name] for name in given if name != exercise.name))
        public = [answers[exercise.name][case.name] for case in exercise.cases if case.public]
        known = set().union(*(fingerprints(each.expected) for each in public))
        for case in exercise.cases:
            if not case.public:
                hidden = fingerprints(answers[exercise.name][case.name].expected) - known
                own = fingerprints(unpack(answers[exercise.name][case.name].arguments))
                assert not (hidden - own) & others, (exercise.name, case.name)
                results += len(hidden)
    assert results > 5
