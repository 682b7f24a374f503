"""All verbs, put together."""

from __future__ import annotations

import typer

from autograder.cli.check import check
from autograder.cli.demo import demo
from autograder.cli.expected import expected
from autograder.cli.grade import grade
from autograder.cli.release import release

app = typer.Typer(
    help="Release, solve and grade the notebooks of this course.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
for verb in (release, expected, grade, check, demo):
    app.command()(verb)
