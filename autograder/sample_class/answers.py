"""How sample answers are told: functions in a module, as source for a notebook's cell."""

from __future__ import annotations

import inspect
from types import ModuleType

Answers = dict[str, str]
"""Source of solution cells by exercise."""


def source_of(module: ModuleType, name: str, exercise: str = "") -> str:
    """The source of a cell that defines ``exercise`` as ``module`` has it under ``name``.

    Without ``exercise`` it is the part of ``name`` before two underscores.
    """
    exercise = exercise or name.split("__")[0]
    source = inspect.getsource(getattr(module, name))
    return "@exercise\n" + source.replace(f"def {name}(", f"def {exercise}(", 1)
