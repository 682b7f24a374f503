"""A notebook's cells, as HTML: what was written, what came of it, and what it counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from nbformat import NotebookNode

from autograder.feedback.outputs import outputs_html

_TEST = "_test"
"""How the grade_id of an exercise's graded cell ends; before it stands the function's name."""


@dataclass(frozen=True)
class CellWriter:
    """Turns cells into HTML; ``markdown`` and ``code`` do so with their sources.

    Outputs must have been made safe before, and ``markdown`` must return clean HTML.
    """

    markdown: Callable[[str, NotebookNode], str]
    code: Callable[[str], str]

    def html(self, cell: NotebookNode) -> str:
        """One cell; in a frame with its score and comment if it is the student's or graded."""
        inside = self._code_cell(cell) if cell.cell_type == "code" else self._text_cell(cell)
        about = cell.metadata.get("nbgrader") or {}
        if not (about.get("grade") or about.get("solution") or about.get("task")):
            return f'<div class="cell">{inside}</div>'
        return (
            f'<section class="cell framed" id="{escape(anchor(about))}">'
            f"{_heading(about)}{inside}{self._comment(about, cell)}</section>"
        )

    def _code_cell(self, cell: NotebookNode) -> str:
        number = cell.get("execution_count")
        prompt = f'<div class="prompt">In [{number}]</div>' if isinstance(number, int) else ""
        outputs = outputs_html(cell, lambda source: self.markdown(source, cell))
        return f'{prompt}<pre class="code">{self.code(cell.source)}</pre>{outputs}'

    def _text_cell(self, cell: NotebookNode) -> str:
        if cell.cell_type == "raw":
            return f'<pre class="text">{escape(cell.source)}</pre>'
        return f'<div class="rich">{self.markdown(cell.source, cell)}</div>'

    def _comment(self, about: Mapping[str, Any], cell: NotebookNode) -> str:
        comment = about.get("comment")
        if not comment or not (about.get("solution") or about.get("task")):
            return ""
        return (
            '<div class="comment"><strong>Comment:</strong>'
            f'<div class="rich">{self.markdown(str(comment), cell)}</div></div>'
        )


def anchor(about: Mapping[str, Any]) -> str:
    """The address of a cell in the page, from its nbgrader metadata."""
    return f"cell-{about.get('grade_id')}"


def is_graded(cell: NotebookNode) -> bool:
    """Whether a cell counts for points."""
    about = cell.metadata.get("nbgrader") or {}
    return bool(about.get("grade") or about.get("task"))


def exercise_of(grade_id: str) -> str:
    """The exercise that a graded cell is for, or its own name if it is for none."""
    return grade_id.removesuffix(_TEST)


def amount(points: float) -> str:
    """Points with two decimal places at most, and none that say nothing."""
    return f"{round(float(points), 2):g}"


def _heading(about: Mapping[str, Any]) -> str:
    name = str(about.get("grade_id"))
    if about.get("task"):
        title = f"Task <code>{escape(name)}</code>"
    elif about.get("solution"):
        title = f"Your answer: <code>{escape(name)}</code>"
    else:
        title = f"Checks of <code>{escape(exercise_of(name))}</code>"
    score = ""
    if about.get("grade") or about.get("task"):
        given, points = about.get("score") or 0.0, about.get("points") or 0.0
        score = f'<span class="points">{amount(given)} of {amount(points)} points</span>'
    top = '<a class="top" href="#top" title="To the top of the page">↑</a>'
    return f'<div class="heading"><span>{title}</span>{score}{top}</div>'
