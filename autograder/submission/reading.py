"""Read a submitted notebook, however it was saved: repair what is unambiguous, refuse the rest.

A notebook is built anew from the cells' kinds, sources, ids, pasted pictures and nbgrader metadata.
All else is dropped: outputs, tags that tell a runner to skip a cell, anything like this grader's
own metadata.
"""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.nodes import node
from autograder.submission import conflicts
from autograder.submission.caps import MAX_BYTES, TooLargeError
from autograder.submission.encodings import as_utf8, decoded
from autograder.submission.mending import mend
from autograder.submission.other_kinds import what_else
from autograder.submission.skimming import Skimmed, check_cells, skim
from autograder.submission.written import Written

_PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/svg+xml")
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
_LONGEST_NAME = 200
TOO_LARGE = (
    f"The notebook file is larger than {MAX_BYTES // 1_000_000} MB. "
    "Clear its outputs, save it, and submit it again."
)


class UnreadableNotebookError(Exception):
    """The file is no notebook that can be repaired without guessing; the message says why."""


def read_notebook(path: Path) -> tuple[NotebookNode, tuple[str, ...]]:
    """The notebook in the file at ``path``, in nbformat 4.5, and notes on what was repaired.

    Raises :class:`UnreadableNotebookError`, with a sentence for the student.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableNotebookError(TOO_LARGE)
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableNotebookError(
            f"The notebook file cannot be read: {error.strerror}."
        ) from None
    return parse_notebook(content)


def parse_notebook(content: bytes) -> tuple[NotebookNode, tuple[str, ...]]:
    """The notebook in ``content``; see :func:`read_notebook`.

    What it takes of time and memory is in proportion to the bytes, whatever they are.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableNotebookError(TOO_LARGE)
    try:
        content, notes = as_utf8(content)
        line = conflicts.first_conflict(content)
        notebook, more_notes = _parse_merged(content, line) if line else _parse(content)
    except TooLargeError as error:
        raise UnreadableNotebookError(str(error)) from None
    return notebook, (*notes, *more_notes)


def _parse_merged(content: bytes, line: int) -> tuple[NotebookNode, tuple[str, ...]]:
    """The notebook between whose versions Git's markers stand, if they hold the same answers."""
    what = f"Git's conflict markers stand in the notebook file, the first in line {line}"
    versions = conflicts.both_versions(content)
    if versions is None:
        raise UnreadableNotebookError(
            f"{what}, and they do not fit together. {conflicts.ADVICE}"
        ) from None
    try:
        (notebook, notes), (other, _) = map(_parse, versions)
    except UnreadableNotebookError:
        raise UnreadableNotebookError(
            f"{what}, and without them it is no notebook either. {conflicts.ADVICE}"
        ) from None
    if not conflicts.same_cells(notebook, other):
        raise UnreadableNotebookError(
            f"{what}, and between them the two versions hold different cells. {conflicts.ADVICE}"
        )
    return notebook, (*notes, f"{what}; but for outputs and counts both versions are the same.")


def _parse(content: bytes) -> tuple[NotebookNode, tuple[str, ...]]:
    skimmed = skim(content)
    text, notes = decoded(skimmed.rest)
    data, repairs = _load_json(text, skimmed)
    written = Written(skimmed)
    cells, more_notes = _find_cells(data, written)
    clean_cells = [_clean_cell(cell, written) for cell in cells]
    _name_cells(clean_cells)
    more_notes = (*repairs, *more_notes, *conflicts.notes_on_cells(clean_cells))
    metadata = _kernel(data.get("metadata"))
    notebook = NotebookNode(
        nbformat=4, nbformat_minor=5, metadata=nbformat.from_dict(metadata), cells=clean_cells
    )
    return notebook, (*notes, *more_notes, *written.notes)


def _load_json(text: str, skimmed: Skimmed) -> tuple[Any, tuple[str, ...]]:
    """What ``text`` holds, and what was mended for that."""
    if not text.strip():
        raise UnreadableNotebookError("The notebook file is empty. Submit the notebook again.")
    try:
        return json.loads(text), ()
    except RecursionError:
        raise UnreadableNotebookError(
            "The notebook file is nested too deeply to be one. Submit the notebook again."
        ) from None
    except ValueError as error:
        if mended := mend(text):
            return mended
        if known := what_else(skimmed.content):
            raise UnreadableNotebookError(known) from None
        ends_early = isinstance(error, json.JSONDecodeError) and error.pos >= len(text.rstrip()) - 1
        where = "" if ends_early else _where(error, skimmed)
        what = f"is not valid JSON ({where})" if where else "breaks off in the middle"
        raise UnreadableNotebookError(
            f"The notebook file {what}. It was probably damaged while it was saved or uploaded: "
            "open it in JupyterLab, save it, and submit it again."
        ) from None


