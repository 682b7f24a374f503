"""Run a notebook in a Jupyter kernel, without any sandbox, to the end, whatever its cells do.

This is for submissions that are trusted, and works wherever Jupyter does. A cell that does not end
in time, or ends the Python process, is given up: the kernel is killed, a fresh one runs the
notebook again without that cell, and the cell keeps the outputs it had.
"""

from __future__ import annotations

import contextlib
import copy
import logging
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder.execution.faults import Fault, fault_of, set_fault
from autograder.execution.private_kernel import PrivateKernelManager
from autograder.execution.task import Executed, Task, Usage

_INPUTS = "inputs"
KERNEL_ARGUMENTS = [
    "--HistoryManager.hist_file=:memory:",
    # exit() and quit() would end the kernel after their cell, and blame would fall on the next.
    "--InteractiveShellApp.exec_lines=get_ipython().ask_exit = lambda: None",
]


def run_in_kernel(task: Task) -> Executed:
    """Run ``task``; a cell that had to be given up keeps its outputs and carries its fault."""
    executed = copy.deepcopy(task.notebook)
    begun = time.monotonic()
    deadline = begun + task.limits.notebook
    with tempfile.TemporaryDirectory(prefix="submission-") as folder:
        work, environment = _lay_down(task, Path(folder))
        while not _run_until_fault(task, executed, work, deadline, environment):
            if time.monotonic() >= deadline:
                break
    return Executed(executed, Usage(wall=time.monotonic() - begun))


def _lay_down(task: Task, folder: Path) -> tuple[Path, dict[str, str]]:
    """Write the task's files; returns the working folder and the kernel's environment."""
    work = folder / "work"
    work.mkdir()
    for name, content in task.files.items():
        path = work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    environment = {**os.environ, "IPYTHONDIR": str(folder / "ipython")}
    if task.variable:
        environment[task.variable] = str(folder / _INPUTS)
    return work, environment


def _run_until_fault(
    task: Task,
    notebook: NotebookNode,
    folder: Path,
    deadline: float,
    environment: Mapping[str, str],
) -> bool:
    """Run every cell without a fault in a fresh kernel; False if a cell had to be given up."""
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        kernel_manager_class=PrivateKernelManager,
        extra_arguments=KERNEL_ARGUMENTS,
        resources={"metadata": {"path": str(folder)}},
        allow_errors=True,
        skip_cells_with_tag="",
        shutdown_kernel="immediate",
        log=_quiet_log(),
    )
    cells = [
        (number, cell)
        for number, cell in enumerate(notebook.cells)
        if cell.cell_type == "code" and fault_of(cell) is None
    ]
    with client.setup_kernel(env=dict(environment)):
        for number, cell in cells:
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                set_fault(cell, Fault.NOT_RUN)
                continue
            client.timeout = max(1, round(min(task.limits.cell, remaining)))
            try:
                with _inputs_of(cell, task, folder.parent / _INPUTS):
                    client.execute_cell(cell, number)
            except CellTimeoutError:
                own = remaining > task.limits.cell
                set_fault(cell, Fault.TIMED_OUT if own else Fault.CUT_SHORT)
                return False
            except DeadKernelError:
                set_fault(cell, Fault.DIED)
                return False
    return True


@contextlib.contextmanager
def _inputs_of(cell: NotebookNode, task: Task, path: Path) -> Iterator[None]:
    """While a graded cell runs, its inputs are in the file ``path``, and the variable names it."""
    if not task.is_check(cell):
        yield
        return
    path.write_bytes(task.checks[cell.metadata.nbgrader.grade_id])
    source = cell.source
    # The notebook may have cleared its environment.
    cell.source = f"__import__('os').environ[{task.variable!r}] = {str(path)!r}\n{source}"
    try:
        yield
    finally:
        cell.source = source
        path.unlink(missing_ok=True)


def _quiet_log() -> logging.Logger:
    """Time-outs and deaths of kernels are results here, not news for the log."""
    log = logging.getLogger("autograder.execution.kernel")
    log.propagate = False
    log.addHandler(logging.NullHandler())
    return log
