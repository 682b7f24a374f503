"""Make submissions for tests: real notebook files, filled in as students would."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from autograder.release.hidden_parts import without_markers

ASSIGNMENT = "convolution_step_by_step"
REPOSITORY = Course(Path(__file__).resolve().parent.parent)
EXERCISES = [exercise.name for exercise in REPOSITORY.assignment(ASSIGNMENT).exercises]


def untouched(assignment: str = ASSIGNMENT) -> NotebookNode:
    """The release, as students get it."""
    path = REPOSITORY.root / "release" / assignment / f"{assignment}.ipynb"
    return nbformat.read(path, as_version=4)


def solved(assignment: str = ASSIGNMENT, /, **answers: str) -> NotebookNode:
    """The release with every exercise solved, but for those whose source is given."""
    declared = REPOSITORY.assignment(assignment)
    source = REPOSITORY.source_notebook(declared)
    notebook = untouched(assignment)
    for exercise in declared.exercises:
        right = without_markers(cell(source, exercise.name).source)
        cell(notebook, exercise.name).source = answers.get(exercise.name, right)
    return notebook


def cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    """The cell with this grade_id."""
    return next(
        each
        for each in notebook.cells
        if each.metadata.get("nbgrader", {}).get("grade_id") == grade_id
    )


def save(notebook: NotebookNode, path: Path) -> Path:
    """Write ``notebook`` to ``path``, making its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return path


def submit(course: Course, student: str, notebook: NotebookNode) -> Path:
    """Hand ``notebook`` in to ``course``."""
    return save(notebook, course.root / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")


def new_course(folder: Path) -> Course:
    """A course of its own with the released assignment and no submissions."""
    course = REPOSITORY.copy_to(folder)
    shutil.copytree(REPOSITORY.root / "release", folder / "release")
    return course
