"""The three doors that a notebook may come through: what each of them says of it.

``autograder check`` on the notebook, ``autograder grade`` on the class, ``nbgrader autograde``:
exercise by exercise, case by case, words and numbers included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde

from autograder import grade_notebook
from autograder.course import Course
from autograder.exercises import Assignment
from autograder.grading.settings import Settings
from autograder.grading.storing import read_judged
from autograder.grading.whole_class import grade_class
from autograder.nbgrader.configuration import course_directory

SETTINGS = (
    "c.ExecuteSubmission.figures = False",
    "c.ExecuteSubmission.cell_seconds = 8",
    "c.CourseDirectory.ignore.append('unwanted*')",
)
"""Of a course whose hand-ins come through all doors."""
Verdicts = dict[str, dict[str, Any]]


def through_all_doors(course: Course, assignment: Assignment) -> tuple[Verdicts, ...]:
    """By student, what each of the three doors says of every exercise."""
    notebooks = dict(_handed_in(course, assignment))
    graded = grade_class(course, assignment, settings=Settings(feedback=False))
    assert [each.problem for each in graded if each.problem] == []
    by_class = {each.student: each.result["exercises"] for each in graded}
    by_file = {
        student: grade_notebook(path, assignment.name, course=course).to_json()["exercises"]
        for student, path in notebooks.items()
    }
    directory = course_directory(course)
    directory.assignment_id = assignment.name
    Autograde(coursedir=directory, config=directory.config, force=True).start()
    by_nbgrader = {
        student: read_judged(_autograded(course, student, assignment), assignment)["result"][
            "exercises"
        ]
        for student in notebooks
        if _autograded(course, student, assignment).exists()
    }
    return by_class, by_file, by_nbgrader


def _handed_in(course: Course, assignment: Assignment) -> Iterator[tuple[str, Path]]:
    for folder in sorted((course.root / "submitted").glob(f"*/{assignment.name}")):
        for path in sorted(folder.glob("*.ipynb"))[:1]:
            yield folder.parent.name, path


def _autograded(course: Course, student: str, assignment: Assignment) -> Path:
    folder = course.root / "autograded" / student / assignment.name
    return folder / f"{assignment.name}.ipynb"


def score(exercises: Mapping[str, Any]) -> float:
    return sum(each["score"] for each in exercises.values())
