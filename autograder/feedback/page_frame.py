"""What all pages have: title, summary, cells, and an end to their size."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template
from nbformat import NotebookNode

from autograder.execution.faults import METADATA
from autograder.feedback.room import Room, fitting
from autograder.feedback.summary import summary_html
from autograder.feedback.template import PAGE, STYLE


def page_of(
    notebook: NotebookNode,
    about: Mapping[str, Any],
    cell_html: Callable[[NotebookNode], str],
    room: Room,
    said: str = "",
) -> str:
    """The page of a notebook whose cells ``cell_html`` writes; ``said`` is HTML on top of it.

    ``about`` says whose it is and what it scored, as nbgrader does. There is ``room`` for so much.
    """
    result = notebook.metadata.get(METADATA, {}).get("result")
    summary = said + summary_html(result, notebook.cells, about)
    room.take(summary)
    return _template().render(
        title=_title(str(about.get("assignment", "feedback"))),
        student=about.get("student", ""),
        summary=summary,
        cells=fitting(notebook.cells, cell_html, room),
        style=STYLE,
    )


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(PAGE)


def _title(assignment: str) -> str:
    words = assignment.replace("_", " ")
    return words[:1].upper() + words[1:]
