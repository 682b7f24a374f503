"""``autograder report``: how the class did, as a page and as tables."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.options import CourseOption, open_course
from autograder.cli.terminal import Terminal

if TYPE_CHECKING:
    from autograder.report.summary import Summary


def report(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    output: Annotated[
        Path | None,
        typer.Option(
            help="The page to write; the tables go beside it. By default in the course's report/.",
            dir_okay=False,
        ),
    ] = None,
    course: CourseOption = None,
) -> None:
    """Report on the graded class: scores, exercises, mistakes, and who needs a person.

    Writes one HTML page, which needs no network and prints well, and the same data as CSV files.

    Examples:

    * `autograder report convolution_step_by_step`
    * `autograder report convolution_step_by_step --output week3.html`
    """
    from autograder.report.writing import write_report

    here = open_course(course)
    written = write_report(here, here.assignment(assignment), output)
    terminal = Terminal()
    terminal.say(*_in_short(written.summary))
    terminal.say(f"Report: {written.page}")
    for table in written.tables:
        terminal.say(f"Table: {table}")


def _in_short(summary: Summary) -> list[str]:
    lines = [f"Graded: {len(summary.submissions)}"]
    if summary.waiting:
        lines.append(f"Not graded yet: {len(summary.waiting)}")
    lines += [f"Not graded: {student}: {reason}" for student, reason in summary.left_out.items()]
    if summary.mean is not None and summary.median is not None:
        lines.append(
            f"Points: mean {summary.mean:.1f}, median {summary.median:.1f}, "
            f"highest {summary.best:g} of {summary.max_score:g}"
        )
    lines.append(f"For a person to look at: {len(summary.for_a_person)}")
    return lines
