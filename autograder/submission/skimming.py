"""Cut a notebook file down to what is graded, before any of it becomes an object.

Outputs are by far the most of an honest file, and are never read. Here they are found by their
brackets and left out, and long strings are set aside until somebody asks for them. One pass over
the bytes does it, whatever they are; what is left is small, and only that is parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from autograder.submission.caps import (
    MAX_CELLS,
    MAX_OUTPUT_TOKENS,
    MAX_REST_BYTES,
    MAX_TOKENS,
    TooLargeError,
)

LONG = 50_000
"""Bytes of a string, as the file spells it, that is set aside."""

# A string that never ends is one token, too: or each of its quotation marks would be tried anew.
_STRING = rb'"(?:[^"\\]++|\\.)*+"?'
_KEY = rb'"(?:cells|outputs|widgets)"\s*+:\s*+[\[{]'
_TOKEN = re.compile(_KEY + rb"|" + _STRING + rb"|\[|\{|\]|\}", re.DOTALL)
_COUNTED = re.compile(_STRING + rb"|\[|\{|,", re.DOTALL)
_QUOTE, _OPENING, _CLOSING, _CELLS = b'"'[0], b"[{", b"]}", b'"cells"'
_MARK, _SPELLED_MARK = "\0set aside ", b"\\u0000set aside "
_ADVICE = "Clear its outputs, save it, and submit it again."
_Places = list[tuple[int, int]]


@dataclass(frozen=True)
class Skimmed:
    """A file's ``content``, and what is left of it to parse: the JSON of its ``rest``."""

    content: bytes
    rest: bytes
    pieces: _Places
    """Where each piece of the rest begins: there, and in the content."""
    aside: _Places
    """Where the strings that are set aside begin and end, quotation marks and all."""
    cells: int
    """How many cells there are, in the format of today."""

    def line(self, offset: int) -> int:
        """The line of the file, from 1, in which byte ``offset`` of the rest stands."""
        here, there = self.pieces[bisect_right(self.pieces, (offset, len(self.content))) - 1]
        return self.content.count(b"\n", 0, there + offset - here) + 1

    def set_aside(self, text: str) -> memoryview | None:
        """The string that ``text`` stands for, as the file spells it; None if it is as it is."""
        number = text.removeprefix(_MARK)
        if number == text or re.fullmatch("[0-9]{1,9}", number) is None:
            return None
        start, end = self.aside[int(number)] if int(number) < len(self.aside) else (0, 0)
        return memoryview(self.content)[start:end]


def skim(content: bytes) -> Skimmed:
    """Leave out what is never read; raises :class:`TooLargeError` if too much is left to parse.

    ``content`` is in UTF-8, or in another encoding that spells ASCII as ASCII does.
    """
    skimmed = _Skimming(content).skimmed()
    check_cells(skimmed.cells)
    if len(skimmed.rest) > MAX_REST_BYTES:
        raise TooLargeError(
            f"The notebook holds {len(skimmed.rest):,} bytes besides its outputs and pictures; at "
            f"most {MAX_REST_BYTES:,} are read. {_ADVICE}"
        )
    if _more_than(MAX_TOKENS, _COUNTED.finditer(skimmed.rest)):
        raise TooLargeError(
            f"The notebook has more than {MAX_TOKENS:,} strings, lists and values besides its "
            f"outputs; so many are not read. {_ADVICE}"
        )
    return skimmed


def check_cells(number: int) -> None:
    """Raise :class:`TooLargeError` if a notebook has more cells than are graded."""
    if number > MAX_CELLS:
        raise TooLargeError(
            f"The notebook has {number:,} cells; at most {MAX_CELLS:,} are graded. Hand in the "
            "assignment's own notebook, with your answers in its cells."
        )


def _more_than(most: int, tokens: Iterator[re.Match[bytes]]) -> bool:
    return sum(1 for _ in islice(tokens, most + 1)) > most


class _Skimming:
    """One pass over a file."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._rest: list[bytes] = []
        self._written = self._done = 0
        self._pieces: _Places = []
        self._aside: _Places = []
        self._cells = 0

    def skimmed(self) -> Skimmed:
        """Do it; what is in a list or dictionary of outputs is left out."""
        depth, left_out_at, counting = 0, -1, False
        for start, end in self._tokens():
            first, last = self._content[start], self._content[end - 1]
            if first in _CLOSING:
                depth -= 1
                counting = counting and depth > 1
                if depth == left_out_at >= 0:
                    self._done, left_out_at = start, -1
            elif last in _OPENING:
                self._cells += counting and depth == 2
                if self._content.startswith(_CELLS, start):
                    counting = depth == 1
                elif first == _QUOTE and left_out_at < 0:
                    self._keep(end)
                    left_out_at = depth
                depth += 1
            elif end - start > LONG and left_out_at < 0 and end < len(self._content):
                self._set_aside(start, end)
        if left_out_at < 0:  # or else the file breaks off in its outputs
            self._keep(len(self._content))
        rest = b"".join(self._rest)
        return Skimmed(self._content, rest, self._pieces, self._aside, self._cells)

    def _tokens(self) -> Iterator[tuple[int, int]]:
        for number, token in enumerate(_TOKEN.finditer(self._content)):
            if number == MAX_OUTPUT_TOKENS:
                raise TooLargeError(
                    f"The notebook has more than {number:,} strings and lists; so many are not "
                    f"read. {_ADVICE}"
                )
            yield token.span()

    def _set_aside(self, start: int, end: int) -> None:
        self._keep(start, b'"%s%d"' % (_SPELLED_MARK, len(self._aside)))
        self._aside.append((start, end))
        self._done = end

    def _keep(self, until: int, instead: bytes = b"") -> None:
        self._pieces.append((self._written, self._done))
        self._rest.append(self._content[self._done : until] + instead)
        self._written += len(self._rest[-1])
