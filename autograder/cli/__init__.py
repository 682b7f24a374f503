"""The ``autograder`` command: one module for each verb that its user says."""

from __future__ import annotations

import sys
import tempfile
import traceback

import typer

from autograder.cli.check import check
from autograder.cli.demo import demo
from autograder.cli.expected import expected
from autograder.cli.grade import grade
from autograder.cli.release import release
from autograder.errors import CourseError

app = typer.Typer(
    help="Release, solve and grade the notebooks of this course.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
)
for verb in (release, expected, grade, check, demo):
    app.command()(verb)


def main() -> None:
    """Run the command line; whatever goes wrong is said in words, and ends in a non-zero code."""
    try:
        app()
    except CourseError as error:
        print(f"autograder: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("autograder: stopped; what was finished is kept.", file=sys.stderr)
        sys.exit(130)
    except Exception as error:
        with tempfile.NamedTemporaryFile(
            "w", prefix="autograder-", suffix=".log", delete=False, encoding="utf-8"
        ) as log:
            traceback.print_exc(file=log)
        kind = type(error).__name__
        print(
            f"autograder: something went wrong that should not have ({kind}: {error}). "
            f"The details are in {log.name}; please report them.",
            file=sys.stderr,
        )
        sys.exit(70)
