"""Shorten outputs that nobody would read to the end, as nbgrader's LimitOutput does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nbformat import NotebookNode

_MAX_LINES, _MAX_TRACEBACK = 1_000, 100


def trim_outputs(notebook: NotebookNode, config: Mapping[str, Any]) -> None:
    """Cut printed text and tracebacks to the lines that ``c.LimitOutput`` allows (-1 for all)."""
    about = config.get("LimitOutput", {})
    lines = about.get("max_lines", _MAX_LINES)
    traceback = about.get("max_traceback", _MAX_TRACEBACK)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            _trim_text(cell, lines)
            for output in cell.outputs:
                if output.output_type == "error" and 0 <= traceback < len(output.traceback):
                    output.traceback = _middle_out(output.traceback, traceback)


def _trim_text(cell: NotebookNode, most: int) -> None:
    left, kept = most, []
    for output in cell.outputs:
        if most >= 0 and output.output_type == "stream":
            if left <= 0:
                continue
            lines = output.text.split("\n")
            if len(lines) > left:
                output.text = "\n".join([*lines[: left - 1], "... Output truncated ..."])
            left -= len(lines)
        kept.append(output)
    cell.outputs = kept


def _middle_out(lines: list[str], most: int) -> list[str]:
    start = most // 2
    end = max(0, most - start - 1)
    return [*lines[:start], "... Traceback truncated ...", *(lines[-end:] if end else [])]
