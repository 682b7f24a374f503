"""Damaged JSON that can be read in one way only: commas, control characters, what is left behind.

Everything here is linear in the text, whatever it holds.
"""

from __future__ import annotations

import json
import re
from typing import Any

# A string is passed over whole; one that never ends is one token, too.
_STRING = r'"(?:[^"\\]++|\\.)*+"?'
_SURPLUS = r",(?=\s*+[\]},])"
_LINE_END = re.compile(r'[ \t\r]*+\n\s*+["{\[]')
"""Behind the end of a value: another value begins on a new line. On the same line it may be a
quotation mark that nobody escaped."""
_TOKEN = re.compile(rf"{_STRING}|{_SURPLUS}|[\]}}]", re.DOTALL)
_DECODER = json.JSONDecoder(strict=False)


def mend(text: str) -> tuple[Any, tuple[str, ...]] | None:
    """What ``text``, which is no valid JSON, holds, and notes on what was mended; None if unclear.

    Values with too many commas between or behind them, or none at the end of a line; control
    characters within strings; anything behind the end, but for a second notebook.
    """
    for mended, note in ((text, ""), (_with_right_commas(text), _COMMAS)):
        start = len(mended) - len(mended.lstrip())
        try:
            value, end = _DECODER.raw_decode(mended, start)
        except (ValueError, RecursionError):
            continue
        behind = mended[end:].strip()
        if not isinstance(value, dict) or '"cells"' in behind:
            return None
        notes = (note or (_CONTROL if not behind else ""), _BEHIND if behind else "")
        return value, tuple(filter(None, notes))
    return None


_COMMAS = "The file had commas too many or too few between its parts; they were put right."
_CONTROL = "The file had line ends or other control characters within its texts; they were kept."
_BEHIND = "Behind the end of the notebook its file had something else; that was left out."


def _with_right_commas(text: str) -> str:
    pieces, done = [], 0
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if text[start] == ",":
            pieces.append(text[done:start])
            done = end
        elif _LINE_END.match(text, end):
            pieces.append(text[done:end] + ",")
            done = end
    return "".join((*pieces, text[done:]))
