"""Put what a running notebook says into its cells. Nothing of it is trusted. Pure."""

from __future__ import annotations

import codecs
import json
import math
import re
from typing import Any, ClassVar

from nbformat import NotebookNode

from autograder.evidence import EVIDENCE_TYPE
from autograder.execution.limits import Limits
from autograder.sandbox import messages

FLOOD = 2
"""How many times the limit on all output may pass before the submission is ended. The channel in
the submission's process cuts outputs off long before; only evidence, or code that goes around the
channel, comes this far."""
RUNS = 2
"""How many times a submission may come that far, its runs after a cell was given up included."""
LINE_COST = 100
"""Bytes that a message counts for at least: many tiny ones cost more time than a long one."""
PART_COST = 40
"""Bytes that each part of a message counts for at least, since as a Python object it takes that."""
_MAX_DEPTH = 40
_MAX_PARTS = 200_000
"""Values in one message."""
_MAX_DISPLAYS = 16
"""Displays with one id that an update changes. Nobody shows more, but for wearing us out."""
_HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")
"""How JSON can spell half a surrogate pair, which no file can hold; whole pairs too."""
_JSON_TYPE = re.compile(r"application/([a-zA-Z0-9.-]+\+)?json")
_STREAMS = ("stdout", "stderr")


class Recording:
    """The outputs of ``cells``, which are run in this order, as their messages come in.

    A cell's earlier outputs are dropped when it begins. ``before`` is how many bytes have come
    of the same submission's earlier runs.
    """

    def __init__(self, cells: list[NotebookNode], limits: Limits, before: int = 0) -> None:
        """See the class for the arguments."""
        self._cells, self._limits, self._before = cells, limits, before
        self._partial: list[bytes] = []
        self._text: list[str] = []
        self._bytes = self._raw_bytes = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._clear_first = False
        self._displays: dict[str, list[NotebookNode]] = {}
        self.started = False
        self.done = False
        self.ended = 0

    @property
    def current(self) -> NotebookNode | None:
        """The cell that is running."""
        return self._cells[self.ended] if self.ended < len(self._cells) else None

    @property
    def come(self) -> int:
        """How much has come of this submission, in this run and before."""
        return self._before + self._bytes + self._raw_bytes

    @property
    def flooded(self) -> bool:
        """Whether more came than the channel lets through."""
        most = FLOOD * self._limits.output
        return self._bytes + self._raw_bytes > most or self.exhausted

    @property
    def exhausted(self) -> bool:
        """Whether nothing more may come of this submission, in other runs either."""
        return self.come > RUNS * FLOOD * self._limits.output

    def feed(self, data: bytes) -> None:
        """Take in what came through the pipe for messages."""
        if self._floods(len(data)):
            return
        first, *others = data.split(b"\n")
        self._partial.append(first)
        for other in others:
            line, self._partial = b"".join(self._partial), [other]
            parts = _parts(line)
            if self._floods(max(0, LINE_COST - len(line), PART_COST * parts - len(line))):
                return
            if parts <= _MAX_PARTS:
                self._take(line)

    def _floods(self, size: int) -> bool:
        self._bytes += size
        return self.flooded

    def feed_raw(self, data: bytes) -> None:
        """Take in what other programs printed; the first of it is kept, as far as is allowed."""
        room = max(0, self._limits.cell_output - self._raw_bytes)
        self._raw_bytes += len(data)
        if text := self._decoder.decode(data[:room]):
            self._add(_stream("stdout", text))

    def _take(self, line: bytes) -> None:
        try:
            message = _DECODER.decode(line.decode("utf-8"))
            if _too_deep(message):
                return
            kind, *values = _without_halves(message) if _HALF_PAIR.search(line) else message
            handle = self._handlers[kind]
        except (ValueError, TypeError, KeyError, RecursionError):
            return
        handle(self, values)

    def _on_ready(self, _: list[Any]) -> None:
        self.started = True
        self._begin()

    def _begin(self) -> None:
        self._clear_first, self._text = False, []
        if self.current is not None:
            self.current.outputs = []

    def _on_end(self, values: list[Any]) -> None:
        cell = self.current
        if cell is None:
            return
        self.join_text()
        cell.execution_count = _count(values[0] if values else None)
        self.ended += 1
        self._begin()

    def _on_done(self, _: list[Any]) -> None:
        self.done = self.ended == len(self._cells)

    def _on_clear(self, values: list[Any]) -> None:
        if values and values[0] is True:
            self._clear_first = True
        elif self.current is not None:
            self.current.outputs, self._text = [], []

    def _on_output(self, values: list[Any]) -> None:
        output = _checked(values[0]) if values else None
        if output is None:
            return
        self._add(output)
        if len(values) > 1 and isinstance(values[1], str):
            shown = self._displays.setdefault(values[1], [])
            if len(shown) < _MAX_DISPLAYS:
                shown.append(output)

    def _on_update(self, values: list[Any]) -> None:
        output = _checked(values[0]) if values else None
        if output is None or len(values) < 2 or not isinstance(values[1], str):
            return
        for shown in self._displays.get(values[1], []):
            if "data" in shown and "data" in output:
                shown.data, shown.metadata = output.data, output.metadata

    _handlers: ClassVar = {
        messages.READY: _on_ready,
        messages.OUTPUT: _on_output,
        messages.UPDATE: _on_update,
        messages.CLEAR: _on_clear,
        messages.END: _on_end,
        messages.DONE: _on_done,
    }

    def _add(self, output: NotebookNode) -> None:
        cell = self.current
        if cell is None or not self.started:
            return
        if self._clear_first:
            cell.outputs, self._text, self._clear_first = [], [], False
        last = cell.outputs[-1] if cell.outputs else None
        if (
            last is not None
            and output.output_type == last.output_type == "stream"
            and output.name == last.name
        ):
            self._text.append(output.text)
        else:
            self.join_text()
            cell.outputs.append(output)

    def join_text(self) -> None:
        """Put what was printed since the last output together: once, for it may come in drops."""
        if self._text and self.current is not None:
            last = self.current.outputs[-1]
            last.text = "".join([last.text, *self._text])
        self._text = []


