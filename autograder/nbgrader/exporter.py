"""Read submissions as leniently as is safe, where nbgrader's own reader would drop them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from traitlets import List, Unicode

from autograder.execution.faults import METADATA
from autograder.submission.reading import UnreadableNotebookError, read_notebook


def submission_digest(content: bytes, ungradable: str, context: str) -> str:
    """A fingerprint by which to know whether what was handed in has been graded already.

    ``context`` stands for what else the grade depends on: the answer key, the time of submission.
    """
    return hashlib.sha256(content + f"{ungradable}\0{context}".encode()).hexdigest()


class SubmissionExporter(NotebookExporter):
    """nbconvert's notebook exporter, except that a submission is read by our own reader.

    Autograding reads every notebook twice: as the student handed it in, and as sanitised. A file
    that cannot be read becomes an empty notebook that carries the reason.
    """

    ungradable = Unicode(
        help="Why there is no notebook to read, for a submission in which none could be chosen."
    ).tag(config=True)
    context = Unicode(help="What else the grade depends on; see submission_digest.").tag(
        config=True
    )
    choice = List(Unicode(), help="Notes on how the notebook was chosen.").tag(config=True)

    def from_filename(
        self, filename: str, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Export the notebook file at ``filename``; see nbconvert's ``Exporter``."""
        if not getattr(self.parent, "_sanitizing", False):
            return super().from_filename(filename, resources, **kw)
        path = Path(filename)
        resources = dict(resources or {})
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        try:
            if self.ungradable:
                raise UnreadableNotebookError(self.ungradable)
            notebook, notes = read_notebook(path)
            about: dict[str, Any] = {"notes": [*self.choice, *notes]}
        except UnreadableNotebookError as error:
            notebook = nbformat.v4.new_notebook()
            about = {"notes": [str(error)], "unreadable": str(error)}
        about["digest"] = submission_digest(path.read_bytes(), self.ungradable, self.context)
        notebook.metadata[METADATA] = about
        return self.from_notebook_node(notebook, resources, **kw)
