"""Courses with classes to grade, made in a moment, and what is in a gradebook afterwards."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.api import Gradebook, SubmittedAssignment

from autograder.course import CONFIG, Course
from autograder.grading.outcome import Graded
from autograder.grading.settings import Settings
from autograder.grading.whole_class import grade_class
from autograder.nbgrader.commands import enter_assignment
from tests.submissions import ASSIGNMENT, new_course, submit

QUICK = Settings(feedback=False)


@functools.cache
def _entered() -> Path:
    """A course in whose gradebook the assignment is, which takes nbgrader seconds to do."""
    folder = Path(tempfile.mkdtemp(prefix="entered-course-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    enter_assignment(new_course(folder / "course"), ASSIGNMENT)
    return folder / "course"


def class_of(folder: Path, submissions: Mapping[str, NotebookNode], *settings: str) -> Course:
    """A course in ``folder`` with ``submissions`` by student and ``settings``, lines of Python."""
    shutil.copytree(_entered(), folder)
    course = Course(folder)
    for student, notebook in submissions.items():
        submit(course, student, notebook)
    configure(course, *settings)
    return course


def configure(course: Course, *settings: str) -> None:
    """Add ``settings`` to the course's ``nbgrader_config.py``."""
    with (course.root / CONFIG).open("a", encoding="utf-8") as file:
        file.writelines(f"\n{line}" for line in settings)


def grade(course: Course, settings: Settings = QUICK, **listeners: Any) -> dict[str, Graded]:
    """Grade the class; the outcomes by student."""
    assignment = course.assignment(ASSIGNMENT)
    outcomes = grade_class(course, assignment, settings=settings, **listeners)
    assert len({each.student for each in outcomes}) == len(outcomes)
    return {each.student: each for each in outcomes}


def scores(outcomes: Mapping[str, Graded]) -> dict[str, float | str]:
    """The students' scores, or problems."""
    return {student: each.problem or each.score for student, each in outcomes.items()}


def database(course: Course) -> str:
    """The address of a course's ordinary gradebook."""
    return f"sqlite:///{course.root / 'gradebook.db'}"


def gradebook_scores(db_url: str) -> dict[str, float]:
    """The students' scores in the gradebook, where every row must be there exactly once."""
    with Gradebook(db_url) as gradebook:
        found = gradebook.db.query(SubmittedAssignment).all()
        for submission in found:
            (notebook,) = submission.notebooks
            cells = [grade.cell_id for grade in notebook.grades]
            assert len(set(cells)) == len(cells) == 8
            assert all(grade.auto_score is not None for grade in notebook.grades)
            assert not any(grade.needs_manual_grade for grade in notebook.grades)
        assert len({each.student_id for each in found}) == len(found)
        return {each.student_id: each.score for each in found}


def autograded(course: Course, student: str) -> Path:
    """The student's autograded notebook, which is there if the student is done."""
    return course.root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
