"""Judge an executed submission's evidence; put the verdicts, in words, into its graded cells."""

from __future__ import annotations

from collections.abc import Mapping

from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.execution.faults import METADATA
from autograder.execution.limits import DEFAULT_LIMITS
from autograder.expected import load_key
from autograder.feedback.verdict_cells import exercise_html, exercise_text
from autograder.grading.judging import judge_notebook, unreadable_result
from autograder.nbgrader.course_files import Resources, course_of, declared_assignment
from autograder.verdicts import ExerciseResult


class Judge(NbGraderPreprocessor):
    """Runs after Execute and before SaveScores.

    The result goes to ``resources`` for SaveScores, and into the notebook's metadata for whoever
    reads the autograded notebook later. The graded cells' own outputs are dropped: they are
    evidence, and whatever else the student's code printed while hidden cases ran.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Judge ``nb``; its graded cells end up with the verdicts as their only output."""
        assignment = declared_assignment(resources)
        if assignment is None:
            return nb, resources
        about = nb.metadata.pop(METADATA, {})
        name = f"{resources['nbgrader']['student']}/{assignment.name}"
        if reason := about.get("unreadable"):
            result = unreadable_result(assignment, name, reason)
        else:
            course = course_of(self)
            source, key = course.source_notebook(assignment), load_key(assignment, course.root)
            limits = resources.get("limits", DEFAULT_LIMITS)
            notes = about.get("notes", [])
            result = judge_notebook(nb, source, assignment, key, limits, name, notes)
        by_test_cell = {
            exercise.test_cell: result.exercises[exercise.name] for exercise in assignment.exercises
        }
        resources["scores"] = {cell: each.score for cell, each in by_test_cell.items()}
        _show(nb, by_test_cell)
        nb.metadata[METADATA] = {"result": result.to_json(), "digest": about.get("digest")}
        return nb, resources


def _show(notebook: NotebookNode, by_test_cell: Mapping[str, ExerciseResult]) -> None:
    for cell in notebook.cells:
        exercise = by_test_cell.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if exercise is not None:
            data = {"text/plain": exercise_text(exercise), "text/html": exercise_html(exercise)}
            cell.outputs = [new_output("display_data", data)]
