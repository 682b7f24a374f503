"""Hints for students, as data: a module for each assignment, three steps for each exercise.

Each step goes further than the one before, and none is code. Beside the notebook they lie as
``hints.json``, from which ``autograder.instant_checks.hints`` prints them.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping

__all__ = ["Steps", "hints_json", "hints_of"]

Steps = tuple[str, str, str]
"""A question or a picture; what to compute in which order; the decisive detail with an example.

Each line is a paragraph. Lines that begin with two spaces are shown as they are, for small tables.
"""


def hints_of(assignment_name: str) -> dict[str, Steps]:
    """The hints of an assignment by exercise."""
    hints: dict[str, Steps] = importlib.import_module(f"{__name__}.{assignment_name}").HINTS
    return hints


def hints_json(hints: Mapping[str, Steps]) -> str:
    """The text of ``hints.json``."""
    return json.dumps(hints, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
