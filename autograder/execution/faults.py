"""What can go wrong with a cell apart from an error: it runs out of time, or ends the process.

Whoever runs the notebook notes it in the cell's metadata, which the reader of submissions empties
beforehand and which no code of the notebook's can reach.
"""

from __future__ import annotations

from enum import StrEnum

from nbformat import NotebookNode

METADATA = "autograder"


class Fault(StrEnum):
    """Why a cell was given up."""

    TIMED_OUT = "timed out"
    DIED = "ended the Python process"
    MEMORY = "used more memory than allowed"
    FLOODED = "wrote far more output than allowed"
    CROWDED = "started more threads, or wrote more files, than allowed"
    CUT_SHORT = "stopped, because the notebook's time was up"
    NOT_RUN = "not run, because the notebook's time was up"


OUT_OF_TIME = frozenset({Fault.TIMED_OUT, Fault.CUT_SHORT, Fault.NOT_RUN})
WITH_THE_NOTEBOOK = frozenset({Fault.CUT_SHORT, Fault.NOT_RUN})
"""Of these, what other cells may have brought about."""


def fault_of(cell: NotebookNode) -> Fault | None:
    """The fault noted in ``cell``, if any."""
    fault = cell.metadata.get(METADATA, {}).get("fault")
    return Fault(fault) if fault else None


def set_fault(cell: NotebookNode, fault: Fault) -> None:
    """Note ``fault`` in ``cell``."""
    cell.metadata[METADATA] = {"fault": fault.value}
