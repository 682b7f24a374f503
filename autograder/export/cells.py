"""What may stand in a spreadsheet's cell: numbers as numbers, and text that no program runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

Cell = str | float | None

_BLANK = r"[\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*"
_STARTS_FORMULA = re.compile(rf"{_BLANK}[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_INNER_FORMULA = re.compile(rf"(?<=\S)([;,\t\r\n]{_BLANK})(?=[=+\-@＝＋－＠])")


def defused(text: str) -> str:
    """``text`` with an apostrophe before whatever a spreadsheet would take for a formula.

    That is text that begins with one of ``= + - @``, blanks and full-width forms included (OWASP,
    "CSV Injection"); plain numbers stay as they are. A spreadsheet that splits at semicolons may
    begin a cell anywhere after one, so an apostrophe is put there too.
    """
    if _NUMBER.fullmatch(text):
        return text
    text = _INNER_FORMULA.sub(r"\1'", text)
    risky = _STARTS_FORMULA.match(text) or text.startswith(("\t", "\r", "\n"))
    return f"'{text}" if risky else text


def number(value: float) -> str:
    """``value`` with at most four decimals, and none that are zero."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def to_csv(rows: Iterable[Sequence[Cell]]) -> str:
    """The rows as CSV (RFC 4180); None is an empty cell."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return text.getvalue()


def _as_text(cell: Cell) -> str:
    if cell is None:
        return ""
    return defused(cell) if isinstance(cell, str) else number(cell)
