"""Read a submitted notebook, however it was saved: repair what is unambiguous, refuse the rest.

Nothing in a submission is trusted here: outputs, tags that tell a runner to skip a cell, and
anything that looks like this grader's own metadata are dropped.
"""

from __future__ import annotations

import codecs
import json
import re
import warnings
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

MAX_BYTES = 50_000_000
OWN_METADATA = "autograder"
_RUNNER_TAGS = {"skip-execution", "raises-exception"}
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")


class UnreadableNotebookError(Exception):
    """The file is no notebook that can be repaired without guessing; the message says why."""


def read_notebook(path: Path) -> tuple[NotebookNode, tuple[str, ...]]:
    """The notebook in the file at ``path``, in nbformat 4.5, and notes on what was repaired.

    Raises :class:`UnreadableNotebookError`, with a sentence for the student.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableNotebookError(
                f"The notebook file is larger than {MAX_BYTES // 1_000_000} MB. "
                "Clear its outputs, save it, and submit it again."
            )
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableNotebookError(
            f"The notebook file cannot be read: {error.strerror}."
        ) from None
    return parse_notebook(content)


def parse_notebook(content: bytes) -> tuple[NotebookNode, tuple[str, ...]]:
    """The notebook in ``content``; see :func:`read_notebook`."""
    text, notes = _decode(content)
    data = _load_json(text)
    notebook, more_notes = _upgrade(data)
    return _clean(notebook), (*notes, *more_notes)


def _decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return content.decode(encoding), (f"The file was saved as {encoding}.",)
            except UnicodeDecodeError:
                break
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    note = "The file was not saved as UTF-8; it was read as Windows-1252, accents may be wrong."
    return content.decode("cp1252", errors="replace"), (note,)


def _load_json(text: str) -> Any:
    if not text.strip():
        raise UnreadableNotebookError("The notebook file is empty. Submit the notebook again.")
    try:
        return json.loads(text)
    except RecursionError:
        raise UnreadableNotebookError("The notebook file is nested too deeply to be one.") from None
    except ValueError as error:
        ends_early = isinstance(error, json.JSONDecodeError) and error.pos >= len(text.rstrip()) - 1
        what = "breaks off in the middle" if ends_early else f"is not valid JSON ({error})"
        raise UnreadableNotebookError(
            f"The notebook file {what}. It was probably damaged while it was saved or uploaded: "
            "open it in JupyterLab, save it, and submit it again."
        ) from None


def _upgrade(data: Any) -> tuple[NotebookNode, tuple[str, ...]]:
    if not isinstance(data, dict) or not ("cells" in data or "worksheets" in data):
        raise UnreadableNotebookError(
            "The file is JSON, but not a notebook: it has no cells. Was another file submitted?"
        )
    version = data.get("nbformat")
    if not isinstance(version, int) or isinstance(version, bool):
        data["nbformat"], data["nbformat_minor"] = (4 if "cells" in data else 3), 0
    if not isinstance(data.get("metadata"), dict):
        data["metadata"] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            notebook = nbformat.convert(nbformat.from_dict(_with_plain_cells(data)), to_version=4)
            notebook = nbformat.from_dict(_with_plain_cells(notebook))
    except Exception as error:
        raise UnreadableNotebookError(
            f"The file is JSON, but not a notebook that can be read ({type(error).__name__}). "
            "Open it in JupyterLab, save it, and submit it again."
        ) from None
    note = f"The notebook was in the old format {version}; it was converted to format 4."
    return notebook, (note,) if version in (1, 2, 3) else ()


def _with_plain_cells(data: dict[str, Any]) -> dict[str, Any]:
    """A notebook in which every cell at least has the shape of one; old formats have none."""
    if "cells" not in data:
        return data
    cells = data["cells"] if isinstance(data["cells"], list) else []
    return {**data, "cells": [_plain_cell(cell) for cell in cells if isinstance(cell, dict)]}


def _plain_cell(cell: dict[str, Any]) -> dict[str, Any]:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    metadata = cell.get("metadata")
    kind = cell.get("cell_type")
    plain: dict[str, Any] = {
        "cell_type": kind if kind in ("code", "markdown", "raw") else "raw",
        "metadata": metadata if isinstance(metadata, dict) else {},
        "source": source if isinstance(source, str) else "",
    }
    if isinstance(cell.get("id"), str) and _CELL_ID.fullmatch(cell["id"]):
        plain["id"] = cell["id"]
    if plain["cell_type"] == "code":
        plain |= {"outputs": [], "execution_count": None}
    return plain


def _clean(notebook: NotebookNode) -> NotebookNode:
    """Drop outputs, runner tags, forged results; give every cell an id of its own."""
    notebook.nbformat_minor = max(5, int(notebook.get("nbformat_minor", 0) or 0))
    notebook.metadata.pop(OWN_METADATA, None)
    seen: set[str] = set()
    for number, cell in enumerate(notebook.cells):
        cell.metadata.pop(OWN_METADATA, None)
        cell.source = cell.source.replace("\r\n", "\n").replace("\r", "\n")
        _drop_runner_tags(cell)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if cell.get("id") is None or cell.id in seen:
            cell.id = f"cell-{number}" if f"cell-{number}" not in seen else f"cell-{number}-again"
        seen.add(cell.id)
    return notebook


def _drop_runner_tags(cell: NotebookNode) -> None:
    tags = cell.metadata.get("tags")
    if isinstance(tags, list):
        cell.metadata["tags"] = [
            tag for tag in tags if isinstance(tag, str) and tag not in _RUNNER_TAGS
        ]
    elif tags is not None:
        del cell.metadata["tags"]
