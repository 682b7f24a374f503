"""``autograder import``: from an LMS's download of all submissions to ``submitted/``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from autograder.cli.options import CourseOption, open_course
from autograder.cli.terminal import Terminal


class Lms(StrEnum):
    """Whose download it is."""

    CANVAS = "canvas"
    MOODLE = "moodle"


def import_submissions(
    download: Annotated[
        Path,
        typer.Argument(
            metavar="ZIP", help="The zip of all submissions.", exists=True, dir_okay=False
        ),
    ],
    lms: Annotated[Lms, typer.Option("--from", help="Whose download it is.")],
    assignment: Annotated[str, typer.Option(help="The assignment's name.")],
    force: Annotated[
        bool, typer.Option("--force", help="Replace submissions that are as new, too.")
    ] = False,
    timezone: Annotated[
        str,
        typer.Option(
            help="The time zone of the download's times, such as Europe/Berlin; by default the "
            "course's: c.Exchange.timezone in nbgrader_config.py, else UTC."
        ),
    ] = "",
    course: CourseOption = None,
) -> None:
    """Unpack a download of Canvas or Moodle into `submitted/<student>/<assignment>/`.

    The latest attempt counts. What is there already is replaced by a newer one only, and kept in
    `submitted/.replaced/`. When it was handed in goes into `timestamp.txt`: the time of the
    student's latest file in the zip, by `--timezone`; where Canvas says that it was on time, or
    late, no time beyond the due date, or before it. With `--timezone` the times of what is there
    already are put right, too. Exits with 1 if anything was refused.

    Examples:

    * `autograder import submissions.zip --from canvas --assignment convolution_step_by_step`
    * `autograder import all.zip --from moodle --assignment convolution_step_by_step
      --timezone Europe/Berlin`
    """
    from autograder.importing.download import import_download
    from autograder.importing.sorting import DOUBTFUL, REFUSED

    here = open_course(course)
    name = here.assignment(assignment).name
    table = Table("", "student", "what", "when, or why")
    refused, doubts = 0, []
    rows = import_download(here, download, lms.value, name, force=force, zone=timezone)
    try:
        for row in rows:
            if row.outcome == DOUBTFUL:
                doubts.append(f"{row.what}: {row.why}")
                continue
            table.add_row(row.outcome, row.who, row.what, row.why)
            refused += row.outcome == REFUSED
    finally:
        if table.row_count:
            Terminal().print(table)
    Terminal(stderr=True).say(*doubts)
    if refused:
        raise typer.Exit(1)
