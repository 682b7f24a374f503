"""How much a submission may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Wall-clock limits, in seconds, on one cell and on a whole notebook."""

    cell: float = 30.0
    notebook: float = 120.0


DEFAULT_LIMITS = Limits()
