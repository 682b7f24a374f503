"""Make the students' stubs; stands where nbgrader's ClearSolutions would empty the cells."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import is_solution

from autograder.nbgrader.course_files import Resources, declared_assignment
from autograder.nbgrader.database import refuse_other_course
from autograder.release.hidden_parts import check_hidden_markers, shown_pictures
from autograder.release.scaffold import is_marked, make_stub


class Scaffold(ClearSolutions):
    """Cells with our START and END lines keep their guidance; others are nbgrader's business.

    The solution cell of an exercise is never nbgrader's, which would take its signature, too.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Make the stubs, unless the gradebook that the cells would go to is another course's."""
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            course_id = CourseDirectory(parent=self).course_id
            refuse_other_course(gradebook, course_id, names["assignment"])
        return super().preprocess(nb, resources)

    def preprocess_cell(
        self, cell: NotebookNode, resources: Resources, cell_index: int
    ) -> tuple[NotebookNode, Resources]:
        """Replace the values between START and END by ``None``; refuse lines that are no such.

        Of an answer that nbgrader has emptied, the pictures go, too.
        """
        name = cell.metadata.get("nbgrader", {}).get("grade_id", f"number {cell_index}")
        if cell.cell_type == "code" and declared_assignment(resources) is not None:
            check_hidden_markers(cell.source, name)
        if cell.cell_type == "code" and (is_marked(cell.source) or _is_exercise(name, resources)):
            cell.source = make_stub(cell.source, name)
            return cell, resources
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if is_solution(cell) and "attachments" in cell:
            cell.attachments = shown_pictures(cell.source, cell.attachments)
            if not cell.attachments:
                del cell["attachments"]
        return cell, resources


def _is_exercise(grade_id: str, resources: Resources) -> bool:
    assignment = declared_assignment(resources)
    return assignment is not None and any(
        grade_id == exercise.name for exercise in assignment.exercises
    )
