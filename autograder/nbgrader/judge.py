"""Judge an executed submission's evidence; put the verdicts, in words, into its graded cells."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.execution import execute
from autograder.execution.faults import METADATA
from autograder.execution.limits import DEFAULT_LIMITS
from autograder.expected import load_key
from autograder.feedback.verdict_cells import show_verdicts
from autograder.grading.carrying import judge_carrying_forward
from autograder.grading.concealed import concealed_folders
from autograder.grading.executing import grading_task
from autograder.grading.inputs import collector_inputs
from autograder.grading.judging import unreadable_result
from autograder.nbgrader.course_files import Resources, course_of, declared_assignment
from autograder.submission.files import assignment_files


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
            files = assignment_files(Path(resources["metadata"]["path"]))
            inputs = collector_inputs(assignment, key)
            trust = resources.get("trust_submissions", False)

            def run(cells: NotebookNode) -> NotebookNode:
                task = grading_task(
                    cells,
                    files,
                    inputs,
                    limits,
                    framework=assignment.framework,
                    concealed=concealed_folders(course),
                )
                return execute(task, trust).notebook

            result = judge_carrying_forward(nb, source, assignment, key, limits, name, notes, run)
        resources["scores"] = {
            exercise.test_cell: result.exercises[exercise.name].score
            for exercise in assignment.exercises
        }
        show_verdicts(nb, assignment, result)
        nb.metadata[METADATA] = {"result": result.to_json()}
        return nb, resources
