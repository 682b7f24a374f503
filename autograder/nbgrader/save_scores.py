"""Save the judge's scores to the gradebook; nbgrader would read them off the cells' outputs."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import SaveAutoGrades

from autograder.nbgrader.course_files import Resources


class SaveScores(SaveAutoGrades):
    """nbgrader's SaveAutoGrades, but a declared exercise's score comes from the judge alone."""

    def _add_score(self, cell: NotebookNode, resources: Resources) -> None:
        grade_id = cell.metadata["nbgrader"]["grade_id"]
        scores = resources.get("scores", {})
        if grade_id not in scores:
            super()._add_score(cell, resources)
            return
        grade = self.gradebook.find_grade(
            grade_id, self.notebook_id, self.assignment_id, self.student_id
        )
        grade.auto_score = scores[grade_id]
        grade.needs_manual_grade = grade.manual_score is not None
        self.gradebook.db.commit()
