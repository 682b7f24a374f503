"""Take hidden tests, or everything that marks a region, out of a notebook that others will read."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List, Unicode

from autograder.nbgrader.course_files import Resources
from autograder.release.hidden_parts import without_hidden_tests, without_markers


class HideTests(NbGraderPreprocessor):
    """For feedback: no hidden test's source is shown."""

    # nbconvert configures this for every preprocessor of an HTML export.
    display_data_priority = List(Unicode()).tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Take the hidden tests out of one cell; a broken region in a student's cell is theirs."""
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = without_hidden_tests(cell.source, f"number {cell_index}")
        return cell, resources


class HideMarkers(HideTests):
    """For solutions: neither hidden tests nor the START and END lines."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Take hidden tests and markers out of one cell."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        cell.source = without_markers(cell.source)
        return cell, resources
