"""Known mistakes: what beginners get wrong, as code that gets it wrong in the same way.

A package for each assignment, a module for each exercise. The code in them is wrong on purpose.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from autograder.exercises import Assignment
from autograder.mistakes.declaration import Mistake

__all__ = ["Mistake", "known_mistakes"]


@cache
def _module_mistakes(assignment: str, exercise: str) -> tuple[Mistake, ...]:
    module = import_module(f"{__name__}.{assignment}.{exercise}")
    return tuple(module.MISTAKES.all)


def known_mistakes(assignment: Assignment) -> Mapping[str, Mapping[str, Mistake]]:
    """The mistakes of ``assignment`` by exercise and id, in the order of their declaration."""
    return {
        exercise.name: {
            mistake.id: mistake for mistake in _module_mistakes(assignment.name, exercise.name)
        }
        for exercise in assignment.exercises
    }
