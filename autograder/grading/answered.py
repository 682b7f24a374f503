"""Whether a notebook answers anything, or is still as it was handed out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.release.scaffold import START, is_untouched, make_stub
from autograder.submission.reading import UnreadableNotebookError, parse_notebook


@dataclass(frozen=True)
class Stubs:
    """What students get to fill in, by grade_id; each is a function of that name."""

    sources: Mapping[str, str]

    @classmethod
    def of(cls, source: NotebookNode) -> Stubs:
        """Those that are made from the instructor's notebook ``source``."""
        cells = {
            str(cell.metadata.get("nbgrader", {}).get("grade_id")): cell.source
            for cell in source.cells
            if cell.cell_type == "code" and START in cell.source
        }
        return cls({name: make_stub(text, name) for name, text in cells.items()})

    def are_filled_in(self, content: bytes) -> bool:
        """Whether the notebook file can be read, and one of its cells is more than its stub."""
        try:
            notebook, _ = parse_notebook(content)
        except UnreadableNotebookError:
            return False
        return any(
            _is_for(cell, name) and not is_untouched(cell.source, stub)
            for name, stub in self.sources.items()
            for cell in notebook.cells
        )


def _is_for(cell: NotebookNode, name: str) -> bool:
    about = cell.metadata.get("nbgrader", {})
    if about.get("grade_id") == name:
        return True
    return re.search(rf"^def\s+{re.escape(name)}\s*\(", cell.source, re.MULTILINE) is not None
