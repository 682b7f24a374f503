"""Execute a submission with the collector's inputs at hand, and give up only on single cells."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode
from nbgrader.preprocessors import Execute as NbgraderExecute
from traitlets import Float

from autograder.expected import load_key
from autograder.faults import METADATA
from autograder.grading.executing import execute_submission
from autograder.limits import DEFAULT_LIMITS, Limits
from autograder.nbgrader.course_files import Resources, course_of, declared_assignment


class ExecuteSubmission(NbgraderExecute):
    """nbgrader's Execute for other assignments; ours for those that are declared here."""

    cell_seconds = Float(DEFAULT_LIMITS.cell, help="Wall-clock limit on one cell, in seconds.").tag(
        config=True
    )
    notebook_seconds = Float(
        DEFAULT_LIMITS.notebook, help="Wall-clock limit on a whole notebook, in seconds."
    ).tag(config=True)

    @property
    def limits(self) -> Limits:
        """The configured limits."""
        return Limits(cell=self.cell_seconds, notebook=self.notebook_seconds)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Run ``nb`` in its folder; what could not be read is not run."""
        assignment = declared_assignment(resources)
        if assignment is None:
            return super().preprocess(nb, resources)
        resources["limits"] = self.limits
        if nb.metadata.get(METADATA, {}).get("unreadable"):
            return nb, resources
        course = course_of(self)
        key = load_key(assignment, course.root)
        folder = Path(resources["metadata"]["path"])
        return execute_submission(nb, folder, assignment, key, self.limits), resources
