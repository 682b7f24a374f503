"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.course import Course, find_course

CourseOption = Annotated[
    Path | None,
    typer.Option(
        "--course",
        help="The course folder; by default the one that the current folder lies in.",
        file_okay=False,
        exists=True,
    ),
]


def open_course(folder: Path | None) -> Course:
    """The course in ``folder``, or around the current folder."""
    return find_course(folder)
