"""Assignment 1 for Otter: a test file for each exercise, a test case with its points for each case.

The files are in Otter's own form with exceptions; ``otter generate`` makes the autograder of them.
"""

from __future__ import annotations

from textwrap import indent

import nbformat
from nbformat import NotebookNode

from autograder.exercises import Exercise
from benchmarks.tampering.cases_as_tests import test_of
from benchmarks.tampering.for_nbgrader import SETUP
from benchmarks.tampering.handed_in import ASSIGNMENT

_OTTER = "import otter\ngrader = otter.Notebook()"


def test_files() -> dict[str, str]:
    """Each test file's text by its name."""
    return {f"{each.name}.py": _test_file(each) for each in ASSIGNMENT.exercises}


def _test_file(exercise: Exercise) -> str:
    parts = [
        "OK_FORMAT = False",
        "import numpy as np",
        "from otter.test_files import test_case",
        f"name = {exercise.name!r}",
        f"points = {sum(case.points for case in exercise.cases)}",
    ]
    for number, case in enumerate(exercise.cases):
        parts += [
            "",
            f"@test_case(points={case.points}, hidden={not case.public}, name={case.name!r})",
            f"def test_{number}({exercise.name}):",
            indent("\n".join(test_of(exercise, case)), "    "),
        ]
    return "\n".join([*parts, ""])


def release() -> NotebookNode:
    """What students get: a cell for each answer, and after it one that runs the public tests."""
    cells = [nbformat.v4.new_code_cell(_OTTER), nbformat.v4.new_code_cell(SETUP)]
    for exercise in ASSIGNMENT.exercises:
        for name, source in (
            (exercise.name, "..."),
            (exercise.test_cell, f'grader.check("{exercise.name}")'),
        ):
            cells.append(nbformat.v4.new_code_cell(source))
            cells[-1].metadata.nbgrader = {"grade_id": name}  # Otter doesn't mind
    return nbformat.v4.new_notebook(cells=cells)
