"""What a terminal would have left of printed text: progress bars write over what they printed.

As in JupyterLab, a carriage return goes back to the beginning of the line, what follows takes the
place of as many characters, and a backspace takes one away. In a time that grows with the text.
"""

from __future__ import annotations


def what_is_left(text: str) -> str:
    """``text`` without what was written over."""
    if "\r" not in text and "\b" not in text:
        return text
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    if "\r" not in line and "\b" not in line:
        return line
    left: list[str] = []
    for piece in line.split("\r"):
        written = _without_erased(piece)
        left[: len(written)] = written
    return "".join(left)


def _without_erased(piece: str) -> list[str]:
    """The characters of ``piece`` but those that a backspace took away."""
    if "\b" not in piece:
        return list(piece)
    written: list[str] = []
    for character in piece:
        if character != "\b":
            written.append(character)
        elif written:
            written.pop()
    return written