def _where(error: ValueError, skimmed: Skimmed) -> str:
    if not isinstance(error, json.JSONDecodeError):
        return str(error)
    line = skimmed.line(len(error.doc[: error.pos].encode("utf-8", "replace")))
    return f"{error.msg} in line {line}"


def _find_cells(data: Any, written: Written) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The cells, in the shape of format 4 more or less, whatever format the file says it has."""
    if isinstance(data, dict) and isinstance(data.get("cells"), list):
        return [cell for cell in data["cells"] if isinstance(cell, dict)], ()
    if not isinstance(data, dict) or not isinstance(data.get("worksheets"), list):
        raise UnreadableNotebookError(
            "The file is JSON, but not a notebook: it has no cells. Was another file submitted?"
        )
    sheets = [sheet for sheet in data["worksheets"] if isinstance(sheet, dict)]
    old_cells = [sheet["cells"] for sheet in sheets if isinstance(sheet.get("cells"), list)]
    check_cells(sum(map(len, old_cells)))
    version = data.get("nbformat")
    old = version if type(version) is int and version in (1, 2) else 3
    cells = [_converted(cell) for cell in itertools.chain(*old_cells) if isinstance(cell, dict)]
    return cells, (f"The notebook was in the old format {old}; it was converted.",)


def _converted(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell of format 3 or before in today's."""
    # nbformat's own conversion checks each cell against a schema: 2,000 cells take minutes.
    kind = cell.get("cell_type")
    if kind == "code":
        return {**cell, "source": cell.get("input", ""), "id": None}
    if kind == "heading":
        level, source = cell.get("level"), cell.get("source", "")
        hashes = "#" * (min(max(level, 1), 6) if isinstance(level, int) else 1)
        lines = source if isinstance(source, list) else [source]
        words = (line.replace("\n", " ").rstrip() for line in lines if isinstance(line, str))
        return {"cell_type": "markdown", "source": " ".join([hashes, *words])}
    return {**cell, "cell_type": "markdown" if kind == "html" else kind, "id": None}


def _clean_cell(cell: dict[str, Any], written: Written) -> NotebookNode:
    """A cell with its kind, source, id, pasted pictures and nbgrader metadata, and no more."""
    # Built by hand: nbformat's own functions check each cell against a schema, at a price.
    kind = cell.get("cell_type")
    clean = node(
        id=cell.get("id"),
        cell_type=kind if kind in ("code", "markdown") else "raw",
        source=written.source(cell.get("source", "")),
        metadata=NotebookNode(),
    )
    if kind == "code":
        clean["execution_count"], clean["outputs"] = None, []
    elif pictures := _pictures(cell.get("attachments"), written):
        clean["attachments"] = pictures
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if isinstance(about, dict):
        plain = {key: item for key, item in about.items() if isinstance(item, str | int | float)}
        clean.metadata["nbgrader"] = node(**plain)
    return clean


def _pictures(attachments: Any, written: Written) -> NotebookNode:
    """Pictures that were pasted into a text: base64 by type, by name."""
    kept = NotebookNode()
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        pictures = {
            kind: picture
            for kind, data in (bundle.items() if isinstance(bundle, dict) else ())
            if kind in _PICTURE_TYPES
            and isinstance(data, str)
            and (picture := written.picture(data)) is not None
        }
        if pictures and _is_text(name):
            kept[name] = NotebookNode(pictures)
    return kept


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _kernel(metadata: Any) -> dict[str, Any]:
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    name = kernel.get("name") if isinstance(kernel, dict) else None
    if not isinstance(name, str):
        return {}
    name = name[:_LONGEST_NAME].encode("utf-8", "replace").decode("utf-8")
    return {"kernelspec": {"name": name, "display_name": name}}


def _name_cells(cells: list[NotebookNode]) -> None:
    """Give every cell an id of its own: the one it has, if that is valid and not yet taken."""
    taken: set[str] = set()
    nameless = []
    for cell in cells:
        if isinstance(cell.id, str) and _CELL_ID.fullmatch(cell.id) and cell.id not in taken:
            taken.add(cell.id)
        else:
            nameless.append(cell)
    free = (name for number in itertools.count() if (name := f"cell-{number}") not in taken)
    for cell, name in zip(nameless, free, strict=False):
        cell.id = name
