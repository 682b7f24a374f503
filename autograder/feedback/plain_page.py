"""The page where none with Markdown and pictures could be made: the same words, as plain text."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from nbformat import NotebookNode

from autograder.feedback.cells import CellWriter
from autograder.feedback.page_frame import page_of
from autograder.feedback.room import Room
from autograder.feedback.standing import Standing


def plain_page(notebook: NotebookNode, about: Mapping[str, Any], why: str) -> str:
    """The page of ``notebook`` with everything that is text; ``why``, in words, it is plain.

    Nothing is done but escaping, which takes as long as the notebook is. Changes the outputs.
    """
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if _only_text(output)]
    said = (
        '<p class="late">This page shows the notebook as plain text, without pictures. Its texts '
        f"could not be laid out: {escape(why)}. Points and verdicts are not affected.</p>"
    )
    cells = CellWriter(_as_text, lambda source: escape(source, quote=False))
    return page_of(notebook, about, cells.html, Room(), said)


def _as_text(source: str, _: NotebookNode) -> str:
    return f'<pre class="text">{escape(source, quote=False)}</pre>'


def _only_text(output: NotebookNode) -> bool:
    """Leave nothing but text in ``output``; False if nothing is left."""
    if "data" not in output:
        return True
    text = output.data.get("text/plain")
    output.data = NotebookNode({"text/plain": text} if isinstance(text, str) else {})
    return bool(output.data)


def notebook_of(standing: Standing) -> NotebookNode:
    """A notebook with no more in it than what the gradebook says: points and comments.

    For the page of one that cannot even be shown as plain text.
    """
    comments = [
        _cell({"grade_id": name, "solution": True, "comment": comment})
        for name, comment in standing.comments.items()
        if comment
    ]
    graded = [
        _cell({"grade_id": name, "grade": True, "score": score, "points": points})
        for name, (score, points) in standing.cells.items()
    ]
    return NotebookNode(metadata=NotebookNode(), cells=[*graded, *comments])


def without_words(notebook: NotebookNode) -> NotebookNode:
    """``notebook`` with no more of its cells than whose they are, what they count, and comments."""
    abouts = [cell.metadata.get("nbgrader") for cell in notebook.cells]
    return NotebookNode(metadata=notebook.metadata, cells=[_cell(each) for each in abouts if each])


def _cell(about: Mapping[str, Any]) -> NotebookNode:
    """A cell with a heading and nothing below it."""
    metadata = NotebookNode(nbgrader=NotebookNode(about))
    return NotebookNode(cell_type="raw", metadata=metadata, source="")
