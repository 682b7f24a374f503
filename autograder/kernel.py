"""Run a notebook in a Jupyter kernel, to the end, whatever its cells do.

A cell that does not end in time, or ends the Python process, is given up: the kernel is killed, a
fresh one runs the notebook again without that cell, and the cell keeps the outputs it had.
"""

from __future__ import annotations

import copy
import logging
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from autograder.faults import Fault, fault_of, set_fault
from autograder.limits import Limits
from autograder.private_kernel import PrivateKernelManager

KERNEL_ARGUMENTS = [
    "--HistoryManager.hist_file=:memory:",
    # exit() and quit() would end the kernel after their cell, and blame would fall on the next.
    "--InteractiveShellApp.exec_lines=get_ipython().ask_exit = lambda: None",
]


def run_notebook(
    notebook: NotebookNode, folder: Path, limits: Limits, variables: Mapping[str, str]
) -> NotebookNode:
    """An executed copy of ``notebook``; faults of cells are noted in them (autograder.faults).

    ``folder`` is the working directory, ``variables`` are added to the kernel's environment.
    Errors in cells are outputs like others; no error of the student's code is raised here.
    """
    executed = copy.deepcopy(notebook)
    deadline = time.monotonic() + limits.notebook
    with tempfile.TemporaryDirectory(prefix="ipython-") as ipython_folder:
        environment = {**os.environ, "IPYTHONDIR": ipython_folder, **variables}
        while not _run_until_fault(executed, folder, limits, deadline, environment):
            if time.monotonic() >= deadline:
                break
    return executed


def _run_until_fault(
    notebook: NotebookNode,
    folder: Path,
    limits: Limits,
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
            client.timeout = max(1, round(min(limits.cell, remaining)))
            try:
                client.execute_cell(cell, number)
            except CellTimeoutError:
                set_fault(cell, Fault.TIMED_OUT)
                return False
            except DeadKernelError:
                set_fault(cell, Fault.DIED)
                return False
    return True


def _quiet_log() -> logging.Logger:
    """Time-outs and deaths of kernels are results here, not news for the log."""
    log = logging.getLogger("autograder.kernel")
    log.propagate = False
    log.addHandler(logging.NullHandler())
    return log
