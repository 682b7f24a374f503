"""Answers to assignment 3 as functions, and what skips a test where TensorFlow is missing."""

from __future__ import annotations

import linecache
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder import reference, sample_class
from autograder.exercises import Assignment, assignments
from autograder.frameworks import how_to_install, is_installed
from autograder.instant_checks import exercise
from autograder.release.hidden_parts import without_markers
from autograder.sample_class.answers import sources_in
from tests.release.real_course import solution_sources

ASSIGNMENT = assignments()["convnet_in_tensorflow"]
EXERCISES = [each.name for each in ASSIGNMENT.exercises]
OTHER_WAYS = ("functional", "subclassed", "raw_tensorflow")
SAMPLES = Path(sample_class.__file__).parent / ASSIGNMENT.name
NEEDS_TENSORFLOW = pytest.mark.skipif(
    not is_installed("tensorflow"), reason=how_to_install("tensorflow")
)


def marked(names: Mapping[str, Assignment]) -> list[Any]:
    """Names as parameters of a test, which is skipped where that needs what is not installed."""
    return [pytest.param(name, marks=marks_of(each)) for name, each in names.items()]


def marks_of(assignment: Assignment) -> list[pytest.MarkDecorator]:
    """What a test of ``assignment`` that computes something is marked with."""
    return [NEEDS_TENSORFLOW] if assignment.framework else []


def computable() -> list[Any]:
    """All assignments as parameters of a test that computes something."""
    return [
        pytest.param(each, marks=marks_of(each), id=name) for name, each in assignments().items()
    ]


def right_function(exercise: str) -> Callable[..., Any]:
    """What gives right results of ``exercise``: the reference, or the solution in TensorFlow."""
    if exercise in EXERCISES:
        return lambda *arguments: functions()[exercise](*arguments)
    assignment = next(a for a in assignments().values() if exercise in _names(a))
    return reference.functions(assignment)[exercise]


def _names(assignment: Assignment) -> list[str]:
    return [exercise.name for exercise in assignment.exercises]


def sources(kind: str = "solution") -> dict[str, str]:
    """Cells by exercise: the instructor's, or those of one of :data:`OTHER_WAYS`."""
    if kind == "solution":
        return {name: without_markers(text) for name, text in solution_sources(ASSIGNMENT).items()}
    return sources_in(SAMPLES / f"{kind}.py")


@cache
def functions(kind: str = "solution") -> dict[str, Callable[..., Any]]:
    """The functions of these cells by exercise, made to take and give plain values."""
    from autograder.tensorflow_kit import plainly

    return {name: plainly(found) for name, found in notebook_functions(kind).items()}


@cache
def notebook_functions(kind: str = "solution") -> dict[str, Callable[..., Any]]:
    """The functions as the notebook has them."""
    from autograder import tensorflow_kit  # noqa: F401 - first: it keeps TensorFlow quiet
    import keras  # isort: skip
    import tensorflow as tf

    namespace: dict[str, Any] = {"np": np, "keras": keras, "tf": tf, "exercise": exercise}
    for name, source in sources(kind).items():
        place = f"<{kind} of {name}>"
        # TensorFlow reads the source of what it compiles.
        linecache.cache[place] = (len(source), None, source.splitlines(keepends=True), place)
        exec(compile(source, place, "exec"), namespace)
    return {name: namespace[name] for name in EXERCISES}
