"""What counts of a submission."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Standing:
    """What the gradebook says of a submission, manual scores and comments included.

    ``cells`` are (score, points) by grade cell, ``comments`` are by solution cell. ``by_hand`` are
    the grade cells to which a person has given points, ``waiting`` those that a person is to look
    at; both in order.
    """

    score: float
    max_score: float
    late_penalty: float = 0.0
    cells: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    comments: Mapping[str, str | None] = field(default_factory=dict)
    by_hand: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()

    @property
    def total(self) -> float:
        """The points that count: after the late penalty, never below zero."""
        return max(self.score - self.late_penalty, 0.0)
