"""Words of strangers and of the system, written so that they steer nothing that shows them.

Exception texts, names and paths may hold escape sequences that rewrite what a terminal shows, and
characters that reverse a line or hide part of it. Here such characters become visible.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable


def printable(text: str) -> str:
    r"""``text`` as one line in which every character that is not seen is written as its escape.

    These are control characters (line ends too, for a name has no say in where a line ends), marks
    that change the direction of writing or have no width, line and paragraph separators, and bytes
    of a file's name that are no text: ``\\x1b``, ``\\n``, ``\\u202e``, ``\\udcff``. Letters, signs
    and blanks of all scripts stay.
    """
    return _with_escapes(text, lambda char: char.encode("unicode_escape").decode())


def json_text(value: object, *, indent: int | None = None) -> str:
    """``value`` as JSON, with the same characters escaped: whoever reads it gets the true text."""
    lines = json.dumps(value, ensure_ascii=False, indent=indent).split("\n")
    return "\n".join(_with_escapes(line, lambda char: json.dumps(char)[1:-1]) for line in lines)


def _with_escapes(text: str, escape: Callable[[str], str]) -> str:
    if text.isprintable():
        return text
    return "".join(char if _is_seen(char) else escape(char) for char in text)


def _is_seen(char: str) -> bool:
    return char.isprintable() or unicodedata.category(char) == "Zs"
