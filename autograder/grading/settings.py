"""How a class is graded: what the command line says, and the limits that the course sets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from autograder.execution.limits import DEFAULT_LIMITS, Limits

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


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


DEFAULT_SETTINGS = Settings()


def configured_limits(config: Mapping[str, Any]) -> Limits:
    """The limits that a course's configuration sets, and the defaults for the rest."""
    about = config.get("ExecuteSubmission", {})
    changed = {field: about[name] for name, field in LIMIT_NAMES.items() if name in about}
    return Limits(**{**vars(DEFAULT_LIMITS), **changed})
