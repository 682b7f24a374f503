"""A class of sample submissions: right, partly done, blank, wrong in several ways.

Generated from the release and the instructor's notebook, never stored. Nobody in it is a person: a
student's id says what the submission is like. A package for each assignment has the answers that
are not the instructor's.
"""

from __future__ import annotations

import importlib

import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from autograder.exercises import Assignment
from autograder.release.hidden_parts import without_markers
from autograder.sample_class.answers import Answers

ASSIGNMENT = "convolution_step_by_step"
"""The assignment that the class is used for where one is enough."""


def write_sample_class(course: Course, assignment: Assignment) -> list[str]:
    """Write the class into the course's ``submitted/``; returns the students' ids.

    The release must have been built. What other submissions there are stays.
    """
    submissions = sample_submissions(course, assignment)
    for student, content in submissions.items():
        name = "my notebook (2).ipynb" if student == "renamed" else f"{assignment.name}.ipynb"
        folder = course.folder("submitted", assignment.name, student)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return sorted(submissions)


def sample_submissions(course: Course, assignment: Assignment) -> dict[str, bytes]:
    """The notebook file of every sample, by student id."""
    release = course.folder("release", assignment.name) / f"{assignment.name}.ipynb"
    stub: NotebookNode = nbformat.read(release, as_version=4)
    solution = course.source_notebook(assignment)
    right = {
        exercise.name: without_markers(_cell(solution, exercise.name).source)
        for exercise in assignment.exercises
    }
    samples = importlib.import_module(f"{__name__}.{assignment.name}")
    answers = {"all_right": right, "untouched": {}, "renamed": right, **samples.answers(right)}
    submissions = {student: _fill_in(stub, given) for student, given in answers.items()}
    blank = nbformat.v4.new_notebook()
    submissions["blank"] = nbformat.writes(blank).encode()
    submissions["damaged"] = submissions["all_right"][:20_000]
    return submissions


def _cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    cells: list[NotebookNode] = notebook.cells
    return next(c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def _fill_in(stub: NotebookNode, answers: Answers) -> bytes:
    notebook = nbformat.from_dict(stub)
    for exercise, source in answers.items():
        _cell(notebook, exercise).source = source
    return str(nbformat.writes(notebook)).encode()
