"""Feedback as an exporter of nbconvert's, as nbgrader wants it: safe, and quick for many pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, StrictUndefined
from nbconvert.exporters import Exporter, HTMLExporter
from nbconvert.filters.markdown_mistune import InvalidNotebook
from nbformat import NotebookNode

from autograder.execution.faults import METADATA
from autograder.feedback.cells import CellWriter
from autograder.feedback.formulas import with_formulas
from autograder.feedback.highlighting import highlight
from autograder.feedback.pictures import with_pictures
from autograder.feedback.safe_html import clean_html, make_outputs_safe
from autograder.feedback.summary import summary_html
from autograder.feedback.template import PAGE, STYLE

_MANY = 2_000
"""Most cells of a class are the same cells: so many are kept rendered."""

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_BROKEN_ATTACHMENT = (InvalidNotebook, StopIteration, AttributeError, TypeError)


class FeedbackExporter(HTMLExporter):
    """Writes the page from its own template, renders a cell once that many students have.

    Of nbconvert's templates and filters it uses none: they take ten times as long, and let through
    what students wrote in Markdown.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """See nbconvert's HTMLExporter for the arguments."""
        super().__init__(*args, **kwargs)
        self.embed_images = False  # done here, for what is rendered once has many folders
        self.exclude_anchor_links = True
        self.optimistic_validation = True
        self._render = lru_cache(_MANY)(self._rendered)
        self._highlight = lru_cache(_MANY)(highlight)
        environment = Environment(
            autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._page = environment.from_string(PAGE)

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Run the preprocessors, then write the page; see nbconvert's ``Exporter``."""
        notebook, resources = Exporter.from_notebook_node(self, nb, resources, **kw)
        return self.page(notebook, resources), resources

    def page(self, notebook: NotebookNode, resources: Mapping[str, Any]) -> str:
        """The page of a notebook with its scores and comments; changes the notebook's outputs.

        ``resources["nbgrader"]`` says whose it is and what it scored.
        """
        about = resources.get("nbgrader", _NOTHING)
        path = resources.get("metadata", _NOTHING).get("path", "")
        make_outputs_safe(notebook)
        cells = CellWriter(
            lambda source, cell: self._markdown(source, Path(path), cell), self._highlight
        )
        result = notebook.metadata.get(METADATA, {}).get("result")
        return self._page.render(
            title=_title(str(about.get("assignment", "feedback"))),
            student=about.get("student", ""),
            summary=summary_html(result, notebook.cells, about),
            cells=map(cells.html, notebook.cells),
            style=STYLE,
        )

    def _markdown(self, source: str, folder: Path, cell: NotebookNode) -> str:
        """Markdown to clean HTML, with the pictures that are in ``folder``."""
        attachments = "attachment:" in source
        html = self._rendered(source, cell) if attachments else self._render(source)
        return with_pictures(html, folder)

    def _rendered(self, source: str, cell: Mapping[str, Any] = _NOTHING) -> str:
        context = {"cell": cell}
        try:
            html = self.markdown2html(context, source)
        except _BROKEN_ATTACHMENT:  # a picture that was pasted in and is gone: its text will do
            html = self.markdown2html(context, source.replace("attachment:", ""))
        return with_formulas(clean_html(html))


def _title(assignment: str) -> str:
    words = assignment.replace("_", " ")
    return words[:1].upper() + words[1:]
