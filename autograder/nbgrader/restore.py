"""Sanitise: put the cells of a submission back into the shape that the assignment gave them."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.execution.faults import METADATA
from autograder.nbgrader.course_files import Resources, course_of, declared_assignment
from autograder.submission.restoring import restore


class Restore(NbGraderPreprocessor):
    """Runs before nbgrader's own OverwriteCells, which then finds every cell in its place."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Restore ``nb`` from the instructor's notebook and note what was amiss."""
        assignment = declared_assignment(resources)
        if assignment is None:
            return nb, resources
        source = course_of(self).source_notebook(assignment)
        about = nb.metadata.pop(METADATA, {})
        restored, notes = restore(nb, source)
        if not about.get("unreadable"):
            about["notes"] = [*about.get("notes", []), *notes]
        restored.metadata[METADATA] = about
        return restored, resources
