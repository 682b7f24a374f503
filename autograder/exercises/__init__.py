"""The assignments of the course, declared as data: one module for each assignment."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from autograder.exercises.declaration import (
    Assignment,
    Case,
    Computed,
    Draw,
    Drawn,
    Exercise,
    Integers,
    Needs,
    Normal,
)

__all__ = [
    "Assignment",
    "Case",
    "Computed",
    "Draw",
    "Drawn",
    "Exercise",
    "Integers",
    "Needs",
    "Normal",
    "assignments",
]


@cache
def assignments() -> dict[str, Assignment]:
    """Every assignment by name: each module of this package that declares ``ASSIGNMENT``."""
    found = {}
    for module_info in pkgutil.iter_modules(__path__, __name__ + "."):
        module = importlib.import_module(module_info.name)
        if assignment := getattr(module, "ASSIGNMENT", None):
            found[assignment.name] = assignment
    return found
