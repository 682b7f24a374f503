"""Assignment 1 for stock nbgrader: tests in the graded cells, the hidden ones between its marks.

As many instructors do, each exercise has one graded cell: it earns all of its points or none.
"""

from __future__ import annotations

import nbformat
from nbformat import NotebookNode

from autograder.exercises import Exercise
from benchmarks.tampering.cases_as_tests import test_of
from benchmarks.tampering.handed_in import ASSIGNMENT, right_answers

SETUP = "import numpy as np"


def source_notebook() -> NotebookNode:
    """The instructor's notebook, without its text and its examples."""
    notebook, answers = nbformat.v4.new_notebook(), right_answers()
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    notebook.cells.append(nbformat.v4.new_code_cell(SETUP))
    for exercise in ASSIGNMENT.exercises:
        answer = f"### BEGIN SOLUTION\n{answers[exercise.name]}\n### END SOLUTION"
        solution = nbformat.v4.new_code_cell(answer)
        solution.metadata.nbgrader = _about(exercise.name, solution=True)
        test = nbformat.v4.new_code_cell(_tests(exercise))
        test.metadata.nbgrader = {
            **_about(exercise.test_cell, grade=True),
            "points": exercise.points,
        }
        notebook.cells += [solution, test]
    return notebook


def _about(name: str, *, grade: bool = False, solution: bool = False) -> dict[str, object]:
    return {
        "grade_id": name,
        "grade": grade,
        "solution": solution,
        "locked": grade,
        "task": False,
        "schema_version": 3,
    }


def _tests(exercise: Exercise) -> str:
    public = [case for case in exercise.cases if case.public]
    hidden = [case for case in exercise.cases if not case.public]
    lines = [line for case in public for line in test_of(exercise, case)]
    lines += ["### BEGIN HIDDEN TESTS"]
    lines += [line for case in hidden for line in test_of(exercise, case)]
    return "\n".join([*lines, "### END HIDDEN TESTS"])
