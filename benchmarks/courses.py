"""Courses with classes to grade: as many submissions as asked for, no two of them alike."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import nbformat

from autograder.course import CONFIG, Course
from autograder.expected import load_key
from autograder.grading.inputs import collector_inputs
from autograder.nbgrader.commands import enter_assignment
from autograder.sample_class import ASSIGNMENT, sample_submissions

REPOSITORY = Course(Path(__file__).resolve().parent.parent)
INPUTS = "inputs.json"
_LEFT_OUT = ("never_ends", "ends_the_process", "damaged", "blank", "untouched", "renamed")
"""Samples that stock nbgrader drops or repairs by hand, or that are next to no work for either."""
_OURS = "autograder.nbgrader.execute_submission.ExecuteSubmission"
_STOCK = "nbgrader.preprocessors.Execute"


def new_course(folder: Path, assignment: str = ASSIGNMENT) -> Course:
    """A course in ``folder`` with the release, ``assignment`` entered in its gradebook."""
    course = REPOSITORY.copy_to(folder)
    shutil.copytree(REPOSITORY.root / "release", folder / "release")
    enter_assignment(course, assignment)
    return course


def hand_in(course: Course, count: int, assignment: str = ASSIGNMENT) -> None:
    """Hand in ``count`` notebooks of the sample class's kinds, each with differences of its own."""
    samples = sample_submissions(course, course.assignment(assignment))
    kinds = [kind for kind in samples if kind not in _LEFT_OUT]
    for number in range(count):
        notebook = nbformat.reads(samples[kinds[number % len(kinds)]].decode(), as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.source += f"\n# handed in by number {number}"
        folder = course.root / "submitted" / f"student-{number:05d}" / assignment
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{assignment}.ipynb")


def use_stock_execution(course: Course, assignment: str = ASSIGNMENT) -> dict[str, str]:
    """Let nbgrader run submissions as it does by itself; the judge stays.

    Returns what its kernels need in their environment: where the cases' inputs are.
    """
    config = course.root / CONFIG
    text = config.read_text(encoding="utf-8")
    if _OURS not in text:
        raise RuntimeError(f"{config} does not name {_OURS}")
    config.write_text(text.replace(_OURS, _STOCK), encoding="utf-8")
    declared = course.assignment(assignment)
    inputs = course.root / INPUTS
    key = load_key(declared, course.root)
    cases = [json.loads(each) for each in collector_inputs(declared, key).values()]
    inputs.write_text(json.dumps({name: of for each in cases for name, of in each.items()}))
    return {"AUTOGRADER_INPUTS": str(inputs)}
