"""A class of thirty for the pictures, put together by chance from the sample class's answers."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from autograder.grading.settings import Settings
from autograder.grading.whole_class import grade_class
from autograder.sample_class import ASSIGNMENT, sample_submissions

REPOSITORY = Course(Path(__file__).resolve().parents[2])
SHOWN = "student-07"
"""Whose feedback is shown: two known mistakes, and other exercises that depend on one of them."""

_SEED = 1
_STUDENTS = 30
_LIKE_A_SAMPLE = {
    "student-12": "damaged",
    "student-19": "ends_the_process",
    "student-26": "untouched",
}
"""What a person has to look at, one of each kind."""
_SHOWN_MISTAKES = {"zero_pad": "pads_every_axis", "pool_backward": "stride_ignored"}
_MISTAKES: Mapping[str, list[tuple[str, float]]] = {
    "zero_pad": [("pads_every_axis", 0.15)],
    "conv_single_step": [("float_of_array", 0.1), ("arrays_and_values", 0.1)],
    "conv_forward": [("stride_ignored", 0.25)],
    "pool_forward": [("changes_inputs", 0.15)],
    "conv_backward": [("without_padding", 0.35)],
    "create_mask_from_window": [("arrays_and_values", 0.15)],
    "distribute_value": [("undivided", 0.25)],
    "pool_backward": [("stride_ignored", 0.3)],
}
"""Which samples are wrong in an exercise, and how probable that answer is."""
_ALL_DONE = 0.7
"""The share of students who get to the end; the others stop somewhere in the second half."""


def graded_course(folder: Path) -> Course:
    """The class in a course of its own in ``folder``, graded; no pages are written yet."""
    course = REPOSITORY.copy_to(folder)
    shutil.copytree(REPOSITORY.root / "release", folder / "release")
    _hand_in(course)
    settings = Settings(feedback=False)
    outcomes = grade_class(course, course.assignment(ASSIGNMENT), settings=settings)
    if problems := [outcome.problem for outcome in outcomes if outcome.problem]:
        raise RuntimeError("\n".join(problems))
    return course


def _hand_in(course: Course) -> None:
    samples = sample_submissions(course, course.assignment(ASSIGNMENT))
    chance = random.Random(_SEED)
    for number in range(1, _STUDENTS + 1):
        student = f"student-{number:02d}"
        kinds = _kinds(chance) if student != SHOWN else _SHOWN_MISTAKES
        like = _LIKE_A_SAMPLE.get(student)
        content = samples[like] if like else _put_together(samples, kinds)
        folder = course.root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / f"{ASSIGNMENT}.ipynb").write_bytes(content)


def _kinds(chance: random.Random) -> dict[str, str]:
    """By exercise, the sample whose answer is given; without one it is right."""
    exercises = list(_MISTAKES)
    done = len(exercises) if chance.random() < _ALL_DONE else chance.randint(4, len(exercises) - 1)
    kinds = dict.fromkeys(exercises[done:], "untouched")
    for exercise in exercises[:done]:
        draw = chance.random()
        for kind, probability in _MISTAKES[exercise]:
            if 0 <= draw < probability:
                kinds[exercise] = kind
            draw -= probability
    return kinds


def _put_together(samples: Mapping[str, bytes], kinds: Mapping[str, str]) -> bytes:
    notebook = _read(samples["vectorised"])  # right, and sooner done than with loops
    answers = _answers(notebook)
    for exercise, kind in kinds.items():
        answers[exercise].source = _answers(_read(samples[kind]))[exercise].source
    notebook.cells = [cell for cell in notebook.cells if not _is_example(cell)]
    return nbformat.writes(notebook).encode()


def _is_example(cell: NotebookNode) -> bool:
    """Whether nothing depends on it: no picture shows it, and it would take most of the time."""
    graded = "nbgrader" in cell.metadata
    return cell.cell_type == "code" and not graded and "import " not in cell.source


def _read(content: bytes) -> NotebookNode:
    return nbformat.reads(content.decode(), as_version=4)


def _answers(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The solution cells by exercise."""
    abouts = ((cell.metadata.get("nbgrader", {}), cell) for cell in notebook.cells)
    return {about["grade_id"]: cell for about, cell in abouts if about.get("solution")}
