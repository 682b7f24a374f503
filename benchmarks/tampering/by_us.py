"""Our own points: ``autograder grade``, with all submissions in one class."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from benchmarks.courses import REPOSITORY, new_course
from benchmarks.tampering.attack import grade_id
from benchmarks.tampering.handed_in import ASSIGNMENT, HandedIn, lay_down
from benchmarks.tampering.won import NO_VERDICT, Won

_NAME = ASSIGNMENT.name


def _release() -> NotebookNode:
    path = REPOSITORY.root / "release" / _NAME / f"{_NAME}.ipynb"
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if grade_id(cell)]
    return notebook


RELEASE = _release()
"""What students get here; without its text and its examples, as for the other graders."""


def grade_here(folder: Path, class_: Sequence[HandedIn], *settings: str) -> dict[str, Won]:
    """The points of a class in ``folder``; ``settings`` are lines for the course's configuration.

    What was handed in earlier is graded before.
    """
    course = new_course(folder, _NAME)
    config = course.root / "nbgrader_config.py"
    lines = [config.read_text(encoding="utf-8"), *settings, ""]
    config.write_text("\n".join(lines), encoding="utf-8")
    before = [each for each in class_ if each.earlier is not None]
    for each in before:
        assert each.earlier is not None
        lay_down(_submitted(course, each.name), each.earlier, {})
    if before:
        _grade(course)
    for each in class_:
        lay_down(_submitted(course, each.name), each.notebook, each.files)
    return _grade(course)


def _submitted(course: Course, name: str) -> Path:
    return course.root / "submitted" / name / _NAME


def _grade(course: Course) -> dict[str, Won]:
    program = Path(sys.executable).with_name("autograder")
    command = [str(program), "grade", _NAME, "--no-feedback", "--json"]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
    if not done.stdout:
        raise RuntimeError(done.stderr)
    return {
        each["student"]: Won(each["result"]["score"]) if each["result"] else NO_VERDICT
        for each in json.loads(done.stdout)
    }
