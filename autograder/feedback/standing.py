"""What counts of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Standing:
    """What the gradebook says of a submission, manual scores and comments included.

    ``cells`` are (score, points) by grade cell, ``comments`` are by solution cell.
    """

    score: float
    max_score: float
    late_penalty: float = 0.0
    cells: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    comments: Mapping[str, str | None] = field(default_factory=dict)
