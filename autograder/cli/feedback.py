"""``autograder feedback``: the pages of a graded class, without grading it again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from autograder.cli.options import CourseOption, open_course
from autograder.cli.terminal import Terminal
from autograder.grading.settings import Settings


def feedback(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    student: Annotated[
        list[str] | None, typer.Option(help="Only this student; may be given several times.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Processes at once; by default one for each processor.")
    ] = 0,
    force: Annotated[
        bool, typer.Option("--force", help="Write pages again that have not changed, too.")
    ] = False,
    course: CourseOption = None,
) -> None:
    """Write the feedback pages of what is graded, with the points and comments given by hand.

    Runs nobody's code. Pages that show all this already are left as they are. Exits with 0 only if
    every graded submission has its page.

    Examples:

    * `autograder feedback convolution_step_by_step`
    * `autograder feedback convolution_step_by_step --student ada --force`
    """
    from autograder.feedback.whole_class import graded_students, write_feedback

    here = open_course(course)
    declared = here.assignment(assignment)
    errors = Terminal(stderr=True)
    count = len(set(student or graded_students(here, declared)))
    with _progress(errors, count) as progress:
        outcomes = write_feedback(
            here,
            declared,
            student or (),
            workers=Settings(workers=workers).at_once,
            force=force,
            tell=lambda _: progress.update(progress.task_ids[0], advance=1, refresh=True),
            say=errors.say,
        )
    failed = [outcome for outcome in outcomes if outcome.problem]
    skipped = sum(outcome.skipped for outcome in outcomes)
    terminal = Terminal()
    unchanged = f" ({skipped} unchanged)" if skipped else ""
    terminal.say(f"Pages: {len(outcomes) - len(failed)}{unchanged}")
    terminal.say(f"Feedback: {here.folder('feedback')}")
    for outcome in failed:
        errors.say(f"{outcome.student}: {outcome.problem}")
    if failed:
        raise typer.Exit(1)


@contextlib.contextmanager
def _progress(terminal: Terminal, count: int) -> Iterator[Progress]:
    """Without a thread of its own, for what writes the pages forks."""
    columns = (TextColumn("Writing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=terminal, transient=True, auto_refresh=False) as progress:
        progress.add_task("writing", total=count)
        yield progress
