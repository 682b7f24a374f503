"""Make the students' stubs; stands where nbgrader's ClearSolutions would empty the cells."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions

from autograder.nbgrader.course_files import Resources
from autograder.release.scaffold import START, make_stub


class Scaffold(ClearSolutions):
    """Cells with our START and END lines keep their guidance; others are nbgrader's business."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Replace the values between START and END by ``None``."""
        if cell.cell_type == "code" and START in cell.source:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", f"number {cell_index}")
            cell.source = make_stub(cell.source, name)
            return cell, resources
        return super().preprocess_cell(cell, resources, cell_index)
