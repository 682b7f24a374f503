"""The course as it is committed: its assignment, its notebooks, and where their files lie."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from autograder.exercises import assignments
from autograder.release.scaffold import START

COURSE = Course(Path(__file__).resolve().parents[2])
ASSIGNMENT = assignments()["convolution_step_by_step"]
FOLDERS = {
    part: COURSE.root / part / ASSIGNMENT.name for part in ("notebooks", "release", "solutions")
}


@cache
def _notebook(part: str) -> NotebookNode:
    return nbformat.read(FOLDERS[part] / f"{ASSIGNMENT.name}.ipynb", as_version=4)


def notebook(part: str) -> NotebookNode:
    """The notebook in ``notebooks``, ``release`` or ``solutions``."""
    return copy.deepcopy(_notebook(part))


def solution_sources() -> dict[str, str]:
    """The source of every solution cell of the instructor's notebook, by its function's name."""
    return {
        cell.metadata["nbgrader"]["grade_id"]: cell.source
        for cell in _notebook("notebooks").cells
        if cell.cell_type == "code" and START in cell.source
    }
