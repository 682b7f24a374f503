"""What a cell printed and showed, as HTML. What goes in has been made safe already."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from nbformat import NotebookNode

from autograder.feedback.formulas import with_formulas
from autograder.feedback.overwritten import what_is_left
from autograder.feedback.terminal import terminal_html

_RASTER = ("image/png", "image/jpeg", "image/gif")


def outputs_html(cell: NotebookNode, markdown: Callable[[str], str]) -> str:
    """The outputs of a code cell, after ``make_outputs_safe``; "" if there are none."""
    shown = "".join(_shown(output, markdown) for output in cell.outputs)
    return f'<div class="out">{shown}</div>' if shown else ""


def _shown(output: NotebookNode, markdown: Callable[[str], str]) -> str:
    kind = output.output_type
    if kind == "stream":
        return f'<pre class="{"error" if output.name == "stderr" else "text"}">' + (
            f"{terminal_html(what_is_left(output.text))}</pre>"
        )
    if kind == "error":
        return f'<pre class="error">{terminal_html(chr(10).join(output.traceback))}</pre>'
    return next(_richest(output, markdown), "")


def _richest(output: NotebookNode, markdown: Callable[[str], str]) -> Iterator[str]:
    """The ways in which an output can be shown, the one that says most first."""
    data = output.get("data", {})
    if "text/html" in data:
        yield f'<div class="rich">{data["text/html"]}</div>'
    if "text/markdown" in data:
        yield f'<div class="rich">{markdown(data["text/markdown"])}</div>'
    for kind in _RASTER:
        if kind in data:
            alt = escape(output.metadata[kind]["alt"])
            content = "".join(data[kind].split())
            yield f'<img src="data:{kind};base64,{content}" alt="{alt}">'
    if "text/latex" in data:
        yield f'<div class="rich">{with_formulas(escape(data["text/latex"]))}</div>'
    if "text/plain" in data:
        yield f'<pre class="text">{terminal_html(data["text/plain"])}</pre>'
