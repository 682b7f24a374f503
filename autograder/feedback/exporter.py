"""Feedback as an exporter of nbconvert's, as nbgrader wants it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nbconvert.exporters import Exporter, HTMLExporter
from nbformat import NotebookNode

from autograder.feedback.limited import LimitedProcess, LimitReachedError
from autograder.feedback.page_writing import render_full, render_plain
from autograder.feedback.pages import PAGE_LIMITS, RENDERING
from autograder.feedback.plain_page import plain_page, without_words

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class FeedbackExporter(HTMLExporter):
    """Runs nbgrader's preprocessors; the page itself is made by a process with limits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """See nbconvert's HTMLExporter for the arguments."""
        super().__init__(*args, **kwargs)
        self.embed_images = False  # done there, for what is rendered once has many folders
        self.exclude_anchor_links = True
        self.optimistic_validation = True

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Run the preprocessors, then make the page; see nbconvert's ``Exporter``."""
        notebook, resources = Exporter.from_notebook_node(self, nb, resources, **kw)
        return self.page(notebook, resources), resources

    def page(self, notebook: NotebookNode, resources: Mapping[str, Any]) -> str:
        """The page of a notebook with its scores and comments; plain, if it can be no other.

        ``resources["nbgrader"]`` says whose it is and what it scored.
        """
        about = dict(resources.get("nbgrader", _NOTHING))
        folder = Path(resources.get("metadata", _NOTHING).get("path", ""))
        content = json.dumps(notebook)
        options = dict(self.lexer_options)
        try:
            return str(_process().ask(render_full, content, about, folder, options))
        except LimitReachedError as error:
            why = str(error)
        try:
            return str(_process().ask(render_plain, content, about, why))
        except LimitReachedError:
            return plain_page(without_words(notebook), about, why)


@cache
def _process() -> LimitedProcess:
    """One for all exporters of this process, which ends with it."""
    return LimitedProcess(PAGE_LIMITS, RENDERING)
