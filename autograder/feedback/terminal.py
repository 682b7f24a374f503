"""Text with a terminal's colours, as HTML, in a time that grows with the text and no faster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

_NAMES = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_COLOURS = {
    **{f"{30 + number}": name for number, name in enumerate(_NAMES)},
    **{f"{90 + number}": name for number, name in enumerate(_NAMES)},
}
_GROUNDS = {str(40 + number) for number in range(1, 7)}
# A control sequence: parameters, then one letter; "m" is for colours.
_SEQUENCE = re.compile(r"\x1b\[([0-?]{0,40})[ -/]{0,4}([@-~])")
_LARGER_PALETTE = re.compile(r"(?:38|48);(?:5;\d+|2;\d+;\d+;\d+)")


def terminal_html(text: str) -> str:
    """``text``, escaped; the eight colours, bold and a marked ground become classes.

    Other colours, and whatever else a terminal would do, are left out.
    """
    if "\x1b" not in text:
        return escape(text, quote=False)
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    looks: dict[str, str] = {}
    done = 0
    for sequence in _SEQUENCE.finditer(text):
        yield _piece(text[done : sequence.start()], looks)
        done = sequence.end()
        if sequence[2] == "m":
            looks = _next_looks(looks, sequence[1])
    yield _piece(text[done:], looks)


def _piece(text: str, looks: dict[str, str]) -> str:
    plain = escape(text.replace("\x1b", ""), quote=False)
    if not plain or not looks:
        return plain
    return f'<span class="{" ".join(looks.values())}">{plain}</span>'


def _next_looks(looks: dict[str, str], codes: str) -> dict[str, str]:
    looks = dict(looks)
    for code in _LARGER_PALETTE.sub("39", codes).split(";"):
        number = code.lstrip("0")
        if not number:
            looks = {}
        elif number == "1":
            looks["weight"] = "t-bold"
        elif number in ("21", "22"):
            looks.pop("weight", None)
        elif number in _COLOURS:
            looks["colour"] = f"t-{_COLOURS[number]}"
        elif number == "39":
            looks.pop("colour", None)
        elif number in _GROUNDS:
            looks["ground"] = "t-mark"
        elif number in ("40", "47", "49"):
            looks.pop("ground", None)
    return looks
