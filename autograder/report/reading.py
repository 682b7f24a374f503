"""Find the graded submissions of a class: the notebooks in ``autograded/``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.grading.evidence_store import evidence_path, read_kept
from autograder.grading.hand_ins import HandIns
from autograder.grading.storing import read_judged
from autograder.grading.whole_class import students_with_submissions
from autograder.importing.identities import has_gradebook
from autograder.nbgrader.configuration import course_directory
from autograder.nbgrader.student_folders import students_in
from autograder.nbgrader.today import standings_today
from autograder.report.submission import Submission, counted, submission_of


@dataclass(frozen=True)
class GradedClass:
    """The graded submissions, and the students whose submission is not graded yet; in order.

    ``left_out`` says of students why there is nothing to grade where something was handed in.
    """

    submissions: tuple[Submission, ...]
    waiting: tuple[str, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)


def read_class(course: Course, assignment: Assignment) -> GradedClass:
    """Read every autograded notebook of ``assignment``, the damaged ones too.

    Raises :class:`CourseError` if there is none.
    """
    directory = course_directory(course)
    found = _autograded(directory, assignment)
    submitted = students_with_submissions(course, assignment)
    hand_ins = HandIns.of(course, assignment, directory)
    reasons = {each: hand_ins.left_out(each) for each in submitted if each not in found}
    waiting = tuple(student for student, reason in reasons.items() if not reason)
    if not found:
        there = f" ({len(waiting)} not graded yet)" if waiting else ""
        raise CourseError(
            f"There are no graded submissions of {assignment.name} in "
            f"{course.folder('autograded')}{there}. "
            f"Run this first: autograder grade {assignment.name}"
        )
    standings = standings_today(directory, assignment.name) if has_gradebook(directory) else {}
    return GradedClass(
        tuple(
            counted(
                submission_of(
                    student, read_judged(path, assignment) | _usage(course, student, assignment)
                ),
                standings.get(student),
                assignment,
            )
            for student, path in sorted(found.items())
        ),
        waiting,
        {student: reason for student, reason in reasons.items() if reason},
    )


def _autograded(directory: CourseDirectory, assignment: Assignment) -> dict[str, Path]:
    """The autograded notebooks by student."""
    step = directory.autograded_directory
    notebooks = {
        student: Path(directory.format_path(step, student, assignment.name))
        / f"{assignment.name}.ipynb"
        for student in students_in(directory, "autograded", assignment.name)
    }
    return {student: path for student, path in notebooks.items() if _is_there(path)}


def _is_there(path: Path) -> bool:
    """Also if it is in a folder that may not be looked into: then it shows up as damaged."""
    try:
        return path.exists()
    except OSError:
        return True


def _usage(course: Course, student: str, assignment: Assignment) -> dict[str, Any]:
    """What the run took, if that was kept."""
    try:
        kept = read_kept(evidence_path(course.root, student, assignment))
    except CourseError:
        return {}
    return {"usage": asdict(kept.usage)}
