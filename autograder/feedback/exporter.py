"""nbconvert's HTML exporter, made safe for strangers' notebooks and quick for many of them."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from types import MappingProxyType
from typing import Any

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters import Highlight2HTML, strip_files_prefix
from nbconvert.filters.markdown_mistune import InvalidNotebook
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.execution.faults import METADATA
from autograder.feedback.safe_html import clean_html, make_outputs_safe
from autograder.feedback.summary import summary_html

_MANY = 2_000
"""Most cells of a class are the same cells: so many are kept rendered."""

_NO_CELL: Mapping[str, Any] = MappingProxyType({})
_BROKEN_ATTACHMENT = (InvalidNotebook, StopIteration, AttributeError, TypeError)


class FeedbackExporter(HTMLExporter):
    """Renders a cell once that many students have, and cleans what any student wrote."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """See nbconvert's HTMLExporter for the arguments."""
        super().__init__(*args, **kwargs)
        self.embed_images = True
        # Cleaning is done here: nbconvert's own lets Markdown and raw cells through.
        self.sanitize_html, self.filters = False, {}
        self._render = lru_cache(_MANY)(self._rendered)
        self._highlighter = Highlight2HTML(pygments_lexer="ipython3", parent=self)
        self._highlight = lru_cache(_MANY)(self._highlighter.__call__)

    def default_filters(self) -> Any:
        """nbconvert's filters, with ours in place of those that take long or trust the source."""
        yield from super().default_filters()
        yield ("markdown2html", self.markdown2html)
        yield ("strip_files_prefix", lambda html: html)  # markdown2html has done it
        yield ("highlight_code", self._highlight_code)

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown to clean HTML; pictures beside the notebook go into the page."""
        path = context.get("resources", {}).get("metadata", {}).get("path", "")
        if "attachment:" in source:
            return self._rendered(source, path, context.get("cell", {}))
        has_pictures = "](" in source or "<img" in source
        return self._render(source, path if has_pictures else "")

    def _rendered(
        self, source: str, path: str, cell: Mapping[str, Any] = MappingProxyType({})
    ) -> str:
        context = {"resources": {"metadata": {"path": path}}, "cell": cell}
        try:
            html = HTMLExporter.markdown2html(self, context, source)
        except _BROKEN_ATTACHMENT:  # a picture that was pasted in and is gone: its text will do
            html = HTMLExporter.markdown2html(self, context, source.replace("attachment:", ""))
        return strip_files_prefix(clean_html(html))

    def _highlight_code(
        self, source: str, language: str | None = None, metadata: Any = None
    ) -> str:
        return self._highlight(source, language)

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Render ``nb``; see nbconvert's ``Exporter``."""
        notebook = copy.deepcopy(nb)
        make_outputs_safe(notebook)
        for cell in notebook.cells:
            if cell.cell_type == "raw":
                cell.cell_type = "markdown"
                cell.source = f"<pre>{escape(cell.source)}</pre>"
        if result := notebook.metadata.get(METADATA, {}).get("result"):
            notebook.cells.insert(0, new_markdown_cell(summary_html(result)))
        resources = self._init_resources(resources)
        widgets = WidgetsDataTypeFilter(
            notebook_metadata=self._nb_metadata, parent=self, resources=resources
        )
        self.register_filter("filter_data_type", widgets)
        # Not HTMLExporter's own, which reads the whole page again to add what is there already.
        return TemplateExporter.from_notebook_node(self, notebook, resources, **kw)
