"""``autograded/``: the executed and judged notebooks, with what tells that they are current."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.execution.faults import METADATA
from autograder.exercises import Assignment
from autograder.submission.inert_names import inert_files


class CourseFiles:
    """The files that every submission of an assignment has beside its notebook.

    A megabyte or more, which each submission would otherwise have a copy of: they are written once,
    and every other folder gets a link to the same file, unless ``permissions`` let people write.
    """

    def __init__(self, files: Mapping[str, bytes], permissions: int) -> None:
        """``files`` by relative path; nothing is written yet."""
        self.files, self._permissions = files, permissions
        self._written: dict[str, Path] = {}

    def put(self, folder: Path) -> None:
        """Let all of them be in ``folder``, in which none is yet."""
        writable = self._permissions & 0o222
        for relative, content in self.files.items():
            path = folder / relative
            try:
                os.link(self._written[relative], path)
            except (KeyError, OSError):  # none yet, or not any more, or no links here
                _write(path, content, self._permissions)
                if not writable:
                    self._written[relative] = path


def write_autograded(
    folder: Path,
    name: str,
    notebook: NotebookNode,
    own: Mapping[str, bytes],
    course_files: CourseFiles,
    permissions: int,
) -> None:
    """Put ``notebook``, the student's ``own`` files and the course's into ``folder``.

    What was there is replaced. Where both have a file of one name, the course's counts. A student's
    file that a browser would run lies there under another name. The notebook comes last and at
    once, for it says that all else is done.
    """
    if folder.exists():
        shutil.rmtree(folder)
    own = inert_files({name: own[name] for name in own if name not in course_files.files})
    everything = {*own, *course_files.files}
    for parent in {folder, *((folder / relative).parent for relative in everything)}:
        parent.mkdir(parents=True, exist_ok=True)
    for relative, content in own.items():
        _write(folder / relative, content, permissions)
    course_files.put(folder)
    write_notebook(folder / f"{name}.ipynb", notebook, permissions)


def _write(path: Path, content: bytes, permissions: int) -> None:
    path.write_bytes(content)
    path.chmod(permissions)


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
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    about["result"]["exercises"] = in_order  # the notebook's JSON is sorted by name
    return about
