"""The feedback pages of a graded class, made from what is in ``autograded/`` and the gradebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.feedback.pages import FeedbackPages
from autograder.feedback.standing import Standing
from autograder.grading.lock import only_grader
from autograder.nbgrader.configuration import course_directory
from autograder.nbgrader.student_folders import students_in
from autograder.nbgrader.today import standings_today


@dataclass(frozen=True)
class Written:
    """One student's page, or the ``problem`` that kept it from being written.

    ``skipped`` tells that it was there and shows what it would show now; ``plain`` says why it
    shows plain text alone.
    """

    student: str
    page: Path
    problem: str = ""
    skipped: bool = False
    plain: str = ""


@dataclass(frozen=True)
class _Job:
    """A page to be written; None for the standing of whom the gradebook does not know."""

    written: Written
    notebook: Path
    standing: Standing | None


def graded_students(course: Course, assignment: Assignment) -> list[str]:
    """The ids of the students who have an autograded notebook of ``assignment``, in order."""
    directory = course_directory(course)
    names = students_in(directory, "autograded", assignment.name)
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
    workers = max(1, min(workers, len(wanted)))
    with only_grader(course.root, say):
        pages = FeedbackPages(assignment.name, directory.config, workers)
        pages.start(workers)
        outcomes = {}
        try:
            standings = standings_today(directory, assignment.name)
            jobs = _jobs(directory, assignment, wanted, standings)
            for done in _written(pages, jobs, force):
                outcomes[done.student] = done
                tell(done)
        finally:
            pages.close(wait=False)  # when all is done nobody waits, and nobody else is to
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


def _written(pages: FeedbackPages, jobs: Sequence[_Job], force: bool) -> Iterator[Written]:
    """What becomes of every page, as it is done. What is wrong with one keeps no other."""
    asked = {}
    for job in jobs:
        student, page = job.written.student, job.written.page
        if job.standing is None:
            problem = "It is not in the gradebook. Grade this student again, with --force."
            yield replace(job.written, problem=problem)
            continue
        future = pages.write(page, student, job.notebook, job.standing, keep_current=not force)
        asked[future] = job.written
    for future in as_completed(asked):
        outcome = future.result()
        yield replace(
            asked[future], problem=outcome.problem, skipped=outcome.skipped, plain=outcome.plain
        )
