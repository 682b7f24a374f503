"""The texts and pictures of a notebook, whole, as far as they are read."""

from __future__ import annotations

import json
from typing import Any

from autograder.submission.caps import (
    MAX_CELL_BYTES,
    MAX_PICTURE_BYTES,
    MAX_SOURCE_BYTES,
    TooLargeError,
)
from autograder.submission.encodings import decoded
from autograder.submission.skimming import Skimmed

_LONGEST_SPELLING = 6  # "\u0041": so many bytes a file may take to spell one


class Written:
    """Gives out what a notebook's cells hold, and keeps count of it."""

    def __init__(self, skimmed: Skimmed) -> None:
        """``skimmed`` has the long strings that are set aside."""
        self._skimmed = skimmed
        self._cells = self._source_bytes = self._picture_bytes = 0
        self._left_out = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell the student."""
        if not self._left_out:
            return ()
        return (
            f"Pictures that were pasted into texts were left out ({self._left_out}): all together "
            f"they are larger than {MAX_PICTURE_BYTES // 1_000_000} MB.",
        )

    def source(self, source: Any) -> str:
        """What a cell holds: a string or a list of lines; anything else is nothing.

        Raises :class:`TooLargeError` if that is more than is read.
        """
        self._cells += 1
        text = self._joined(source if isinstance(source, list) else [source])
        if not text.isascii():  # JSON can spell half of a surrogate pair, which no file can hold
            text = text.encode("utf-8", "replace").decode("utf-8")
        size = len(text) if text.isascii() else len(text.encode())
        if size > MAX_CELL_BYTES:
            raise self._too_long(size)
        self._source_bytes += size
        if self._source_bytes > MAX_SOURCE_BYTES:
            raise TooLargeError(
                f"The notebook's cells hold more than {MAX_SOURCE_BYTES:,} bytes; so many are not "
                "read. Load long data from a file beside the notebook, and submit it again."
            )
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text

    def _joined(self, lines: list[Any]) -> str:
        texts, size = [], 0
        for line in lines:
            if isinstance(line, str):
                texts.append(self._text(line))
                size += len(texts[-1])
            if size > MAX_CELL_BYTES:  # before they are one text
                raise self._too_long(size)
        return "".join(texts)

    def _text(self, text: str) -> str:
        aside = self._skimmed.set_aside(text)
        if aside is None:
            return text
        if len(aside) > _LONGEST_SPELLING * MAX_CELL_BYTES:
            raise self._too_long(len(aside))
        try:
            return str(json.loads(decoded(bytes(aside))[0], strict=False))
        except ValueError:  # half of an escape sequence
            return ""

    def _too_long(self, size: int) -> TooLargeError:
        return TooLargeError(
            f"Cell {self._cells} of the notebook has {size:,} bytes; at most {MAX_CELL_BYTES:,} of "
            "a cell are graded. Load long data from a file beside the notebook, and submit it "
            "again."
        )

    def picture(self, data: str) -> str | None:
        """A pasted picture in base64; None if it is none, or with the others is too large."""
        aside = self._skimmed.set_aside(data)
        size = len(data) if aside is None else len(aside)
        if self._picture_bytes + size > MAX_PICTURE_BYTES:
            self._left_out += 1
            return None
        if aside is not None:
            # Base64 needs no escapes but those of line ends; so it is not parsed, only cut.
            data = str(aside[1:-1], "ascii", "replace").replace("\\n", "")
        if not data.isascii():
            return None
        self._picture_bytes += size
        return data
