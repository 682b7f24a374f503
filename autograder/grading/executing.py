"""From a restored submission to the task of running it so that its graded cells leave evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from nbformat import NotebookNode

from autograder.execution.limits import Limits
from autograder.execution.task import Task
from autograder.instant_checks import GRADING_VARIABLE


def grading_task(
    notebook: NotebookNode,
    files: Mapping[str, bytes],
    inputs: Mapping[str, bytes],
    limits: Limits,
    *,
    figures: bool = False,
    framework: str = "",
    concealed: tuple[str, ...] = (),
) -> Task:
    """The task of running ``notebook`` among ``files`` with the collector's ``inputs`` at hand.

    ``concealed`` is what it must not see; see :func:`concealed_folders`.
    """
    return Task(
        notebook,
        files,
        limits,
        figures,
        seed_of(notebook),
        framework,
        concealed,
        inputs,
        GRADING_VARIABLE,
    )


def seed_of(notebook: NotebookNode) -> int:
    """Random states are each submission's own, and the same whenever and wherever it is graded."""
    sources = "\0".join(cell.source for cell in notebook.cells)
    return int.from_bytes(hashlib.sha256(sources.encode(errors="replace")).digest()[:8], "big")
