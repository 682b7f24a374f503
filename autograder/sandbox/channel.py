"""The way out for a notebook's outputs: cuts them off at the limits, and keeps their order."""

from __future__ import annotations

import io
import json
import os
import threading
from typing import Any

from autograder.evidence import EVIDENCE_TYPE
from autograder.sandbox import messages

_ENOUGH_TEXT = 8_192
"""Characters of printed text that are gathered before they are sent."""
_CUT = "\n[The rest of this cell's output is left out: it is too long.]\n"


class Channel:
    """Sends a notebook's outputs to the file descriptor ``file``.

    ``cell_limit`` and ``limit`` are in bytes, for one cell and for all. Evidence is not cut: half
    of it would be none.
    """

    def __init__(self, file: int, cell_limit: int, limit: int) -> None:
        """See the class for the arguments."""
        self._file, self._owner = file, os.getpid()
        self._cell_limit = self._cell_left = cell_limit
        self._left = limit
        self._cut = False
        self._lock = threading.RLock()
        self._text: list[str] = []
        self._text_size, self._stream = 0, ""
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self) -> None:
        """In a forked process: what waits to be sent is the parent's to send."""
        self._lock = threading.RLock()
        self._text, self._text_size = [], 0

    def new_cell(self) -> None:
        """Start counting anew for the next cell."""
        self._cell_left, self._cut = self._cell_limit, False

    def send(self, *message: Any) -> None:
        """Send a message as it is."""
        self._write(_line(*message))

    def output(self, kind: str, output: dict[str, Any], *more: Any) -> None:
        """Send an output, as nbformat has it, if there is room for it."""
        line = _line(kind, output, *more)
        with self._lock:
            self.flush()
            if EVIDENCE_TYPE in output.get("data", {}):
                self._write(line)
            elif len(line) > self._room():
                self._cut_off()
            else:
                self._send_counted(line)

    def clear(self, wait: bool) -> None:
        """Clear the cell's outputs."""
        with self._lock:
            self.flush()
            self.send(messages.CLEAR, bool(wait))

    def write(self, stream: str, text: str) -> None:
        """Print ``text``. A forked process prints past the messages, so as not to garble them."""
        if os.getpid() != self._owner:
            os.write(1, text.encode(errors="replace"))
            return
        with self._lock:
            if stream != self._stream or self._text_size > _ENOUGH_TEXT:
                self.flush()
            self._stream = stream
            self._text.append(text)
            self._text_size += len(text)

    def flush(self) -> None:
        """Send the text that was gathered."""
        with self._lock:
            text, self._text, self._text_size = "".join(self._text), [], 0
            if not text or self._cut:
                return
            whole, room = len(text), self._room()
            line = _text_line(self._stream, text)
            while text and len(line) > room:  # a character takes one to six bytes on the way
                text = text[: min(len(text) - 1, len(text) * room // len(line))]
                line = _text_line(self._stream, text)
            if text:
                self._send_counted(line)
            if len(text) < whole:
                self._cut_off()

    def _room(self) -> int:
        """Bytes that may still be sent for this cell."""
        return 0 if self._cut else max(0, min(self._cell_left, self._left))

    def _send_counted(self, line: bytes) -> None:
        self._cell_left -= len(line)
        self._left -= len(line)
        self._write(line)

    def _cut_off(self) -> None:
        """Say, once a cell, that there was more."""
        if not self._cut:
            self._cut = True
            self._write(_text_line("stderr", _CUT))

    def _write(self, line: bytes) -> None:
        left = memoryview(line)
        with self._lock:
            while left:
                left = left[os.write(self._file, left) :]


def _line(*message: Any) -> bytes:
    text = json.dumps(message, default=str, ensure_ascii=False)
    return text.encode(errors="replace") + b"\n"


def _text_line(stream: str, text: str) -> bytes:
    return _line(messages.OUTPUT, {"output_type": "stream", "name": stream, "text": text})


class TextStream(io.TextIOBase):
    """``sys.stdout`` or ``sys.stderr`` of a notebook."""

    def __init__(self, channel: Channel, name: str) -> None:
        """``name`` is stdout or stderr."""
        super().__init__()
        self._channel, self.name = channel, name

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """What other programs may assume."""
        return "utf-8"

    def write(self, text: str) -> int:
        """Print ``text``."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._channel.write(self.name, text)
        return len(text)

    def flush(self) -> None:
        """Send what was printed."""
        self._channel.flush()

    def writable(self) -> bool:
        """Yes."""
        return True

    def fileno(self) -> int:
        """Where other programs print to."""
        return 1 if self.name == "stdout" else 2
