"""``autograder demo``: a whole course from notebook to feedback, in a folder of its own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.grade import closing_table
from autograder.cli.options import CourseOption, open_course
from autograder.cli.terminal import Terminal
from autograder.course import CONFIG, Course
from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.frameworks import is_installed
from autograder.grading.settings import Settings
from autograder.grading.whole_class import grade_class
from autograder.release.building import build
from autograder.sample_class import write_sample_class

_MARK = ".made-by-autograder-demo"
_IMPATIENT = "\n# The demo has a submission that never ends; it need not wait 30 seconds for it.\n"


def demo(
    folder: Annotated[Path, typer.Option(help="Where to make the demo course.")] = Path("demo"),
    course: CourseOption = None,
) -> None:
    """Build release and solutions, grade a class of sample submissions, show their scores.

    The demo course is made anew each time, in a folder of its own. Its solutions are executed with
    little training, since that takes minutes.

    Examples:

    * `autograder demo`
    * `autograder demo --folder /tmp/demo`
    """
    terminal = Terminal()
    here = _fresh_course(open_course(course, or_own=True), folder.resolve())
    build(here, lambda text: terminal.say(f"  {text}"), brief=True)
    terminal.say(f"Release: {here.folder('release')}")
    terminal.say(f"Solutions: {here.folder('solution')}")
    gradable = [each for each in here.assignments if is_installed(each.framework)]
    problems = [problem for each in gradable for problem in _grade(here, each, terminal)]
    terminal.say(f"Gradebook: {here.root / 'gradebook.db'}")
    terminal.say(f"Feedback: {here.folder('feedback', '<assignment>', '<student>')}")
    if problems:
        raise typer.Exit(1)


def _grade(course: Course, assignment: Assignment, terminal: Terminal) -> list[str]:
    """Grade the sample class; returns what kept submissions from being graded."""
    students = write_sample_class(course, assignment)
    terminal.say(f"Grading {len(students)} sample submissions of {assignment.name}.")
    outcomes = grade_class(
        course,
        assignment,
        students,
        Settings(figures=True),
        tell=lambda done: terminal.say(f"  {done.student}"),
    )
    terminal.print(closing_table(outcomes))
    problems = [f"{each.student}: {each.problem}" for each in outcomes if each.problem]
    terminal.say(*problems)
    return problems


def _fresh_course(course: Course, folder: Path) -> Course:
    if folder.exists():
        if not (folder / _MARK).exists():
            raise CourseError(f"{folder} is already there and is no demo: name another --folder.")
        shutil.rmtree(folder)
    fresh = course.copy_to(folder)
    (folder / _MARK).touch()
    with (folder / CONFIG).open("a", encoding="utf-8") as config:
        config.write(_IMPATIENT + "c.ExecuteSubmission.cell_seconds = 5\n")
    return fresh
