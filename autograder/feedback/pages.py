"""A student's feedback page, as nbgrader's ``generate_feedback`` makes it, but sooner."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path

from nbformat import NotebookNode
from traitlets.config import Config

from autograder.feedback.exporter import FeedbackExporter
from autograder.feedback.standing import Standing
from autograder.feedback.template import PAGE, STYLE
from autograder.release.hidden_parts import without_hidden_tests

_SEAL = "\n<!-- made from {} -->\n"
"""The last line of a page: the digest of what it shows."""


class FeedbackPages:
    """Writes the pages of one assignment."""

    def __init__(self, assignment: str, config: Config) -> None:
        """``config`` is the course's: what it sets of ``HTMLExporter`` holds here too."""
        self._assignment = assignment
        self._exporter = FeedbackExporter(config=config)

    def write(
        self, page: Path, student: str, notebook: NotebookNode, folder: Path, standing: Standing
    ) -> None:
        """Write the page of ``student``; the notebook's pictures are in ``folder``.

        ``notebook`` is as it was autograded; it is changed to what the page shows.
        """
        seal = _seal(notebook, student, standing)
        _enter(notebook, standing)
        about = {
            "notebook": self._assignment,
            "assignment": self._assignment,
            "student": student,
            "score": standing.score - standing.late_penalty,
            "max_score": standing.max_score,
            "late_penalty": standing.late_penalty,
        }
        resources = {
            "metadata": {"name": self._assignment, "path": str(folder)},
            "nbgrader": about,
        }
        html = self._exporter.page(notebook, resources)
        page.parent.mkdir(parents=True, exist_ok=True)
        draft = page.with_name(f".{page.name}.draft")
        draft.write_text(html + seal, encoding="utf-8")
        draft.replace(page)

    def current(self, page: Path, student: str, notebook: NotebookNode, standing: Standing) -> bool:
        """Whether ``page`` was made from this notebook, as it was autograded, and this standing."""
        seal = _seal(notebook, student, standing).encode()
        try:
            with page.open("rb") as file:
                file.seek(-len(seal), os.SEEK_END)
                return file.read() == seal
        except OSError:  # there is none, or it is shorter than that
            return False


def _seal(notebook: NotebookNode, student: str, standing: Standing) -> str:
    shown = [student, notebook, asdict(standing), PAGE, STYLE]
    text = json.dumps(shown, sort_keys=True)
    return _SEAL.format(hashlib.sha256(text.encode()).hexdigest())


def _enter(notebook: NotebookNode, standing: Standing) -> None:
    """Put scores and comments where the template looks for them; take hidden tests out."""
    for number, cell in enumerate(notebook.cells):
        about = cell.metadata.get("nbgrader")
        if not about:
            continue
        name = about.get("grade_id")
        if name in standing.cells:
            about["score"], about["points"] = standing.cells[name]
        if name in standing.comments:
            about["comment"] = standing.comments[name]
        if about.get("grade"):
            cell.source = without_hidden_tests(cell.source, f"number {number}")
