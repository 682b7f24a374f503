"""Execute a solution, and fail loudly if any cell of it fails."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import Execute

from autograder.execution.private_kernel import PrivateKernelManager
from autograder.nbgrader.course_files import Resources

CELL_SECONDS = 1800
"""A solution is ours, and a cell in it may train a network, even on a slow machine."""


class ExecuteSolution(Execute):
    """nbgrader's Execute, which swallows errors, made strict; a time-out is an error too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Set what no configuration may change; see nbgrader's Execute for the arguments."""
        super().__init__(*args, kernel_manager_class=PrivateKernelManager, **kwargs)
        self.allow_errors = False
        self.timeout = CELL_SECONDS
        self.interrupt_on_timeout = False
        self.shutdown_kernel = "immediate"  # a kernel that says goodbye may stumble over it, aloud
        self.coalesce_streams = True  # how printed text is cut into messages is up to chance

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Run ``nb``; raises nbclient's CellExecutionError with the failing cell's traceback."""
        nb, resources = super().preprocess(nb, resources)
        for cell in nb.cells:
            cell.metadata.pop("execution", None)  # times of day, which would differ on every run
        return nb, resources
