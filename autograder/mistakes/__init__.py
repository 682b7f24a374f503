"""Known mistakes: what beginners get wrong, as code that gets it wrong in the same way.

A package for each assignment, in which modules declare the mistakes of one exercise or of a few
that belong together. The code in them is wrong on purpose.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module

from autograder.exercises import Assignment
from autograder.mistakes.declaration import Mistake, Mistakes

__all__ = ["Mistake", "declared_mistakes", "known_mistakes", "mistakes_of"]


@cache
def mistakes_of(assignment: str, exercise: str) -> Mapping[str, Mistake]:
    """The mistakes of one exercise by id, in the order of their declaration."""
    return {mistake.id: mistake for mistake in declared_mistakes(assignment)[exercise].all}


@cache
def declared_mistakes(assignment: str) -> Mapping[str, Mistakes]:
    """The mistakes that the modules of an assignment declare, by exercise.

    Packages are left alone: they hold what is not wanted before a mistake's code is run.
    """
    package = import_module(f"{__name__}.{assignment}")
    names = [module.name for module in pkgutil.iter_modules(package.__path__) if not module.ispkg]
    modules = [import_module(f"{package.__name__}.{name}") for name in names]
    values = [value for module in modules for value in vars(module).values()]
    return {each.exercise: each for each in values if isinstance(each, Mistakes)}


def known_mistakes(assignment: Assignment) -> Mapping[str, Mapping[str, Mistake]]:
    """The mistakes of ``assignment`` by exercise and id."""
    return {
        exercise.name: mistakes_of(assignment.name, exercise.name)
        for exercise in assignment.exercises
    }
