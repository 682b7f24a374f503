"""Git's conflict markers: in a notebook file, between two versions of it, or in a cell.

No JSON has a line that begins with such a marker, so in a file they can be told for certain. Two
runs of the same notebook differ in outputs and counts, which is what Git then marks, and which
nobody grades.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from nbformat import NotebookNode

_OURS, _BASE, _THEIRS, _END = b"<|=>"
_MARKER = re.compile(rb"^(?:<{7}|\|{7}|={7}|>{7})(?![<|=>])[^\n]*+\n?", re.MULTILINE)
_NEXT = {_END: (_OURS,), _OURS: (_BASE, _THEIRS), _BASE: (_THEIRS,), _THEIRS: (_END,)}
"""Which marker may follow another; at the beginning it is as after an end."""
_IN_ORDER = ("\n<<<<<<< ", "\n=======\n", "\n>>>>>>> ")

ADVICE = (
    "Decide which version counts (`git checkout --ours` or `--theirs` with the file's name takes "
    "one of them), see that it opens in JupyterLab, and submit it again."
)


def first_conflict(content: bytes) -> int:
    """The line, from 1, of the first marker in a notebook file; 0 without one."""
    if content.startswith(b"<<<<<<< "):
        return 1
    before = content.find(b"\n<<<<<<< ")
    return content.count(b"\n", 0, before) + 2 if before >= 0 else 0


def both_versions(content: bytes) -> tuple[bytes, bytes] | None:
    """The file as it was on either side of a merge; None if the markers do not fit together."""
    ours: list[bytes] = []
    theirs: list[bytes] = []
    written = {_END: (ours, theirs), _OURS: (ours,), _BASE: (), _THEIRS: (theirs,)}
    last, done = _END, 0
    for marker in _MARKER.finditer(content):
        for side in written[last]:
            side.append(content[done : marker.start()])
        kind = marker[0][0]
        if kind not in _NEXT[last]:
            return None
        last, done = kind, marker.end()
    ours.append(content[done:])
    theirs.append(content[done:])
    return (b"".join(ours), b"".join(theirs)) if last == _END else None


def same_cells(one: NotebookNode, other: NotebookNode) -> bool:
    """Whether two notebooks hold the same answers: outputs, counts and ids are nobody's."""
    return _held(one.cells) == _held(other.cells)


def _held(cells: Iterable[NotebookNode]) -> list[tuple[object, ...]]:
    return [
        (cell.cell_type, cell.source, cell.get("attachments"), cell.metadata.get("nbgrader"))
        for cell in cells
    ]


def notes_on_cells(cells: Iterable[NotebookNode]) -> tuple[str, ...]:
    """What to say of code cells with markers in them, as tools that merge notebooks leave them."""
    return tuple(
        f"Git's conflict markers (`<<<<<<<`, `=======`, `>>>>>>>`) stand in {_called(cell, number)}"
        ", which cannot run with them: keep one version there, and remove the marker lines."
        for number, cell in enumerate(cells, 1)
        if cell.cell_type == "code" and _has_markers(cell.source)
    )


def _has_markers(source: str) -> bool:
    text, place = f"\n{source}\n", 0
    for marker in _IN_ORDER:
        place = text.find(marker, place)
        if place < 0:
            return False
    return True


def _called(cell: NotebookNode, number: int) -> str:
    name = cell.metadata.get("nbgrader", {}).get("grade_id")
    return f"the cell {name!r}" if name else f"cell {number} of the notebook"
