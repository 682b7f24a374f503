"""What may stand in a spreadsheet's cell: numbers as numbers, and text that no program runs.

All that writes CSV writes it with :func:`to_csv`: the exports, nbgrader's plug-ins and the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

Cell = str | float | None

_SIGNS = r"[=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−]"
"""What begins a formula, in the forms that a spreadsheet takes for it as well."""
_IGNORED = (
    r"[\s\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    r"\"'`´‘-‟«»]*"
)
"""What may be lost on the way: blanks, marks without a width, quotes, a byte-order mark."""
_STARTS_FORMULA = re.compile(_IGNORED + _SIGNS)
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_INNER_FORMULA = re.compile(rf"((?:[;,|]|(?<=\S)[\t\r\n]){_IGNORED})(?={_SIGNS})")


def defused(text: str) -> str:
    """``text`` with an apostrophe before whatever a spreadsheet would take for a formula.

    That is text that begins with one of ``= + - @``, blanks, quotes and full-width forms included
    (OWASP, "CSV Injection"); plain numbers stay as they are. A spreadsheet that splits at
    semicolons may begin a cell anywhere after one, in quotes too, so an apostrophe is put there.
    """
    if _NUMBER.fullmatch(text):
        return text
    risky = _STARTS_FORMULA.match(text) or text.startswith(("\t", "\r", "\n"))
    text = _INNER_FORMULA.sub(r"\1'", text)
    return f"'{text}" if risky else text


def number(value: float) -> str:
    """``value`` with at most four decimals, and none that are zero."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def to_csv(rows: Iterable[Sequence[Cell]], written: Callable[[float], str] = number) -> str:
    """The rows as CSV (RFC 4180), every text in quotes, numbers as ``written`` has them.

    None is an empty cell. What is no proper text, as a folder's name may be, is written as escapes.
    """
    return "".join(",".join(_as_text(cell, written) for cell in row) + "\r\n" for row in rows)


def _as_text(cell: Cell, written: Callable[[float], str]) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return written(cell)
    text = defused(cell).encode("utf-8", "backslashreplace").decode()
    return '"' + text.replace('"', '""') + '"'
