"""The feedback pages of a graded class, made from what is in ``autograded/`` and the gradebook."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbgrader.coursedir import CourseDirectory

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.feedback.pages import FeedbackPages
from autograder.feedback.side_by_side import side_by_side
from autograder.feedback.standing import Standing
from autograder.feedback.standings import read_standings
from autograder.grading.lock import only_grader
from autograder.mistakes import known_mistakes
from autograder.nbgrader.configuration import course_directory


@dataclass(frozen=True)
class Written:
    """One student's page, or the ``problem`` that kept it from being written.

    ``skipped`` tells that it was there and shows what it would show now.
    """

    student: str
    page: Path
    problem: str = ""
    skipped: bool = False


@dataclass(frozen=True)
class _Job:
    """A page to be written; None for the standing of whom the gradebook does not know."""

    written: Written
    notebook: Path
    standing: Standing | None


def graded_students(course: Course, assignment: Assignment) -> list[str]:
    """The ids of the students who have an autograded notebook of ``assignment``, in order."""
    directory = course_directory(course)
    everyone = Path(directory.format_path(directory.autograded_directory, ".", "."))
    if not everyone.is_dir():
        return []
    names = sorted(each.name for each in everyone.iterdir())
    return [name for name in names if _notebook(directory, assignment, name).is_file()]


def write_feedback(
    course: Course,
    assignment: Assignment,
    students: Sequence[str] = (),
    *,
    workers: int = 1,
    force: bool = False,
    tell: Callable[[Written], None] = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> list[Written]:
    """Write the pages of ``students``, or of all; ``tell`` hears of each as it is done.

    Pages that are current are left unless ``force`` is set. ``say`` hears why there is a wait.
    Returns the outcomes in the order of the students. Raises :class:`CourseError` if nothing is
    graded or a student is unknown; whatever is wrong with one submission is an outcome with its
    problem, and the others go on.
    """
    wanted = _wanted(course, assignment, students)
    directory = course_directory(course)
    with only_grader(course.root, say):
        standings = read_standings(directory.db_url, assignment.name)
        writer = _Writer(FeedbackPages(assignment.name, directory.config), force)
        jobs = _jobs(directory, assignment, wanted, standings)
        known_mistakes(assignment)  # read once, for all the processes
        outcomes = {}
        with contextlib.closing(side_by_side(writer.write, jobs, workers, _lost)) as pages:
            for done in pages:
                outcomes[done.student] = done
                tell(done)
    return [outcomes[student] for student in wanted]


def _wanted(course: Course, assignment: Assignment, students: Sequence[str]) -> list[str]:
    graded = graded_students(course, assignment)
    if not graded:
        raise CourseError(
            f"Nothing of {assignment.name} has been graded yet: run "
            f"`autograder grade {assignment.name}`."
        )
    if unknown := sorted(set(students) - set(graded)):
        raise CourseError(
            f"No submission of {assignment.name} by {', '.join(unknown)} has been graded: run "
            f"`autograder grade {assignment.name}`."
        )
    return list(dict.fromkeys(students)) or graded


def _notebook(directory: CourseDirectory, assignment: Assignment, student: str) -> Path:
    folder = directory.format_path(directory.autograded_directory, student, assignment.name)
    return Path(folder) / f"{assignment.name}.ipynb"


def _jobs(
    directory: CourseDirectory,
    assignment: Assignment,
    students: Sequence[str],
    standings: Mapping[str, Standing],
) -> list[_Job]:
    step = directory.feedback_directory
    return [
        _Job(
            Written(
                student,
                Path(directory.format_path(step, student, assignment.name))
                / f"{assignment.name}.html",
            ),
            _notebook(directory, assignment, student),
            standings.get(student),
        )
        for student in students
    ]


@dataclass(frozen=True)
class _Writer:
    """Writes one page after another."""

    pages: FeedbackPages
    force: bool

    def write(self, job: _Job) -> Written:
        """Never raises: what is wrong with one page keeps no other from being written."""
        try:
            return self._write(job)
        except OSError as error:
            return replace(job.written, problem=str(error))
        except Exception as error:
            kind = type(error).__name__
            return replace(
                job.written,
                problem=f"{job.notebook} cannot be shown ({kind}: {error}). "
                "Grade this student again, with --force.",
            )

    def _write(self, job: _Job) -> Written:
        student, page = job.written.student, job.written.page
        if job.standing is None:
            problem = "It is not in the gradebook. Grade this student again, with --force."
            return replace(job.written, problem=problem)
        notebook = nbformat.v4.reads(job.notebook.read_text(encoding="utf-8"))
        if not self.force and self.pages.current(page, student, notebook, job.standing):
            return replace(job.written, skipped=True)
        self.pages.write(page, student, notebook, job.notebook.parent, job.standing)
        return job.written


def _lost(job: _Job) -> Written:
    problem = "The process that wrote it was ended from outside. Run the same command again."
    return replace(job.written, problem=problem)
