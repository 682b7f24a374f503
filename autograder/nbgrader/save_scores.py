"""Save the judge's scores to the gradebook; nbgrader would read them off the cells' outputs."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.preprocessors import SaveAutoGrades

from autograder.nbgrader.course_files import Resources, declared_assignment


class SaveScores(SaveAutoGrades):
    """nbgrader's SaveAutoGrades, but a declared exercise's score comes from the judge alone."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Save the scores of ``nb``, and zeros for manually graded answers that are gone."""
        nb, resources = super().preprocess(nb, resources)
        if declared_assignment(resources) is not None:
            names = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in nb.cells}
            self._score_missing_answers(names)
        return nb, resources

    def _score_missing_answers(self, present: set[str | None]) -> None:
        """Nobody can grade an answer that is not there, so nobody is asked to."""
        with Gradebook(self.db_url) as gradebook:
            submitted = gradebook.find_submission_notebook(
                self.notebook_id, self.assignment_id, self.student_id
            )
            answers = {cell.name for cell in submitted.notebook.solution_cells} - present
            for grade in submitted.grades:
                if grade.cell.name in answers:
                    grade.auto_score = 0.0
                    grade.needs_manual_grade = grade.manual_score is not None
            gradebook.db.commit()

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
