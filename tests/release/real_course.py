"""The course as it is committed: its assignments, its notebooks, and where their files lie."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from autograder.exercises import Assignment, assignments
from autograder.release.scaffold import START

COURSE = Course(Path(__file__).resolve().parents[2])
ASSIGNMENT = assignments()["convolution_step_by_step"]
ASSIGNMENTS = COURSE.assignments
SOLUTIONS = {exercise.name: (each, exercise) for each in ASSIGNMENTS for exercise in each.exercises}
"""Every exercise of the course with its assignment; no two have the same name."""


def folder(part: str, assignment: Assignment = ASSIGNMENT) -> Path:
    """The folder of an assignment in ``notebooks``, ``release`` or ``solutions``."""
    return COURSE.root / part / assignment.name


@cache
def _notebook(part: str, name: str) -> NotebookNode:
    return nbformat.read(COURSE.root / part / name / f"{name}.ipynb", as_version=4)


def notebook(part: str, assignment: Assignment = ASSIGNMENT) -> NotebookNode:
    """The notebook in ``notebooks``, ``release`` or ``solutions``."""
    return copy.deepcopy(_notebook(part, assignment.name))


@cache
def _solution_sources(name: str) -> dict[str, str]:
    return {
        cell.metadata["nbgrader"]["grade_id"]: cell.source
        for cell in _notebook("notebooks", name).cells
        if cell.cell_type == "code" and START in cell.source
    }


def solution_sources(assignment: Assignment = ASSIGNMENT) -> dict[str, str]:
    """The source of every solution cell of the instructor's notebook, by its function's name."""
    return _solution_sources(assignment.name)
