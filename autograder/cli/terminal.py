"""The one place through which verbs print.

Most of what they say holds words of strangers: names, paths, texts of exceptions. Here no text is
ever markup, and nothing in it can steer the terminal (:mod:`autograder.printable`). Verbs give
plain strings, alone or in tables, and never print by other ways; a test sees to that.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.text import Text

from autograder.printable import json_text, printable


class Terminal(Console):
    """A console that takes every text for what it is, in lines, tables, titles and progress."""

    def __init__(self, *, stderr: bool = False) -> None:
        """On standard output, or on standard error."""
        super().__init__(stderr=stderr, markup=False, emoji=False, highlight=False)

    def render_str(self, text: str, **options: Any) -> Text:
        """Rich asks this of all texts; a line ends where :meth:`say` or a table ends it."""
        return super().render_str(printable(text), **options)

    def say(self, *lines: str) -> None:
        """Print each of ``lines``; none is folded, so paths can be copied."""
        for line in lines:
            self.print(line, soft_wrap=True)


def say_in_short(text: str) -> None:
    """What the whole command has to say at its end, on standard error."""
    print(f"autograder: {printable(text)}", file=sys.stderr)


def print_list(values: Iterable[object], *, indent: int | None = None) -> None:
    """Print one JSON list, each value as soon as it is there; a list even where that is stopped."""
    print("[", end="")
    before = "\n "
    try:
        for value in values:
            print(before + _json(value, indent).replace("\n", "\n "), end="", flush=True)
            before = ",\n "
    finally:
        print("\n]")


def _json(value: object, indent: int | None) -> str:
    if "utf" in (sys.stdout.encoding or "").lower():
        return json_text(value, indent=indent)
    return json.dumps(value, indent=indent)


def print_file(content: bytes) -> None:
    """Write a text file's ``content`` to standard output.

    Into a pipe or a file go its bytes as they are; a terminal is shown what cannot steer it.
    """
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    for line in content.decode("utf-8-sig").split("\n"):
        print(printable(line.removesuffix("\r")))


def bear_any_text() -> None:
    """Let standard output take text that its encoding has no letters for, as escapes."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
