"""A student's feedback page, as nbgrader's ``generate_feedback`` makes it, but sooner."""

from __future__ import annotations

from pathlib import Path

import nbgrader
from nbformat import NotebookNode
from traitlets.config import Config

from autograder.feedback.exporter import FeedbackExporter
from autograder.feedback.standing import Standing
from autograder.release.hidden_parts import without_hidden_tests

_FORMGRADER = Path(nbgrader.__path__[0]) / "server_extensions" / "formgrader"
_STYLES = _FORMGRADER / "static" / "node_modules" / "bootstrap" / "dist" / "css"


class FeedbackPages:
    """Writes the pages of one assignment."""

    def __init__(self, assignment: str, config: Config) -> None:
        """``config`` is the course's: what it sets of ``HTMLExporter`` holds here too."""
        self._assignment = assignment
        self._exporter = FeedbackExporter(
            config=config,
            template_name="feedback",
            extra_template_basedirs=[str(_FORMGRADER / "templates")],
            extra_template_paths=[str(_STYLES)],
        )
        self._exporter.register_preprocessor(
            "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor", enabled=True
        )

    def write(
        self, page: Path, student: str, notebook: NotebookNode, folder: Path, standing: Standing
    ) -> None:
        """Write the page of ``student``; the notebook's pictures are in ``folder``.

        ``notebook`` is as it was autograded; it is changed to what the page shows.
        """
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
        html, _ = self._exporter.from_notebook_node(notebook, resources)
        page.parent.mkdir(parents=True, exist_ok=True)
        draft = page.with_name(f".{page.name}.draft")
        draft.write_text(html, encoding="utf-8")
        draft.replace(page)


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
