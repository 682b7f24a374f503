"""A page of a notebook as a text, with Markdown, formulas and pictures.

What is imported and called here takes far more than its share for some texts, so it is used in a
process with limits only: see :mod:`autograder.feedback.limited`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from autograder.feedback.attachments import Attachments
from autograder.feedback.cells import CellWriter
from autograder.feedback.formulas import with_formulas
from autograder.feedback.highlighting import highlight
from autograder.feedback.page_frame import page_of
from autograder.feedback.pictures import with_pictures
from autograder.feedback.room import Room
from autograder.feedback.safe_html import clean_html, make_outputs_safe

_MANY = 2_000
"""Most cells of a class are the same cells: so many are kept rendered."""
_LONG = 50_000
"""A longer text is not: its like would fill the memory."""
_DOLLAR = "\ue024"
"""What stands for a dollar that is money; no font has this character."""
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class PageRenderer:
    """Renders pages from our own template, and a cell once that many students have.

    Of nbconvert's templates and filters it uses none: they take ten times as long, and let through
    what students wrote in Markdown.
    """

    def __init__(self, lexer_options: Mapping[str, Any] = _NOTHING) -> None:
        """``lexer_options`` as in ``c.HTMLExporter``."""
        self._lexer_options = lexer_options
        self._render = lru_cache(_MANY)(self._rendered)
        self._highlight = lru_cache(_MANY)(highlight)

    def page(self, notebook: NotebookNode, about: Mapping[str, Any], folder: Path) -> str:
        """The page of a notebook with its scores and comments; changes the notebook's outputs.

        ``about`` says whose it is and what it scored, as nbgrader does; pictures are in ``folder``.
        """
        make_outputs_safe(notebook)
        room = Room()
        cells = CellWriter(partial(self._markdown, folder, room), self._code)
        return page_of(notebook, about, cells.html, room)

    def _code(self, source: str) -> str:
        return self._highlight(source) if len(source) < _LONG else highlight(source)

    def _markdown(self, folder: Path, room: Room, source: str, cell: NotebookNode) -> str:
        """Markdown to clean HTML, with the pictures that are in ``folder``."""
        attachments = Attachments(cell.get("attachments") if "attachment:" in source else None)
        if attachments.stand_ins or len(source) >= _LONG:
            html = attachments.shown(self._rendered(source, attachments.stand_ins), room)
        else:
            html = self._render(source)
        return with_pictures(html, folder, room.picture)

    def _rendered(self, source: str, attachments: Mapping[str, Any] = _NOTHING) -> str:
        renderer = _Renderer(
            escape=False,
            exclude_anchor_links=True,
            attachments=dict(attachments),
            **self._lexer_options,
        )
        markdown = MarkdownWithMath(renderer=renderer)
        try:
            html = markdown.render(source)
        except InvalidNotebook:  # a picture that was pasted in and is gone: its text will do
            html = markdown.render(source.replace("attachment:", ""))
        return with_formulas(clean_html(html)).replace(_DOLLAR, "$")


class _Renderer(IPythonRenderer):
    """Keeps the dollars that begin no formula, such as escaped ones, apart from those that do."""

    def text(self, text: str) -> str:
        """A text between formulas."""
        return str(super().text(text)).replace("$", _DOLLAR)