def shorten(cell: NotebookNode, most: int) -> None:
    """Of a cell that was given up, keep the outputs that ``most`` bytes have room for."""
    kept = []
    for output in cell.outputs:
        if EVIDENCE_TYPE not in output.get("data", {}):
            if output.output_type == "stream":
                output.text = output.text[: max(most, 0)]
            most -= len(json.dumps(output))
            if most < 0 and output.output_type != "stream":
                continue
        kept.append(output)
    cell.outputs = kept


def _parts(line: bytes) -> int:
    """How many values there are in a line of JSON, or more; in a time that grows with the line.

    Each stands behind a bracket or a comma that is in no string.
    """
    marks = line.count(b"[") + line.count(b"{") + line.count(b",")
    if marks * PART_COST <= len(line):
        return marks
    bare = line.replace(b"\\\\", b"").replace(b'\\"', b"")
    if bare.count(b'"') > 2 * _MAX_PARTS:
        return bare.count(b'"') // 2
    outside = bare.split(b'"')[::2]
    return sum(each.count(b"[") + each.count(b"{") + each.count(b",") for each in outside)


def _checked(raw: Any) -> NotebookNode | None:
    """The output that ``raw`` describes, of known parts only; None if it is none."""
    if not isinstance(raw, dict):
        return None
    kind = raw.get("output_type")
    try:
        if kind == "stream" and raw["name"] in _STREAMS:
            return _stream(raw["name"], _text(raw["text"]))
        if kind == "error":
            lines = [_text(line) for line in raw["traceback"]]
            name, value = _text(raw["ename"]), _text(raw["evalue"])
            return NotebookNode(output_type=kind, ename=name, evalue=value, traceback=lines)
        if kind in ("display_data", "execute_result") and isinstance(raw["metadata"], dict):
            data, metadata = _bundle(raw["data"]), raw["metadata"]
            output = NotebookNode(output_type=kind, data=data, metadata=metadata)
            if kind == "execute_result":
                output.execution_count = _count(raw.get("execution_count"))
            return output
    except (KeyError, TypeError, ValueError, AttributeError):
        pass
    return None


def _stream(name: str, text: str) -> NotebookNode:
    return NotebookNode(output_type="stream", name=name, text=text)


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value < 1_000_000 else None


def _bundle(raw: Any) -> NotebookNode:
    """Data by MIME type: text, or for JSON types whatever JSON there is."""
    bundle = NotebookNode()
    for kind, value in raw.items():
        if _JSON_TYPE.fullmatch(kind):
            # As plain dicts: a NotebookNode would turn each of them into one of its own.
            dict.__setitem__(bundle, kind, value)
        else:
            bundle[_text(kind)] = _text(value)
    return bundle


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _finite(text: str) -> float | None:
    """JSON has no infinity, but Python reads 1e999 as one."""
    number = float(text)
    return number if math.isfinite(number) else None


_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=lambda _: None)


def _too_deep(value: Any) -> bool:
    """Whether ``value`` is nested too deeply to be written again."""
    level = [value]
    for _ in range(_MAX_DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


def _without_halves(value: Any) -> Any:
    """``value``, with what cannot be written as UTF-8 replaced in all its texts."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, dict):
        return {_without_halves(key): _without_halves(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_halves(item) for item in value]
    return value
