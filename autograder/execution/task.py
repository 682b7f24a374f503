"""What is asked of whoever runs a notebook, and what they give back. Plain values: they travel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograder.execution.faults import OUT_OF_TIME, fault_of
from autograder.execution.limits import DEFAULT_LIMITS, Limits

_HINDERED = 0.25
"""The share of its time that a submission has to be kept waiting for its time-outs not to count.
Processor time depends on the load, too, but by less than this."""


@dataclass(frozen=True)
class Task:
    """One notebook to run to the end, whatever its cells do."""

    notebook: NotebookNode
    """A sanitised notebook; it is not changed."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What lies in the working folder: contents by relative path, with forward slashes."""
    limits: Limits = DEFAULT_LIMITS
    figures: bool = True
    """Whether figures are drawn, which costs more time than all the rest."""
    seed: int = 0
    """What Python's and NumPy's global random states start from."""
    framework: str = ""
    """An extra that the notebook imports, and that has to be installed where it runs."""
    concealed: tuple[str, ...] = ()
    """Real paths of folders and files that must not be visible although they may lie in what is."""
    checks: Mapping[str, bytes] = field(default_factory=dict)
    """Graded cells, by grade_id, and what each of them finds in a file while it runs, and only
    then. In a sandbox the source of these cells is kept from the notebook's other code, too."""
    variable: str = ""
    """The environment variable that names this file to the checks."""

    def is_check(self, cell: NotebookNode) -> bool:
        """Whether ``cell`` is one of the checks."""
        return cell.metadata.get("nbgrader", {}).get("grade_id") in self.checks


@dataclass(frozen=True)
class Usage:
    """What running a notebook took: seconds, and bytes of memory at the most.

    ``waited`` are the seconds of ``wall`` in which it could have gone on, but the machine had
    others to run.
    """

    wall: float = 0.0
    cpu: float = 0.0
    memory: int = 0
    waited: float = 0.0


NO_USAGE = Usage()


@dataclass(frozen=True)
class Executed:
    """The executed copy of a task's notebook. Cells that were given up carry their fault.

    Errors of the student's code are outputs like others.
    """

    notebook: NotebookNode
    usage: Usage
    tier: str = ""
    """How well it was isolated: "full", "restricted", or "trusted" for not at all."""

    @property
    def was_hindered(self) -> bool:
        """Whether its time ran out while the machine had others to run: no fault of its own."""
        late = {fault_of(cell) for cell in self.notebook.cells} & OUT_OF_TIME
        return bool(late) and self.usage.waited > _HINDERED * self.usage.wall
