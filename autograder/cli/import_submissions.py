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
    course: CourseOption = None,
) -> None:
    """Unpack a download of Canvas or Moodle into `submitted/<student>/<assignment>/`.

    The latest attempt counts. What is there already is replaced by a newer one only, and kept in
    `submitted/.replaced/`. When it was handed in goes into `timestamp.txt`: the time of the
    student's latest file in the zip, taken for UTC; where Canvas says that it was on time, or
    late, no time beyond the due date, or before it. Exits with 1 if anything was refused.

    Examples:

    * `autograder import submissions.zip --from canvas --assignment convolution_step_by_step`
    """
    from autograder.importing.download import import_download
    from autograder.importing.sorting import REFUSED

    here = open_course(course)
    name = here.assignment(assignment).name
    table = Table("", "student", "what", "when, or why")
    refused = 0
    try:
        for row in import_download(here, download, lms.value, name, force=force):
            table.add_row(row.outcome, row.who, row.what, row.why)
            refused += row.outcome == REFUSED
    finally:
        if table.row_count:
            Terminal().print(table)
    if refused:
        raise typer.Exit(1)
