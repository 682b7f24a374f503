"""All verbs, put together; each has a module of its own name."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from autograder.printable import printable

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


@contextlib.contextmanager
def _printable_complaints() -> Iterator[None]:
    """What Typer complains of on the command line, such as a path, is printed as it complains."""
    try:
        yield
    except Exception as error:
        if hasattr(error, "format_message"):
            # It lists choices in lines of their own.
            said = printable(error.format_message().replace("\n\t", " "))
            error.format_message = lambda: said
        raise


class _Verbs(TyperGroup):
    """The verbs; Typer itself prints what was wrong with the words that they were given."""

    def make_context(self, *words: Any, **options: Any) -> Any:
        with _printable_complaints():
            return super().make_context(*words, **options)

    def invoke(self, *words: Any) -> Any:
        with _printable_complaints():
            return super().invoke(*words)


def make_app(words: Sequence[str] = ()) -> typer.Typer:
    """The command line for ``words``. Only the verb that they say is imported, which saves time."""
    app = typer.Typer(
        cls=_Verbs,
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
