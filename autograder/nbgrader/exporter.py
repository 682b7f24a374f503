"""Read submissions as leniently as is safe, where nbgrader's own reader would drop them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter

from autograder.execution.faults import METADATA
from autograder.submission.inert_names import make_inert
from autograder.submission.reading import UnreadableNotebookError, read_notebook


class SubmissionExporter(NotebookExporter):
    """nbconvert's notebook exporter, except that a submission is read by our own reader.

    Autograding reads every notebook twice: as the student handed it in, and as sanitised. A file
    that cannot be read becomes an empty notebook that carries the reason.
    """

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Export the notebook file at ``filename``; see nbconvert's ``Exporter``."""
        if not getattr(self.parent, "_sanitizing", False):
            return super().from_filename(filename, resources, **kw)
        path = Path(filename)
        resources = dict(resources or {})
        self._make_own_files_inert(resources)
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        try:
            notebook, notes = read_notebook(path)
            about: dict[str, Any] = {"notes": list(notes)}
        except UnreadableNotebookError as error:
            notebook = nbformat.v4.new_notebook()
            about = {"notes": [str(error)], "unreadable": str(error)}
        notebook.metadata[METADATA] = about
        return self.from_notebook_node(notebook, resources, **kw)

    def _make_own_files_inert(self, resources: dict[str, Any]) -> None:
        """nbgrader has just copied them all to where the formgrader serves them to a browser."""
        assignment, student = (resources["nbgrader"][each] for each in ("assignment", "student"))
        converter: Any = self.parent
        directory = converter.coursedir
        autograded = directory.format_path(directory.autograded_directory, student, assignment)
        source = directory.format_path(directory.source_directory, ".", assignment)
        if Path(autograded).is_dir():
            make_inert(Path(autograded), Path(source))
