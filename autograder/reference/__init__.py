"""Correct implementations: the one source of every expected output. Never shipped to students."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

from autograder.exercises import Assignment


def functions(assignment: Assignment) -> Mapping[str, Callable[..., Any]]:
    """The reference implementation of each exercise of ``assignment``, by function name."""
    module = importlib.import_module(f"{__name__}.{assignment.name}")
    return {exercise.name: getattr(module, exercise.name) for exercise in assignment.exercises}


def part_of_a_case(assignment: Assignment, name: str) -> Callable[..., Any]:
    """What computes a part of a case's inputs: an exercise's reference, or another function."""
    module = importlib.import_module(f"{__name__}.{assignment.name}")
    function: Callable[..., Any] = getattr(module, name)
    return function
