"""How a class is graded: what the command line says, and the limits that the course sets."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.execution.limits import Limits
from autograder.exercises import Assignment
from autograder.nbgrader.own_settings import RunSettings

LIMIT_NAMES = {
    "cell_seconds": "cell",
    "notebook_seconds": "notebook",
    "memory_bytes": "memory",
    "processes": "processes",
    "cell_output_bytes": "cell_output",
    "output_bytes": "output",
    "file_bytes": "files",
}
"""Names in ``nbgrader_config.py`` (``c.ExecuteSubmission.…``) and in :class:`Limits`."""


@dataclass(frozen=True)
class Settings:
    """What one run of ``autograder grade`` was asked for."""

    force: bool = False
    """Grade again what has not changed, too."""
    workers: int = 0
    """How many submissions run at once; 0 for as many as there are processors."""
    scheduler: str = ""
    """The address of a Dask scheduler whose workers run the submissions."""
    figures: bool = False
    """Draw figures, for feedback with plots."""
    feedback: bool = True
    """Write feedback pages."""
    trust: bool = False
    """Run submissions without a sandbox."""

    @property
    def at_once(self) -> int:
        """How many submissions run at once on this machine."""
        return self.workers or _processors()

    def at_once_within(self, memory: int) -> int:
        """The same for submissions that need so many bytes of memory each, and are given them.

        Whoever asks for a number of workers gets it.
        """
        if self.workers or not memory:
            return self.at_once
        return max(1, min(self.at_once, _available_memory() // memory))


def _available_memory() -> int:
    """Bytes that programs could use now, as far as the system says; else more than enough."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return sys.maxsize


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


DEFAULT_SETTINGS = Settings()


def configured_limits(config: Mapping[str, Any], assignment: Assignment) -> Limits:
    """The limits that a course's configuration sets, and the defaults for the rest.

    What ``assignment`` needs it gets in any case.
    """
    about = config.get("ExecuteSubmission", {})
    own = RunSettings(**{name: about[name] for name in LIMIT_NAMES if name in about})
    limits = Limits(**{field: getattr(own, name) for name, field in LIMIT_NAMES.items()})
    return limits.raised_to(**vars(assignment.needs))
