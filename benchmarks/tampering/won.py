"""What a grader gave: points of 100, if it came to a verdict."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Won:
    """The points, and whether the grader came to a verdict at all or left it to a person."""

    points: float
    graded: bool = True


NO_VERDICT = Won(0.0, graded=False)
