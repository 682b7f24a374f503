"""Grade a class: from submitted/ to autograded/, feedback/ and the gradebook, one by one."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from autograder.course import Course
from autograder.errors import CourseError
from autograder.execution.faults import METADATA
from autograder.exercises import Assignment
from autograder.expected import key_path
from autograder.nbgrader.commands import (
    autograde,
    course_directory,
    enter_assignment,
    generate_feedback,
)
from autograder.nbgrader.exporter import submission_digest
from autograder.submission.staging import stage


@dataclass(frozen=True)
class Graded:
    """One student's outcome: the result as JSON (``NotebookResult.to_json``), or the ``problem``.

    ``skipped`` tells that the submission was graded before and has not changed since.
    """

    student: str
    result: dict[str, Any] | None
    feedback: Path
    problem: str = ""
    skipped: bool = False


def students_with_submissions(course: Course, assignment: Assignment) -> list[str]:
    """The ids of the students who have a folder for ``assignment``, in order."""
    submitted = Path(course_directory(course).format_path("submitted", ".", "."))
    if not submitted.is_dir():
        return []
    students = [folder for folder in submitted.iterdir() if folder.is_dir()]
    return sorted(each.name for each in students if _has_submission(each, assignment))


def _has_submission(student: Path, assignment: Assignment) -> bool:
    """Whether there is a submission, or may be one in a folder that cannot be looked into."""
    return not os.access(student, os.X_OK) or (student / assignment.name).is_dir()


def grade_class(
    course: Course,
    assignment: Assignment,
    students: Sequence[str] = (),
    *,
    force: bool = False,
    tell: Callable[[Graded], None] = lambda _: None,
) -> list[Graded]:
    """Grade the submissions of ``students``, or of all; ``tell`` hears of each as it is done.

    What was graded before and has not changed, nor the answer key, is skipped unless ``force`` is
    set. Raises
    :class:`CourseError` if there is nothing to grade or a student is unknown; a submission that
    could not be graded is a :class:`Graded` with its problem, and the others go on.
    """
    present = students_with_submissions(course, assignment)
    if unknown := sorted(set(students) - set(present)):
        raise CourseError(
            f"There is no submission of {assignment.name} by {', '.join(unknown)} in "
            f"{course.root / 'submitted'}."
        )
    if not present:
        raise CourseError(
            f"There are no submissions of {assignment.name}: expected them in "
            f"{course.root / 'submitted' / '<student>' / assignment.name}."
        )
    entered = enter_assignment(course, assignment.name)
    outcomes = []
    for student in students or present:
        try:
            outcome = _grade_student(course, assignment, student, force or student not in entered)
        except Exception as error:  # whatever is wrong with one submission, the others go on
            problem = str(error) if isinstance(error, CourseError) else repr(error)
            outcome = Graded(student, None, _page(course, assignment, student), problem)
        outcomes.append(outcome)
        tell(outcome)
    return outcomes


def _grade_student(course: Course, assignment: Assignment, student: str, force: bool) -> Graded:
    directory, page = course_directory(course), _page(course, assignment, student)
    submitted = Path(directory.format_path("submitted", student, assignment.name))
    with tempfile.TemporaryDirectory(prefix="submitted-") as staged:
        destination = Path(staged) / student / assignment.name
        found = stage(submitted, assignment, destination)
        handed_in = (destination / f"{assignment.name}.ipynb").read_bytes()
        before = _judged(directory, assignment, student)
        context = _context(course, assignment, destination)
        digest = submission_digest(handed_in, found.reason, context)
        current = before.get("digest") == digest
        if current and page.exists() and not force:
            return Graded(student, before["result"], page, skipped=True)
        autograde(
            course,
            assignment.name,
            student,
            Path(staged),
            ungradable=found.reason,
            context=context,
            choice=found.notes,
        )
        generate_feedback(course, assignment.name, student)
    after = _judged(directory, assignment, student)
    return Graded(student, after["result"], page)


def _context(course: Course, assignment: Assignment, staged: Path) -> str:
    """What a grade depends on besides the notebook: the answer key and the time of submission."""
    key = hashlib.sha256(key_path(assignment, course.root).read_bytes()).hexdigest()
    timestamp = staged / "timestamp.txt"
    when = timestamp.read_bytes().hex() if timestamp.is_file() else ""
    return f"{key} {when}"


def _page(course: Course, assignment: Assignment, student: str) -> Path:
    directory = course_directory(course)
    folder = directory.format_path(directory.feedback_directory, student, assignment.name)
    return Path(folder) / f"{assignment.name}.html"


def _judged(directory: CourseDirectory, assignment: Assignment, student: str) -> dict[str, Any]:
    """What the judge left in the autograded notebook: "result" and "digest"; empty before that."""
    folder = directory.format_path(directory.autograded_directory, student, assignment.name)
    path = Path(folder) / f"{assignment.name}.ipynb"
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        about: dict[str, Any] = notebook["metadata"][METADATA]
        exercises = about["result"]["exercises"]
        in_order = {each.name: exercises[each.name] for each in assignment.exercises}
    except (OSError, ValueError, KeyError):
        return {}
    about["result"]["exercises"] = in_order  # the notebook's JSON is sorted by name
    return about
