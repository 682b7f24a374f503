"""Take out of a cell what must not be shown: hidden tests, and the lines that mark regions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from nbformat import NotebookNode

from autograder.errors import CourseError
from autograder.release.scaffold import END, START

BEGIN_HIDDEN = "### BEGIN HIDDEN TESTS"
END_HIDDEN = "### END HIDDEN TESTS"


_LIKE_A_MARKER = re.compile(r"\s*#[#\s]*(?:begin|end)\s+hidden\s+tests?\b", re.IGNORECASE)


def check_hidden_markers(source: str, cell: str) -> None:
    """Raise :class:`CourseError` if a line that marks hidden tests is mistyped, and hides none."""
    for line in source.split("\n"):
        if _LIKE_A_MARKER.match(line) and BEGIN_HIDDEN not in line and END_HIDDEN not in line:
            raise CourseError(
                f"The cell {cell} has a line {line.strip()!r}, which hides nothing: it has to be "
                f"{BEGIN_HIDDEN!r} or {END_HIDDEN!r}."
            )


def without_hidden_tests(source: str, cell: str = "") -> str:
    """``source`` without its hidden tests; :class:`CourseError` if a region is not closed."""
    kept, inside = [], False
    for line in source.split("\n"):
        if BEGIN_HIDDEN in line:
            if inside:
                raise CourseError(f"The cell {cell} opens a hidden region inside a hidden region.")
            inside = True
        elif END_HIDDEN in line:
            inside = False
        elif not inside:
            kept.append(line)
    if inside:
        raise CourseError(f"The cell {cell} has a line {BEGIN_HIDDEN!r} but no {END_HIDDEN!r}.")
    return "\n".join(kept)


def without_markers(source: str) -> str:
    """``source`` without the START and END lines of a solution."""
    lines = source.split("\n")
    return "\n".join(line for line in lines if START not in line and END not in line)


def shown_pictures(text: str, pictures: Mapping[str, Any]) -> NotebookNode:
    """Of the ``pictures`` that were pasted into a cell, by name, those that its ``text`` shows."""
    return NotebookNode({name: pictures[name] for name in pictures if _shows(text, name)})


def _shows(text: str, picture: str) -> bool:
    names = "|".join(map(re.escape, (picture, quote(picture))))
    return re.search(rf"attachment:(?:{names})(?!\.?[\w%-])", text) is not None
