"""What the formgrader shows of a cell, as nbconvert makes it: the work of a process with limits.

Each function returns HTML, and the seconds of processor time that it took.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML, ansi2html
from nbconvert.filters.markdown_mistune import InvalidNotebook

from autograder.feedback import safe_html
from autograder.feedback.attachments import Attachments
from autograder.feedback.overwritten import what_is_left
from autograder.feedback.room import Room

_EXPORTER = HTMLExporter()


def _timed(work: Callable[..., str]) -> Callable[..., tuple[str, float]]:
    @wraps(work)
    def timed(*arguments: Any) -> tuple[str, float]:
        begun = time.process_time()
        return work(*arguments), time.process_time() - begun

    return timed


@_timed
def markdown(source: str, attachments: Any, left: int) -> str:
    """Markdown, without what a browser would run or fetch; ``left`` bytes are for its pictures."""
    pasted = Attachments(attachments)
    context = {"cell": {"attachments": pasted.stand_ins}}
    try:
        html = HTMLExporter.markdown2html(_EXPORTER, context, source)
    except InvalidNotebook:  # a picture that was pasted in and is gone: its text will do
        html = HTMLExporter.markdown2html(_EXPORTER, context, source.replace("attachment:", ""))
    return pasted.shown(safe_html.clean_html(html), Room(spare=left))


@_timed
def output(html: str, drawing: bool = False) -> str:
    """HTML that a cell showed, cleaned; or a ``drawing`` in SVG, as a picture."""
    return safe_html.clean_output(html.encode() if drawing else html)


@_timed
def terminal(text: str) -> str:
    """What a cell printed, with its colours."""
    return str(ansi2html(what_is_left(text)))


@_timed
def code(source: str, lexer: str | None, metadata: dict[str, Any]) -> str:
    """Code in colours."""
    highlighter = Highlight2HTML(pygments_lexer=lexer)
    return str(highlighter(source, metadata=metadata))
