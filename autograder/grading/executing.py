"""Execute a restored submission so that its graded cells leave their evidence."""

from __future__ import annotations

import tempfile
from pathlib import Path

from nbformat import NotebookNode

from autograder.exercises import Assignment
from autograder.expected import AnswerKey
from autograder.grading.inputs import collector_inputs
from autograder.instant_checks import GRADING_VARIABLE
from autograder.kernel import run_notebook
from autograder.limits import Limits


def execute_submission(
    notebook: NotebookNode, folder: Path, assignment: Assignment, key: AnswerKey, limits: Limits
) -> NotebookNode:
    """An executed copy of ``notebook``, run in ``folder`` with the collector's inputs at hand."""
    with tempfile.TemporaryDirectory(prefix="autograder-") as inputs_folder:
        path = Path(inputs_folder) / "inputs.json"
        path.write_text(collector_inputs(assignment, key), encoding="utf-8")
        return run_notebook(notebook, folder, limits, {GRADING_VARIABLE: str(path)})
