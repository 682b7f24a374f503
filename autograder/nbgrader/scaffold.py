"""Make the students' stubs; stands where nbgrader's ClearSolutions would empty the cells."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearSolutions
from nbgrader.utils import is_solution

from autograder.nbgrader.course_files import Resources
from autograder.nbgrader.database import refuse_other_course
from autograder.release.hidden_parts import shown_pictures
from autograder.release.scaffold import START, make_stub


class Scaffold(ClearSolutions):
    """Cells with our START and END lines keep their guidance; others are nbgrader's business."""

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
        """Replace the values between START and END by ``None``.

        Of an answer that nbgrader has emptied, the pictures go, too.
        """
        if cell.cell_type == "code" and START in cell.source:
            name = cell.metadata.get("nbgrader", {}).get("grade_id", f"number {cell_index}")
            cell.source = make_stub(cell.source, name)
            return cell, resources
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if is_solution(cell) and "attachments" in cell:
            cell.attachments = shown_pictures(cell.source, cell.attachments)
            if not cell.attachments:
                del cell["attachments"]
        return cell, resources
