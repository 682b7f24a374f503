"""Lay a submission out for grading: the chosen notebook under its proper name, and plain files.

What the student handed in stays as it is. Links are not followed and not copied.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.submission.finding import Found, find_notebook

_LEFT_OUT = {".ipynb", ".zip"}


def stage(folder: Path, assignment: Assignment, destination: Path) -> Found:
    """Copy the submission in ``folder`` to ``destination``; returns which notebook was chosen.

    Where none could be, an empty file stands for it, so that the submission is graded at all.
    """
    _refuse_unreadable(folder)
    found = find_notebook(folder, assignment)
    destination.mkdir(parents=True)
    _copy_plain_files(folder, destination)
    content = found.notebook.content if found.notebook else b""
    (destination / f"{assignment.name}.ipynb").write_bytes(content)
    return found


def _refuse_unreadable(folder: Path) -> None:
    """What the grader may not read is the instructor's to mend: it is no reason for a zero."""
    for path in (folder, *folder.rglob("*")):
        wanted = os.R_OK | (os.X_OK if path.is_dir() else 0)
        if not path.is_symlink() and not os.access(path, wanted):
            raise CourseError(f"{path} cannot be read: give yourself permission and grade again.")


def _copy_plain_files(folder: Path, destination: Path) -> None:
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or path.name.startswith(".") or path.suffix.lower() in _LEFT_OUT:
            continue
        if path.is_dir():
            (destination / path.name).mkdir()
            _copy_plain_files(path, destination / path.name)
        elif path.is_file():
            shutil.copy2(path, destination / path.name, follow_symlinks=False)
