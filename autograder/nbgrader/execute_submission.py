"""Execute a submission with the collector's inputs at hand, and give up only on single cells."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Bool, Float, Int

from autograder.execution import execute
from autograder.execution.faults import METADATA
from autograder.execution.limits import DEFAULT_LIMITS, Limits
from autograder.exercises import Assignment
from autograder.expected import load_key
from autograder.grading.concealed import concealed_folders
from autograder.grading.executing import grading_task
from autograder.grading.inputs import collector_inputs
from autograder.grading.settings import LIMIT_NAMES
from autograder.nbgrader.course_files import Resources, course_of, declared_assignment
from autograder.submission.files import assignment_files


class ExecuteSubmission(NbgraderExecute):
    """nbgrader's Execute for other assignments; ours for those that are declared here."""

    cell_seconds = Float(DEFAULT_LIMITS.cell, help="Wall-clock limit on one cell, in seconds.").tag(
        config=True
    )
    notebook_seconds = Float(
        DEFAULT_LIMITS.notebook, help="Wall-clock limit on a whole notebook, in seconds."
    ).tag(config=True)

    memory_bytes = Int(DEFAULT_LIMITS.memory, help="Limit on memory, in bytes.").tag(config=True)
    processes = Int(DEFAULT_LIMITS.processes, help="Limit on processes and threads at once.").tag(
        config=True
    )
    cell_output_bytes = Int(
        DEFAULT_LIMITS.cell_output, help="Limit on what one cell prints and shows, in bytes."
    ).tag(config=True)
    output_bytes = Int(
        DEFAULT_LIMITS.output, help="Limit on what a notebook prints and shows, in bytes."
    ).tag(config=True)
    file_bytes = Int(DEFAULT_LIMITS.files, help="Limit on a submission's files, in bytes.").tag(
        config=True
    )
    figures = Bool(True, help="Whether figures are drawn, which takes most of the time.").tag(
        config=True
    )
    trust_submissions = Bool(
        False, help="Run submissions without a sandbox, with the grader's own rights."
    ).tag(config=True)

    def limits_of(self, assignment: Assignment) -> Limits:
        """The configured limits, and what ``assignment`` needs."""
        configured = {field: getattr(self, name) for name, field in LIMIT_NAMES.items()}
        return Limits(**configured).raised_to(**vars(assignment.needs))

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Run ``nb`` in its folder; what could not be read is not run."""
        assignment = declared_assignment(resources)
        if assignment is None:
            return super().preprocess(nb, resources)
        limits = self.limits_of(assignment)
        resources["limits"], resources["trust_submissions"] = limits, self.trust_submissions
        if nb.metadata.get(METADATA, {}).get("unreadable"):
            return nb, resources
        course = course_of(self)
        inputs = collector_inputs(assignment, load_key(assignment, course.root))
        files = assignment_files(Path(resources["metadata"]["path"]))
        task = grading_task(
            nb,
            files,
            inputs,
            limits,
            figures=self.figures,
            framework=assignment.framework,
            concealed=concealed_folders(course),
        )
        return execute(task, self.trust_submissions).notebook, resources
