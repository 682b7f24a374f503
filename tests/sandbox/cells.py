"""Run a few cells in the sandbox, and look at what came of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.execution import execute
from autograder.execution.limits import Limits
from autograder.execution.task import Task

PATIENT = Limits(cell=20)
"""For cells that are to end by themselves."""


CHECK = "# a check\n"
"""How the source of a cell begins that is to be a graded one."""
VARIABLE = "CASES"


def check(*inputs: bytes) -> dict[str, Any]:
    """Settings of a task whose graded cells find these ``inputs``, each its own."""
    checks = {f"check-{number}": content for number, content in enumerate(inputs)}
    return {"checks": checks, "variable": VARIABLE}


def task(*sources: str, limits: Limits = PATIENT, **settings: Any) -> Task:
    """The task of a notebook with these cells; figures are not drawn unless asked for."""
    cells = [new_code_cell(source) for source in sources]
    graded = [cell for cell in cells if cell.source.startswith(CHECK)]
    for number, cell in enumerate(graded):
        cell.metadata["nbgrader"] = NotebookNode(grade=True, grade_id=f"check-{number}")
    return Task(new_notebook(cells=cells), limits=limits, **{"figures": False, **settings})


def run(*sources: str, trust: bool = False, **settings: Any) -> list[NotebookNode]:
    """The executed cells."""
    return execute(task(*sources, **settings), trust).notebook.cells


def run_one(source: str, **settings: Any) -> NotebookNode:
    """The executed cell."""
    return run(source, **settings)[0]


def printed(cell: NotebookNode, stream: str | None = None) -> str:
    """What the cell printed, on one stream or on both."""
    return "".join(
        output.text
        for output in cell.outputs
        if output.output_type == "stream" and stream in (None, output.name)
    )


def errors(cell: NotebookNode) -> list[str]:
    """The names of the cell's errors."""
    return [output.ename for output in cell.outputs if output.output_type == "error"]


def said(source: str, **settings: Any) -> str:
    """What a cell prints that must end without an error."""
    cell = run_one(source, **settings)
    assert not errors(cell), cell.outputs
    return printed(cell).strip()


def descendants(process: int) -> list[int]:
    """The numbers of all living processes that ``process`` started, directly or not."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(folder.name)] = int(fields[1])
    found = [process]
    for known in found:
        found += [child for child, parent in parents.items() if parent == known]
    return found[1:]


def processes_saying(marker: str) -> list[int]:
    """The numbers of the processes, other than this one, with ``marker`` in their command line."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and int(folder.name) != os.getpid():
            try:
                if marker.encode() in (folder / "cmdline").read_bytes():
                    found.append(int(folder.name))
            except OSError:
                continue
    return found


def soon(true: Callable[[], Any], seconds: float = 10) -> Any:
    """Whether ``true()`` becomes so."""
    until = time.monotonic() + seconds
    while not (now := true()) and time.monotonic() < until:
        time.sleep(0.05)
    return now


def open_files() -> int:
    """How many file descriptors this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))
