"""Read a submitted notebook, however it was saved: repair what is unambiguous, refuse the rest.

A notebook is built anew from the cells' kinds, sources, ids, pasted pictures and nbgrader metadata.
All else is dropped: outputs, tags that tell a runner to skip a cell, anything like this grader's
own metadata.
"""

from __future__ import annotations

import codecs
import itertools
import json
import re
import warnings
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.nodes import node

MAX_BYTES = 50_000_000
_PICTURE_TYPES = ("image/png", "image/jpeg", "image/gif", "image/svg+xml")
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
    text, notes = decode_notebook(content)
    data = _load_json(text)
    cells, more_notes = _find_cells(data)
    clean_cells = [_clean_cell(cell) for cell in cells]
    _name_cells(clean_cells)
    metadata = _kernel(data.get("metadata"))
    notebook = NotebookNode(
        nbformat=4, nbformat_minor=5, metadata=nbformat.from_dict(metadata), cells=clean_cells
    )
    return notebook, (*notes, *more_notes)


def decode_notebook(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a notebook file in whatever encoding it was saved, and what to say of that."""
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
        raise UnreadableNotebookError(
            "The notebook file is nested too deeply to be one. Submit the notebook again."
        ) from None
    except ValueError as error:
        ends_early = isinstance(error, json.JSONDecodeError) and error.pos >= len(text.rstrip()) - 1
        what = "breaks off in the middle" if ends_early else f"is not valid JSON ({error})"
        raise UnreadableNotebookError(
            f"The notebook file {what}. It was probably damaged while it was saved or uploaded: "
            "open it in JupyterLab, save it, and submit it again."
        ) from None


def _find_cells(data: Any) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The cells, in the shape of format 4 more or less, whatever format the file says it has."""
    if isinstance(data, dict) and isinstance(data.get("cells"), list):
        return [cell for cell in data["cells"] if isinstance(cell, dict)], ()
    if not isinstance(data, dict) or not isinstance(data.get("worksheets"), list):
        raise UnreadableNotebookError(
            "The file is JSON, but not a notebook: it has no cells. Was another file submitted?"
        )
    version = data.get("nbformat")
    old = {
        "nbformat": version if type(version) is int and version in (1, 2) else 3,
        "nbformat_minor": 0,
        "metadata": {},
        "worksheets": data["worksheets"],
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            cells = nbformat.reads(json.dumps(old), as_version=4).cells
    except Exception as error:  # nbformat raises whatever the damage leads to
        raise UnreadableNotebookError(
            f"The file is in an old format and damaged ({type(error).__name__}). "
            "Open it in JupyterLab, save it, and submit it again."
        ) from None
    for cell in cells:
        cell.pop("id", None)  # drawn at random by the conversion
    return cells, (f"The notebook was in the old format {old['nbformat']}; it was converted.",)


def _clean_cell(cell: dict[str, Any]) -> NotebookNode:
    """A cell with its kind, source, id, pasted pictures and nbgrader metadata, and no more."""
    # Built by hand: nbformat's own functions check each cell against a schema, at a price.
    kind = cell.get("cell_type")
    clean = node(
        id=cell.get("id"),
        cell_type=kind if kind in ("code", "markdown") else "raw",
        source=_source(cell),
        metadata=NotebookNode(),
    )
    if kind == "code":
        clean["execution_count"], clean["outputs"] = None, []
    elif pictures := _pictures(cell.get("attachments")):
        clean["attachments"] = pictures
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    if isinstance(about, dict):
        plain = {key: item for key, item in about.items() if isinstance(item, str | int | float)}
        clean.metadata["nbgrader"] = node(**plain)
    return clean


def _pictures(attachments: Any) -> NotebookNode:
    """Pictures that were pasted into a text: base64 by type, by name."""
    kept = NotebookNode()
    for name, bundle in attachments.items() if isinstance(attachments, dict) else ():
        pictures = {
            kind: data
            for kind, data in (bundle.items() if isinstance(bundle, dict) else ())
            if kind in _PICTURE_TYPES and isinstance(data, str) and data.isascii()
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


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    if not source.isascii():  # JSON can spell half of a surrogate pair, which no file can hold
        source = source.encode("utf-8", "replace").decode("utf-8")
    return source.replace("\r\n", "\n").replace("\r", "\n") if "\r" in source else source


def _kernel(metadata: Any) -> dict[str, Any]:
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    name = kernel.get("name") if isinstance(kernel, dict) else None
    if not isinstance(name, str):
        return {}
    name = name.encode("utf-8", "replace").decode("utf-8")
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
