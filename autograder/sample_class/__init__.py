"""A class of sample submissions to assignment 1: right, partly done, blank, wrong in several ways.

Generated from the release and the instructor's notebook, never stored. Nobody in it is a person: a
student's id says what the submission is like.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from autograder.exercises import Assignment
from autograder.release.building import RELEASE
from autograder.release.hidden_parts import without_markers
from autograder.sample_class import mistaken, vectorised

ASSIGNMENT = "convolution_step_by_step"
Answers = dict[str, str]
"""Source of solution cells by exercise."""

MISTAKEN = {
    "stride_ignored": ["conv_forward__stride_ignored", "pool_backward__stride_ignored"],
    "pads_every_axis": ["zero_pad__every_axis"],
    "arrays_and_values": ["conv_single_step__array", "create_mask_from_window__the_maximum"],
    "without_padding": ["conv_backward__empty_slice_without_padding"],
    "undivided": ["distribute_value__undivided"],
    "changes_inputs": ["pool_forward__changes_its_input"],
    "float_of_array": ["conv_single_step__float_of_array"],
    "never_ends": ["conv_forward__never_ends"],
    "ends_the_process": ["pool_forward__ends_the_process"],
}
"""Which wrong answers each of these samples gives; the rest of its answers are right."""


def write_sample_class(course: Course) -> list[str]:
    """Write the class into the course's ``submitted/``; returns the students' ids.

    The release must have been built. What other submissions there are stays.
    """
    assignment = course.assignment(ASSIGNMENT)
    for student, content in sample_submissions(course, assignment).items():
        name = "my notebook (2).ipynb" if student == "renamed" else f"{ASSIGNMENT}.ipynb"
        folder = course.root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return sorted(sample_submissions(course, assignment))


def sample_submissions(course: Course, assignment: Assignment) -> dict[str, bytes]:
    """The notebook file of every sample, by student id."""
    release = course.root / RELEASE / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    stub: NotebookNode = nbformat.read(release, as_version=4)
    solution = course.source_notebook(assignment)
    right = {
        exercise.name: without_markers(_cell(solution, exercise.name).source)
        for exercise in assignment.exercises
    }
    answers: dict[str, Answers] = {
        "all_right": right,
        "vectorised": {name: _source(vectorised, name, name) for name in right},
        "untouched": {},
        "half_done": {name: right[name] for name in list(right)[:4]},
        "renamed": right,
    }
    for student, names in MISTAKEN.items():
        wrong = {name.split("__")[0]: name for name in names}
        answers[student] = right | {e: _source(mistaken, name, e) for e, name in wrong.items()}
    submissions = {student: _fill_in(stub, given) for student, given in answers.items()}
    blank = nbformat.v4.new_notebook()
    submissions["blank"] = nbformat.writes(blank).encode()
    submissions["damaged"] = submissions["all_right"][:20_000]
    return submissions


def _cell(notebook: NotebookNode, grade_id: str) -> NotebookNode:
    cells: list[NotebookNode] = notebook.cells
    return next(c for c in cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def _source(module: Any, name: str, exercise: str) -> str:
    function: Callable[..., Any] = getattr(module, name)
    source = inspect.getsource(function)
    return "@exercise\n" + source.replace(f"def {name}(", f"def {exercise}(", 1)


def _fill_in(stub: NotebookNode, answers: Mapping[str, str]) -> bytes:
    notebook = nbformat.from_dict(stub)
    for exercise, source in answers.items():
        _cell(notebook, exercise).source = source
    return str(nbformat.writes(notebook)).encode()
