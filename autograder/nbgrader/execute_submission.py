"""Execute a submission as `autograder grade` does, and leave the verdicts on it for Judge."""

from __future__ import annotations

from nbformat import NotebookNode
from nbgrader.preprocessors import Execute as NbgraderExecute

from autograder.errors import CourseError
from autograder.execution import execute_fairly
from autograder.execution.limits import Limits
from autograder.exercises import Assignment
from autograder.grading.attempt import judge_to_the_end
from autograder.grading.concealed import concealed_folders
from autograder.grading.preparing import Materials, prepare
from autograder.grading.settings import LIMIT_NAMES
from autograder.nbgrader.admission import admit, admit_plain
from autograder.nbgrader.course_files import AtHand, Resources, declared_assignment
from autograder.nbgrader.own_settings import RunSettings
from autograder.nbgrader.plain_assignment import (
    files_of_plain,
    plain_task,
    refuse_other_languages,
    show_faults,
)


class ExecuteSubmission(RunSettings, NbgraderExecute):
    """Runs submissions in the sandbox; what is not declared here is then for nbgrader to score."""

    def limits_of(self, assignment: Assignment) -> Limits:
        """The configured limits, and what ``assignment`` needs."""
        configured = {field: getattr(self, name) for name, field in LIMIT_NAMES.items()}
        return Limits(**configured).raised_to(**vars(assignment.needs))

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Run the submission that ``nb`` was read from."""
        submission = AtHand.of(self, resources)
        try:
            admit(submission)
            resources["was_run"] = True
            assignment = declared_assignment(resources)
            if assignment is None:
                return self._run_plain(nb, resources, submission)
            return self._run_declared(nb, resources, submission, assignment)
        except CourseError as error:
            self.log.error("%s", error)  # nbgrader shows a traceback, and goes on with the others
            raise

    def _run_plain(
        self, nb: NotebookNode, resources: Resources, submission: AtHand
    ) -> tuple[NotebookNode, Resources]:
        """Run what is not declared here, for nbgrader to score."""
        admit_plain(submission, nb)
        if self.trust_submissions:
            return super().preprocess(nb, resources)
        refuse_other_languages(nb, submission.name)
        files = files_of_plain(submission)
        concealed = concealed_folders(submission.course)
        task = plain_task(
            nb, files, self._plain_limits(), figures=self.figures, concealed=concealed
        )
        executed = execute_fairly(task)
        show_faults(executed.notebook)
        return executed.notebook, resources

    def _plain_limits(self) -> Limits:
        """The configured limits, and nbgrader's own on a cell's time if that is set."""
        configured = Limits(**{field: getattr(self, name) for name, field in LIMIT_NAMES.items()})
        if self.timeout is None or self.timeout == type(self).timeout.default_value:
            return configured
        return configured.raised_to(cell_seconds=self.timeout, notebook_seconds=self.timeout)

    def _run_declared(
        self,
        nb: NotebookNode,
        resources: Resources,
        submission: AtHand,
        assignment: Assignment,
    ) -> tuple[NotebookNode, Resources]:
        """Run and judge what was handed in, as `autograder grade` does."""
        limits = self.limits_of(assignment)
        materials = Materials.of(submission.course, assignment, submission.directory, limits)
        prepared = prepare(submission.student, submission.submitted, materials)
        name = f"{submission.student}/{assignment.name}"
        judged = judge_to_the_end(
            prepared, name, materials, figures=self.figures, trust=self.trust_submissions
        )
        resources["verdicts"] = judged.result
        _mark(judged.notebook, nb)
        return judged.notebook, resources


def _mark(notebook: NotebookNode, marked: NotebookNode) -> None:
    """Give the cells of ``notebook`` what nbgrader has noted in the ``marked`` ones: checksums."""
    notes = {
        cell.metadata.nbgrader.grade_id: cell.metadata.nbgrader
        for cell in marked.cells
        if "nbgrader" in cell.metadata
    }
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata["nbgrader"] = notes.get(
                cell.metadata.nbgrader.grade_id, cell.metadata.nbgrader
            )
