"""Make the students' stubs; stands where nbgrader's ClearSolutions would empty the cells."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions

from autograder.nbgrader.course_files import Resources, declared_assignment
from autograder.release.hidden_parts import check_hidden_markers
from autograder.release.scaffold import is_marked, make_stub


class Scaffold(ClearSolutions):
    """Cells with our START and END lines keep their guidance; others are nbgrader's business.

    The solution cell of an exercise is never nbgrader's, which would take its signature, too.
    """

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Replace the values between START and END by ``None``; refuse lines that are no such."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id", f"number {cell_index}")
        if cell.cell_type == "code" and declared_assignment(resources) is not None:
            check_hidden_markers(cell.source, name)
        if cell.cell_type == "code" and (is_marked(cell.source) or _is_exercise(name, resources)):
            cell.source = make_stub(cell.source, name)
            return cell, resources
        return super().preprocess_cell(cell, resources, cell_index)


def _is_exercise(grade_id: str, resources: Resources) -> bool:
    assignment = declared_assignment(resources)
    return assignment is not None and any(
        grade_id == exercise.name for exercise in assignment.exercises
    )
