"""``autograder release``: what students and instructors get, made from the notebooks."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.options import CourseOption, SomeAssignments, named_assignments, open_course
from autograder.cli.terminal import Terminal
from autograder.course import Course
from autograder.exercises import Assignment
from autograder.frameworks import how_to_install, is_installed
from autograder.release.building import build, stale_files
from autograder.release.hygiene import complaints


def release(
    assignments: SomeAssignments = None,
    *,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; fail if what is there is not current."),
    ] = False,
    course: CourseOption = None,
) -> None:
    """Build `release/` and `solutions/` from `notebooks/`, with figures and instant checks.

    Solutions are executed; a cell that fails stops the build.

    Examples:

    * `autograder release`: build everything anew
    * `autograder release convnet_in_numpy`: build one assignment's
    * `autograder release --check`: say what is stale, and exit with 1 if anything is
    """
    terminal = Terminal()
    here = open_course(course)
    only = named_assignments(here, assignments)
    chosen = only or here.assignments
    _refuse_untidy_notebooks(here, chosen, terminal)
    if not check:
        build(here, lambda text: terminal.say(f"  {text}"), only=only)
        terminal.say(f"Built {here.folder('release')} and {here.folder('solution')}.")
        return
    if stale := stale_files(here, only=only):
        terminal.say("Not current:", *(f"  {each}" for each in stale))
        terminal.say("Run `autograder release` and commit what it writes.")
        raise typer.Exit(1)
    for assignment in chosen:
        if not is_installed(assignment.framework):
            reason = how_to_install(assignment.framework)
            text = f"The solutions of {assignment.name} were not looked at: {reason}"
            terminal.say(text)
    terminal.say("release/ and solutions/ are current.")


def _refuse_untidy_notebooks(course: Course, chosen: list[Assignment], terminal: Terminal) -> None:
    untidy = False
    for assignment in chosen:
        for complaint in complaints(course.source_notebook(assignment), assignment):
            terminal.say(f"{course.notebook_path(assignment)}: {complaint}")
            untidy = True
    if untidy:
        raise typer.Exit(1)
