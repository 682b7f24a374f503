"""Where a student's submission lies, or what lies there instead: nobody is left out silently.

Its folder is called like the assignment. One that is called almost so is it, too. All else that may
have been meant for the assignment is named with what to do, for a person to put into place.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from autograder.exercises import Assignment
from autograder.submission.arrival import TIMESTAMP
from autograder.submission.caps import MAX_BYTES
from autograder.submission.finding import answers_assignment, find_notebook
from autograder.submission.other_files import listed
from autograder.submission.zips import is_hidden, is_notebook

_MOST = 1_000
"""Entries of a student's folder that are looked at."""


@dataclass(frozen=True)
class Place:
    """The ``folder`` of a submission; or the ``reason`` why there is none to grade."""

    folder: Path
    reason: str = ""


def locate(folder: Path, assignment: Assignment, others: Collection[str]) -> Place | None:
    """Find the submission of ``assignment`` that should be in ``folder``; None if there is none.

    ``others`` are names of other assignments, whose folders lie beside it. A folder that cannot be
    looked into may hold one, and a link that leads nowhere is to be refused, so both are places.
    """
    student = folder.parent
    if student.is_file():
        return _no_folder(student, folder) if _answers(student, assignment) else None
    if not student.is_dir():
        return None
    if not os.access(student, os.X_OK) or folder.is_dir() or folder.is_symlink():
        return Place(folder)
    if folder.name != assignment.name or is_hidden([student.name]):
        return None
    if not os.access(student, os.R_OK):
        return Place(folder, f"{student} cannot be read: give yourself permission and grade again.")
    short = f"{student.parent.name}/{student.name}"
    entries = sorted(islice(_visible(student), _MOST))
    if not entries:
        return Place(folder, f"{short} holds nothing.")
    alike = [path for path in entries if path.is_dir() and folded(path.name) == folded(folder.name)]
    if len(alike) == 1 and not alike[0].is_symlink():
        return Place(alike[0])
    meant = alike or list(_meant(entries, assignment, {folded(name) for name in others}))
    if not meant:
        return None
    what = f"{short} holds no folder {assignment.name!r}, but {listed([p.name for p in meant])}"
    return Place(folder, f"{what}. Put what was handed in into that folder, and grade again.")


def _no_folder(path: Path, folder: Path) -> Place:
    submitted = path.parent.name
    reason = f"{submitted}/{path.name} lies in no student's folder. Put it where it belongs"
    return Place(folder, f"{reason}, {submitted}/<student>/{folder.name}/, and grade again.")


def folded(name: str) -> str:
    """``name`` without regard to case, and to what stands between its words."""
    return re.sub(r"[\W_]+", "_", unicodedata.normalize("NFKC", name).casefold()).strip("_")


def _visible(student: Path) -> Iterator[Path]:
    with os.scandir(student) as entries:
        for entry in entries:
            if not is_hidden([entry.name]) and entry.name != TIMESTAMP:
                yield Path(entry.path)


def _meant(entries: list[Path], assignment: Assignment, others: set[str]) -> Iterator[Path]:
    """What may have been handed in for ``assignment``, among what is nobody else's.

    Where nothing of another assignment lies, every file may.
    """
    alone = not any(folded(path.name) in others for path in entries)
    for path in entries:
        if folded(path.name) in others:
            continue
        called = folded(assignment.name) in folded(path.name)
        if called or (alone and path.is_file()) or _answers(path, assignment):
            yield path


def _answers(path: Path, assignment: Assignment) -> bool:
    try:
        if path.is_symlink():
            return False
        if path.is_dir():
            content = find_notebook(path, assignment).content
            return content is not None and answers_assignment(content, assignment)
        small = is_notebook(path.name) and path.stat().st_size <= MAX_BYTES
        return small and answers_assignment(path.read_bytes(), assignment)
    except OSError:  # what cannot be read is for a person to look at
        return True
