"""What is asked of whoever runs a notebook, and what they give back. Plain values: they travel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograder.execution.limits import DEFAULT_LIMITS, Limits


@dataclass(frozen=True)
class Task:
    """One notebook to run to the end, whatever its cells do."""

    notebook: NotebookNode
    """A sanitised notebook; it is not changed."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What lies in the working folder: contents by relative path, with forward slashes."""
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    """Files outside the working folder: contents by the environment variable that names them."""
    limits: Limits = DEFAULT_LIMITS
    figures: bool = True
    """Whether figures are drawn, which costs more time than all the rest."""
    seed: int = 0
    """What Python's and NumPy's global random states start from."""
    framework: str = ""
    """An extra that the notebook imports, and that has to be installed where it runs."""
    concealed: tuple[str, ...] = ()
    """Real paths of folders and files that must not be visible although they may lie in what is."""


@dataclass(frozen=True)
class Usage:
    """What running a notebook took: seconds, and bytes of memory at the most."""

    wall: float = 0.0
    cpu: float = 0.0
    memory: int = 0


NO_USAGE = Usage()


@dataclass(frozen=True)
class Executed:
    """The executed copy of a task's notebook. Cells that were given up carry their fault.

    Errors of the student's code are outputs like others.
    """

    notebook: NotebookNode
    usage: Usage
