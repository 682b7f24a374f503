"""The answer key of assignment 1 with the default seed, computed once."""

from __future__ import annotations

import pytest

from autograder.exercises import Assignment, assignments
from autograder.expected import AnswerKey, compute_key


@pytest.fixture(scope="session")
def assignment() -> Assignment:
    """Assignment 1."""
    return assignments()["convolution_step_by_step"]


@pytest.fixture(scope="session")
def key(assignment: Assignment) -> AnswerKey:
    """Its key; not to be changed."""
    return compute_key(assignment)
