"""All verbs, put together; each has a module of its own name."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import typer

VERBS = (
    "release",
    "expected",
    "data",
    "import",
    "grade",
    "regrade",
    "feedback",
    "report",
    "export",
    "check",
    "demo",
    "doctor",
)
_FUNCTIONS = {"import": "import_submissions"}
"""What a verb's module and function are called where Python keeps the verb for itself."""


def make_app(words: Sequence[str] = ()) -> typer.Typer:
    """The command line for ``words``. Only the verb that they say is imported, which saves time."""
    app = typer.Typer(
        help="Release, solve and grade the notebooks of this course.",
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(lambda: None)  # so that a single verb is still said by its name
    asked = words[0] if words else ""
    for verb in (asked,) if asked in VERBS else VERBS:
        name = _FUNCTIONS.get(verb, verb)
        app.command(verb)(getattr(import_module(f"autograder.cli.{name}"), name))
    return app
