"""Filters for the pages that the formgrader serves, named in ``nbgrader_config.py``.

The Jupyter server answers nobody while it makes such a page. So what students wrote is laid out by
a process with limits; a page has an end to the time that it may take there, and to its size. What
is over that is shown as plain text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from typing import Any

from jinja2 import pass_context

from autograder.errors import CourseError
from autograder.feedback.limited import LimitedProcess, LimitReachedError, WorkLimits
from autograder.feedback.room import PAGE_BYTES

LIMITS = WorkLimits(seconds=2.0)
"""What one cell's text, or one output, may take: an honest one takes a hundredth."""
PAGE_SECONDS = 6.0
"""Processor seconds that the texts of one page may take together."""
_CELLS = "autograder.feedback.formgrader_cells"
_PLAIN = "<em>(Shown as plain text: {}.)</em>"
_LEFT_OUT = f"<em>(Left out: the page would be larger than {PAGE_BYTES // 1_000_000} MB.)</em>"


@pass_context
def clean_markdown(context: Any, source: str) -> str:
    """Markdown to HTML, as nbconvert makes it, without what a browser would run or fetch.

    nbconvert's own ``sanitize_html`` cleans outputs only.
    """
    source, page = str(source), _page(context)
    attachments = context.get("cell", {}).get("attachments") if "attachment:" in source else None
    return page.shown(source, _text, "markdown", attachments, page.left)


@pass_context
def clean_output(context: Any, html: str | bytes) -> str:
    """HTML that a cell showed, cleaned; as bytes it is a drawing in SVG, and shown as a picture."""
    drawing = isinstance(html, bytes)
    text = html.decode(errors="replace") if isinstance(html, bytes) else str(html)
    return _page(context).shown(text, _text, "output", drawing)


@pass_context
def terminal_colours(context: Any, text: str) -> str:
    """What a cell printed, as nbconvert's ``ansi2html`` shows it."""
    return _page(context).shown(str(text), partial(escape, quote=False), "terminal")


@pass_context
def highlighted_code(
    context: Any, source: str, language: str | None = None, metadata: Any = None
) -> str:
    """Code in colours, as nbconvert's ``Highlight2HTML`` shows it."""
    notebook = context.get("nb", {})
    about = notebook.get("metadata", {}).get("language_info", {})
    lexer = language or about.get("pygments_lexer", about.get("name"))
    magics = {key: value for key, value in (metadata or {}).items() if key == "magics_language"}
    return _page(context).shown(str(source), _code, "code", lexer, magics)


@dataclass
class _Page:
    """What the rest of a page may take: seconds, and bytes that are ``left``."""

    seconds: float = PAGE_SECONDS
    left: int = PAGE_BYTES

    def shown(self, text: str, plain: Callable[[str], str], kind: str, *arguments: Any) -> str:
        """``text`` as HTML; as ``plain`` makes it, with the reason, if it takes too much."""
        try:
            html = self._laid_out(text, kind, *arguments)
        except (LimitReachedError, CourseError) as error:
            html = plain(text) + (_PLAIN.format(escape(str(error))) if plain is _text else "")
        size = len(html.encode("utf-8", "surrogatepass"))
        if size > self.left:
            return _LEFT_OUT
        self.left -= size
        return html

    def _laid_out(self, text: str, kind: str, *arguments: Any) -> str:
        from autograder.feedback import formgrader_cells

        if self.seconds <= 0:
            raise LimitReachedError("the texts above have used up what one page may take")
        process = _process()
        try:
            html, seconds = process.ask(getattr(formgrader_cells, kind), text, *arguments)
        except LimitReachedError:
            self.seconds -= LIMITS.seconds
            process.start()  # beside what comes next
            raise
        self.seconds -= seconds
        return str(html)


def _page(context: Any) -> _Page:
    """The page that is being made; all that is made of it has the same resources."""
    resources = context.get("resources")
    if resources is None:
        return _Page()
    page: _Page = resources.setdefault("autograder_page", _Page())
    return page


def _text(text: str) -> str:
    return f"<pre>{escape(text, quote=False)}</pre>"


def _code(source: str) -> str:
    return f'<div class="highlight"><pre>{escape(source, quote=False)}</pre></div>'


@cache
def _process() -> LimitedProcess:
    """One for all pages of this server; it ends with it."""
    return LimitedProcess(LIMITS, _CELLS)
