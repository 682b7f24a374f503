"""Enter an assignment into the gradebook, whatever is known of it there already."""

from __future__ import annotations

from nbgrader.api import Assignment as EnteredAssignment
from nbgrader.api import Comment, Grade, Gradebook, Notebook, SubmittedNotebook
from nbgrader.converters import GenerateAssignment


class EnterAssignment(GenerateAssignment):
    """nbgrader's GenerateAssignment, for an assignment too that is there without its notebook.

    `nbgrader db assignment add --duedate` makes one, and students may be in it before the first
    release: by an attempt to grade it, or with an extension. nbgrader then refuses for ever.
    """

    def _clean_old_notebooks(self, assignment_id: str, student_id: str) -> None:
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            is_new = not gradebook.find_assignment(assignment_id).notebooks
        if not is_new:
            super()._clean_old_notebooks(assignment_id, student_id)

    def start(self) -> None:
        """Enter it, and give the submissions that are there what nbgrader looks for in them."""
        super().start()
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as gradebook:
            _complete(gradebook, gradebook.find_assignment(self.coursedir.assignment_id))


def _complete(gradebook: Gradebook, assignment: EnteredAssignment) -> None:
    for submission in assignment.submissions:
        present = {submitted.notebook_id for submitted in submission.notebooks}
        for notebook in assignment.notebooks:
            if notebook.id not in present:
                gradebook.db.add(_empty(notebook, submission.id))
    gradebook.db.commit()


def _empty(notebook: Notebook, submission: str) -> SubmittedNotebook:
    """A submitted notebook in which nothing is graded."""
    graded = (*notebook.grade_cells, *notebook.task_cells)
    commented = (*notebook.solution_cells, *notebook.task_cells)
    return SubmittedNotebook(
        notebook_id=notebook.id,
        assignment_id=submission,
        grades=[Grade(cell_id=cell.id) for cell in graded],
        comments=[Comment(cell_id=cell.id) for cell in commented],
    )
