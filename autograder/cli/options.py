"""Options that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.course import Course, find_course
from autograder.exercises import Assignment

CourseOption = Annotated[
    Path | None,
    typer.Option(
        "--course",
        help="The course folder; by default the one that the current folder lies in.",
        file_okay=False,
        exists=True,
    ),
]

SomeAssignments = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ASSIGNMENT", help="Names of assignments; all of the course's if left out."
    ),
]

TrustOption = Annotated[
    bool,
    typer.Option(
        "--trust-submissions",
        help="Run them without a sandbox, with your own rights. Only for people you trust.",
    ),
]


def named_assignments(course: Course, names: list[str] | None) -> list[Assignment]:
    """Those of ``course`` that were named; none if it is all of them that are meant."""
    return [course.assignment(name) for name in names or ()]


def open_course(folder: Path | None, *, or_own: bool = False) -> Course:
    """The course in ``folder``, or around the current folder.

    ``or_own`` is for verbs that write nothing into it: they may use the course that this package
    was installed from, if no other is named or at hand.
    """
    return find_course(folder, or_own=or_own and folder is None)
