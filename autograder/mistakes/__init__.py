"""Known mistakes: what beginners get wrong, as code that gets it wrong in the same way.

A package for each assignment, a module for each exercise. The code in them is wrong on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from autograder.exercises import Assignment
from autograder.mistakes.declaration import Mistake

__all__ = ["Mistake", "known_mistakes", "mistakes_of"]


@cache
def mistakes_of(assignment: str, exercise: str) -> Mapping[str, Mistake]:
    """The mistakes of one exercise by id, in the order of their declaration."""
    module = import_module(f"{__name__}.{assignment}.{exercise}")
    return {mistake.id: mistake for mistake in module.MISTAKES.all}


def known_mistakes(assignment: Assignment) -> Mapping[str, Mapping[str, Mistake]]:
    """The mistakes of ``assignment`` by exercise and id."""
    return {
        exercise.name: mistakes_of(assignment.name, exercise.name)
        for exercise in assignment.exercises
    }
