"""``autograder export``: the grades of an assignment, for an LMS, for Excel or for a program."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.options import CourseOption, open_course
from autograder.cli.terminal import Terminal, print_file
from autograder.errors import CourseError


class ExportFormat(StrEnum):
    """For whom the file is."""

    CANVAS = "canvas"
    MOODLE = "moodle"
    CSV = "csv"
    JSON = "json"


def export(
    assignment: Annotated[str, typer.Argument(help="The assignment's name.")],
    layout: Annotated[ExportFormat, typer.Option("--format", help="For whom the file is.")],
    output: Annotated[
        Path | None,
        typer.Option(
            help="The file to write, - for standard output; "
            "by default ASSIGNMENT-FORMAT.csv or .json here."
        ),
    ] = None,
    course: CourseOption = None,
) -> None:
    """Write the grades: each exercise, the late penalty, the total, and why a person should look.

    Scores are the gradebook's, so manual scores and extra credit count.

    Examples:

    * `autograder export convolution_step_by_step --format csv`: a table that Excel opens
    * `autograder export convolution_step_by_step --format canvas --output grades.csv`
    """
    from autograder.export.writing import collect_grades, lay_out, without_lms_id, write_export
    from autograder.importing.identities import has_gradebook
    from autograder.nbgrader.configuration import course_directory
    from autograder.nbgrader.database import open_gradebook

    here = open_course(course)
    directory = course_directory(here)
    name = here.assignment(assignment).name
    errors = Terminal(stderr=True)
    if not has_gradebook(directory):
        raise CourseError(f"There is no gradebook in {here.root} yet: grade {name} first.")
    with open_gradebook(directory.db_url, directory.course_id, name) as gradebook:
        grades = collect_grades(gradebook, directory, name, layout.value)
    content = lay_out(grades, layout.value)
    if output == Path("-"):
        print_file(content)
    else:
        suffix = "json" if layout is ExportFormat.JSON else "csv"
        path = output or Path(f"{name}-{layout.value}.{suffix}")
        write_export(content, path)
        errors.say(f"Wrote {len(grades.students)} submissions of {name} to {path}.")
    unknown = without_lms_id(grades)
    if unknown and layout in (ExportFormat.CANVAS, ExportFormat.MOODLE):
        errors.say(_advice(layout, unknown))


def _advice(layout: ExportFormat, unknown: list[str]) -> str:
    lms = layout.value.title()
    shown = ", ".join(unknown[:5]) + (f" and {len(unknown) - 5} more" if len(unknown) > 5 else "")
    how = (
        "by their login or name only"
        if layout is ExportFormat.CANVAS
        else "not at all, and passes over their rows"
    )
    return (
        f"{lms}'s own numbers of these students are not known, so it finds them {how}: {shown}. "
        "`autograder import` learns the numbers from a download; or enter them into nbgrader's "
        "gradebook (lms_user_id)."
    )
