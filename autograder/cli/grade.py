"""``autograder grade``: a class, from submitted/ to the gradebook and the feedback."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Column, Table

from autograder.cli.options import CourseOption, TrustOption, open_course
from autograder.cli.terminal import Terminal, print_list
from autograder.grading.settings import Settings

if TYPE_CHECKING:
    from autograder.grading.outcome import Graded


def grade(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    student: Annotated[
        list[str] | None, typer.Option(help="Only this student; may be given several times.")
    ] = None,
    workers: Annotated[
        int, typer.Option(min=0, help="Submissions at once; by default one for each processor.")
    ] = 0,
    scheduler: Annotated[
        str, typer.Option(help="Run submissions on the workers of this Dask scheduler: tcp://…")
    ] = "",
    figures: Annotated[
        bool, typer.Option("--figures", help="Draw the figures too, for feedback with plots.")
    ] = False,
    feedback: Annotated[bool, typer.Option(help="Write feedback pages.")] = True,
    force: Annotated[
        bool, typer.Option("--force", help="Grade again what has not changed, too.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
    trust: TrustOption = False,
    course: CourseOption = None,
) -> None:
    """Grade the submissions in `submitted/`: to `autograded/`, `feedback/` and the gradebook.

    What was graded before and has not changed is left as it is; so after an interruption the same
    command grades the rest. Late penalties are those of today's due dates and extensions, and
    points by hand count. Exits with 0 only if every submission has a verdict.

    Examples:

    * `autograder grade convolution_step_by_step`
    * `autograder grade convolution_step_by_step --student ada --force`
    * `autograder grade convolution_step_by_step --figures --workers 8`
    * `autograder grade convolution_step_by_step --scheduler tcp://127.0.0.1:8786`
    """
    from autograder.grading.whole_class import grade_class, students_with_submissions

    here = open_course(course)
    declared = here.assignment(assignment)
    settings = Settings(force, workers, scheduler, figures, feedback, trust)
    errors = Terminal(stderr=True)
    count = len(set(student or students_with_submissions(here, declared)))
    try:
        with _progress(errors, count) as progress:
            outcomes = grade_class(
                here,
                declared,
                student or (),
                settings,
                tell=lambda done: progress.advance(progress.task_ids[0]),
                say=errors.say,
            )
    except KeyboardInterrupt:
        errors.say("What was finished is kept; the same command grades the rest.")
        raise
    if as_json:
        print_list(map(_to_json, outcomes))
    else:
        terminal = Terminal()
        terminal.print(closing_table(outcomes))
        if feedback:
            terminal.say(f"Feedback: {here.folder('feedback')}")
    if failed := [outcome for outcome in outcomes if outcome.problem]:
        for outcome in failed:
            errors.say(f"{outcome.student}: {outcome.problem}")
        raise typer.Exit(1)


class _Rate(ProgressColumn):
    """How many submissions a minute."""

    def render(self, task: Task) -> str:
        """The rate so far."""
        speed = task.finished_speed or task.speed
        return "" if speed is None else f"{speed * 60:.0f} a minute"


@contextlib.contextmanager
def _progress(terminal: Terminal, count: int) -> Iterator[Progress]:
    columns = (
        TextColumn("Grading"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=terminal, transient=True) as progress:
        progress.add_task("grading", total=count)
        yield progress


def _to_json(outcome: Graded) -> dict[str, object]:
    """A line of the list for a student; made as it is printed, for a class may be large."""
    return {
        "student": outcome.student,
        "problem": outcome.problem or None,
        "counts": asdict(outcome.counts) if outcome.counts else None,
        "result": outcome.result,
    }


def closing_table(outcomes: list[Graded]) -> Table:
    """Each student's points, as they count in the gradebook, and what was not passed."""
    table = Table("student", "score", Column("what was not passed", overflow="fold"))
    for outcome in outcomes:
        if outcome.problem:
            table.add_row(outcome.student, "–", _why_not(outcome.problem))
            continue
        note = " (unchanged)" if outcome.skipped else " (judged again)" if outcome.again else ""
        by_hand = outcome.counts.by_hand if outcome.counts else ""
        not_passed = ", ".join(filter(None, (outcome.not_passed, by_hand)))
        table.add_row(outcome.student, _points(outcome) + note, not_passed)
    return table


def _points(outcome: Graded) -> str:
    """With points by hand, and less what lateness costs."""
    counts = outcome.counts
    if counts is None:
        return f"{outcome.score:g} / {outcome.max_score:g}"
    late = f", {counts.late_penalty:g} off for lateness" if counts.late_penalty else ""
    return f"{counts.score:g} / {counts.max_score:g}{late}"


def _why_not(problem: str) -> str:
    return problem if problem.startswith("not graded") else f"could not be graded: {problem}"
