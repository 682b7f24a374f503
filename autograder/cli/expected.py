"""``autograder expected``: compute the expected outputs from the reference."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.options import CourseOption, SomeAssignments, named_assignments, open_course
from autograder.cli.terminal import Terminal
from autograder.course import Course
from autograder.exercises import Assignment
from autograder.expected import (
    DEFAULT_SEED,
    default_key_path,
    is_current,
    outcomes_are_current,
    outcomes_path,
    own_key_path,
    write_key,
)
from autograder.frameworks import how_to_install, is_installed


def expected(
    assignments: SomeAssignments = None,
    *,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; fail if a file is not current."),
    ] = False,
    seed: Annotated[
        int | None,
        typer.Option(
            help="A secret number of this course's own: its hidden cases get other inputs. "
            "Kept in the course folder under secret/; delete that to go back."
        ),
    ] = None,
    course: CourseOption = None,
) -> None:
    """Compute the expected outputs of every case from the reference and keep them in HDF5.

    Examples:

    * `autograder expected`: renew the expected outputs that come with the course
    * `autograder expected --seed 271828`: give this course hidden cases of its own
    * `autograder expected convnet_in_numpy`: only those of one assignment
    * `autograder expected --check`: exit with 1 if they are not what the reference gives

    Those of an assignment whose framework is not installed are left as they are.
    """
    terminal = Terminal()
    here = open_course(course)
    for assignment in named_assignments(here, assignments) or here.assignments:
        if not is_installed(assignment.framework):
            reason = how_to_install(assignment.framework)
            done = "checked" if check else "made"
            terminal.say(f"{assignment.name}: not {done}. {reason}")
        elif check:
            _check(here, assignment, terminal)
        elif seed is None:
            path = default_key_path(assignment)
            write_key(assignment, DEFAULT_SEED, path)
            terminal.say(f"Wrote {path}.")
        else:
            path = own_key_path(assignment, here.root)
            write_key(assignment, seed, path)
            for file in (path, outcomes_path(path)):
                file.chmod(0o600)
            terminal.say(f"Wrote {path}: keep it, and the seed, to yourself.")


def _check(course: Course, assignment: Assignment, terminal: Terminal) -> None:
    own = own_key_path(assignment, course.root)
    for path in (default_key_path(assignment), own):
        if path == own and not own.exists():
            continue
        if not (is_current(assignment, path) and outcomes_are_current(assignment, path)):
            terminal.say(f"{path} is not current: run `autograder expected`.")
            raise typer.Exit(1)
        terminal.say(f"{path} is current.")
