"""Judge an executed submission's evidence; put the verdicts, in words, into its graded cells."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.errors import CourseError
from autograder.execution import execute
from autograder.execution.faults import METADATA
from autograder.execution.limits import DEFAULT_LIMITS
from autograder.execution.task import NO_USAGE, Executed, Task
from autograder.feedback.verdict_cells import show_verdicts
from autograder.grading.attempt import Attempt, judge_to_the_end
from autograder.grading.judging import unreadable_result
from autograder.grading.preparing import Materials, Prepared
from autograder.nbgrader.course_files import Resources, course_of, declared_assignment


class Judge(NbGraderPreprocessor):
    """Runs after Execute and before SaveScores.

    The result goes to ``resources`` for SaveScores, and into the notebook's metadata for whoever
    reads the autograded notebook later. The graded cells' own outputs are dropped: they are
    evidence, and whatever else the student's code printed while hidden cases ran.
    """

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Judge ``nb``; its graded cells end up with the verdicts as their only output."""
        assignment = declared_assignment(resources)
        if not resources.get("was_run"):
            names = resources["nbgrader"]
            raise CourseError(
                f"{names['assignment']} of {names['student']} was not run, and what was not run "
                "earns nothing: grade without --no-execute, and in nbgrader_config.py put "
                "autograder.nbgrader.execute_submission.ExecuteSubmission before Judge."
            )
        if assignment is None:
            return nb, resources
        about = nb.metadata.pop(METADATA, {})
        name = f"{resources['nbgrader']['student']}/{assignment.name}"
        if reason := about.get("unreadable"):
            result = unreadable_result(assignment, name, reason)
        else:
            limits = resources.get("limits", DEFAULT_LIMITS)
            materials = Materials.of(course_of(self), assignment, limits, ())
            prepared = Prepared("", "", "", "", nb, {}, tuple(about.get("notes", [])))

            def run(task: Task) -> Executed:
                return execute(task, resources.get("trust_submissions", False))

            attempt = Attempt(prepared, prepared.task(materials, figures=False), name)
            result = judge_to_the_end(attempt, Executed(nb, NO_USAGE), materials, run).result
        resources["scores"] = {
            exercise.test_cell: result.exercises[exercise.name].score
            for exercise in assignment.exercises
        }
        show_verdicts(nb, assignment, result)
        nb.metadata[METADATA] = {"result": result.to_json()}
        return nb, resources
