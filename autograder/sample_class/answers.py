"""How sample answers are told: functions in a module, as source for a notebook's cell."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path
from types import ModuleType

Answers = dict[str, str]
"""Source of solution cells by exercise."""


def source_of(module: ModuleType, name: str, exercise: str = "") -> str:
    """The source of a cell that defines ``exercise`` as ``module`` has it under ``name``.

    Without ``exercise`` it is the part of ``name`` before two underscores.
    """
    return _cell("", inspect.getsource(getattr(module, name)), name, exercise)


def sources_in(path: Path) -> Answers:
    """The source of a cell for each function in the file at ``path``, by the function's name.

    A class goes with the function that follows it. The file is read and not imported: the notebook
    has what it needs, and this process may not.
    """
    text = path.read_text(encoding="utf-8")
    found: Answers = {}
    before = ""
    for node in ast.parse(text).body:
        source = ast.get_source_segment(text, node) or ""
        if isinstance(node, ast.ClassDef):
            before = f"{source}\n\n\n"
        elif isinstance(node, ast.FunctionDef):
            found[node.name] = _cell(before, f"{source}\n", node.name)
            before = ""
    return found


def _cell(before: str, source: str, name: str, exercise: str = "") -> str:
    exercise = exercise or name.split("__")[0]
    return f"{before}@exercise\n" + source.replace(f"def {name}(", f"def {exercise}(", 1)
