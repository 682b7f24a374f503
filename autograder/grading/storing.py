"""``autograded/``: the executed and judged notebooks, with what tells that they are current."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.execution.faults import METADATA
from autograder.exercises import Assignment


def write_autograded(
    folder: Path, name: str, notebook: NotebookNode, files: Mapping[str, bytes], permissions: int
) -> None:
    """Put ``notebook`` and ``files`` into ``folder``, replacing what was there.

    The notebook comes last and at once, for it says that all else is done.
    """
    if folder.exists():
        shutil.rmtree(folder)
    for parent in {folder, *((folder / relative).parent for relative in files)}:
        parent.mkdir(parents=True, exist_ok=True)
    for relative, content in files.items():
        path = folder / relative
        path.write_bytes(content)
        path.chmod(permissions)
    write_notebook(folder / f"{name}.ipynb", notebook, permissions)


def write_notebook(path: Path, notebook: Mapping[str, Any], permissions: int) -> None:
    """Write ``notebook``, all of it or nothing."""
    draft = path.with_name(f".{path.stem}.draft")
    # In one line: nbformat's own layout, with a line for each line, takes ten times as long.
    draft.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    draft.chmod(permissions)
    draft.replace(path)


def renew_digest(path: Path, digest: str) -> None:
    """Let the autograded notebook at ``path`` be known again by another ``digest``."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"][METADATA]["digest"] = digest
    write_notebook(path, notebook, path.stat().st_mode)


def read_judged(path: Path, assignment: Assignment) -> dict[str, Any]:
    """What the judge left in the notebook at ``path``: "result" and "digest"; empty before that."""
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        about: dict[str, Any] = notebook["metadata"][METADATA]
        exercises = about["result"]["exercises"]
        in_order = {each.name: exercises[each.name] for each in assignment.exercises}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    about["result"]["exercises"] = in_order  # the notebook's JSON is sorted by name
    return about
