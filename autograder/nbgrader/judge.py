"""Put the verdicts on a submission, in words, into its graded cells."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.errors import CourseError
from autograder.execution.faults import METADATA
from autograder.feedback.verdict_cells import show_verdicts
from autograder.nbgrader.course_files import Resources, declared_assignment


class Judge(NbGraderPreprocessor):
    """Runs after ExecuteSubmission, which leaves the verdicts, and before SaveScores.

    The result goes to ``resources`` for SaveScores, and into the notebook's metadata for whoever
    reads the autograded notebook later. The graded cells' own outputs are dropped: they are
    evidence, and whatever else the student's code printed while hidden cases ran.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Let the graded cells of ``nb`` have the verdicts as their only output."""
        if not resources.get("was_run"):
            names = resources["nbgrader"]
            raise CourseError(
                f"{names['assignment']} of {names['student']} was not run, and what was not run "
                "earns nothing: grade without --no-execute, and in nbgrader_config.py put "
                "autograder.nbgrader.execute_submission.ExecuteSubmission before Judge."
            )
        assignment = declared_assignment(resources)
        if assignment is None:
            return nb, resources
        result = resources["verdicts"]
        resources["scores"] = {
            exercise.test_cell: result.exercises[exercise.name].score
            for exercise in assignment.exercises
        }
        show_verdicts(nb, assignment, result)
        nb.metadata[METADATA] = {"result": result.to_json()}
        return nb, resources
