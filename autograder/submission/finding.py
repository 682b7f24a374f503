"""Find the one notebook in what a student handed in: a folder, perhaps with zips and copies in it.

The file with the assignment's own name counts. Without one, the only notebook that answers the
assignment counts, or the latest of several; if that cannot be told, none does. Links are not
followed, and nothing from a zip is ever written under the name that the zip gives it.
"""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from autograder.exercises import Assignment
from autograder.submission.caps import MAX_BYTES, TooLargeError
from autograder.submission.encodings import as_utf8
from autograder.submission.walking import paths_below
from autograder.submission.zips import is_hidden, notebooks_in_zip

CLEARLY_LATER_SECONDS = 60
"""Copying and unpacking set times a moment apart; only a longer distance tells attempts apart."""

MAX_CANDIDATES = 200
"""Notebooks that are looked at."""

_NAMED = 100
"""Names of files in a note."""


@dataclass(frozen=True)
class Candidate:
    """A notebook file: its name within the submission, and when it was saved (Unix time).

    Its bytes are read when they are asked for, one file at a time: many can be large.
    """

    name: str
    saved: float
    read: Callable[[], bytes] = field(repr=False, compare=False)

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.read()

    @cached_property
    def digest(self) -> bytes:
        """By which to know the same content again."""
        return hashlib.sha256(self.read()).digest()


@dataclass(frozen=True)
class Found:
    """The notebook to grade, or None with the ``reason``; ``notes`` say how it was chosen."""

    notebook: Candidate | None
    reason: str = ""
    notes: tuple[str, ...] = ()


def find_notebook(folder: Path, assignment: Assignment) -> Found:
    """Choose the notebook of ``assignment`` among the files of ``folder``."""
    own = f"{assignment.name}.ipynb"
    candidates = list(itertools.islice(_candidates(folder, own), MAX_CANDIDATES))
    for named in (
        [item for item in candidates if item.name == own],
        [item for item in candidates if PurePosixPath(item.name).name == own],
    ):
        if len(named) == 1 or (named and len({item.digest for item in named}) == 1):
            others = [item.name for item in candidates if item is not named[0]]
            notes = (f"Other notebooks were handed in too and not graded: {_listed(others)}.",)
            return Found(named[0], notes=notes if others else ())
    candidates = [item for item in candidates if _can_be_read(item)]
    if not candidates:
        return Found(None, _nothing_found(folder))
    answers = [item for item in candidates if answers_assignment(item.content, assignment)]
    return _choose(answers or candidates, assignment)


def _can_be_read(candidate: Candidate) -> bool:
    """What cannot be read does not hide what can."""
    try:
        return bool(candidate.digest)
    except OSError:
        return False


def _nothing_found(folder: Path) -> str:
    files = [path for path in paths_below(folder) if _is_readable(path, folder)]
    notebooks = [path for path in files if path.suffix.lower() == ".ipynb"]
    if any(path.stat().st_size > MAX_BYTES for path in notebooks):
        size = MAX_BYTES // 1_000_000
        return f"The notebook is larger than {size} MB. Clear its outputs and submit it again."
    if notebooks or any(path.suffix.lower() == ".zip" for path in files):
        return "No notebook that can be read was handed in. Submit it again, best as it is."
    return "No notebook was handed in."


def _choose(candidates: list[Candidate], assignment: Assignment) -> Found:
    ranked = sorted(candidates, key=lambda item: item.saved, reverse=True)
    chosen = ranked[0]
    others = [other for other in ranked if other.digest != chosen.digest]
    note = f"The notebook was called {chosen.name!r}, not '{assignment.name}.ipynb'."
    if not others:
        return Found(chosen, notes=(note,))
    if chosen.saved - others[0].saved >= CLEARLY_LATER_SECONDS:
        left = _listed(item.name for item in others)
        return Found(chosen, notes=(note, f"It is the latest; earlier ones were left: {left}."))
    names = _listed(item.name for item in ranked)
    reason = (
        f"Several notebooks were handed in, and it cannot be told which is the latest: {names}. "
        f"Hand in the one that counts, as '{assignment.name}.ipynb'."
    )
    return Found(None, reason)


def answers_assignment(content: bytes, assignment: Assignment) -> bool:
    """Whether the file mentions a cell or a function of the assignment."""
    try:
        content, _ = as_utf8(content)
    except TooLargeError:  # whoever reads it says so
        return False
    return any(
        f'"{exercise.name}"'.encode() in content or f"def {exercise.name}(".encode() in content
        for exercise in assignment.exercises
    )


def _candidates(folder: Path, own: str = "") -> Iterator[Candidate]:
    """The notebooks in ``folder``; the one of the assignment's own name comes first."""
    room = MAX_BYTES  # for all that is unpacked: many small zips can hold as much as a large one
    for path in (folder / own, *(each for each in paths_below(folder) if each != folder / own)):
        name = path.relative_to(folder).as_posix()
        if not _is_readable(path, folder):
            continue
        if path.suffix.lower() == ".ipynb" and path.stat().st_size <= MAX_BYTES:
            yield Candidate(name, path.stat().st_mtime, path.read_bytes)
        elif path.suffix.lower() == ".zip":
            for packed in notebooks_in_zip(path, room):
                room -= packed.size
                yield Candidate(f"{name}/{packed.name}", packed.saved, packed.read)


def _is_readable(path: Path, folder: Path) -> bool:
    """Whether ``path`` is an ordinary file: not hidden, no link, and not behind one."""
    linked = path.is_symlink() or any(parent.is_symlink() for parent in _inside(path, folder))
    hidden = is_hidden(path.relative_to(folder).parts)
    return not linked and not hidden and path.is_file() and os.access(path, os.R_OK)


def _inside(path: Path, folder: Path) -> Iterator[Path]:
    return (parent for parent in path.parents if folder in parent.parents)


def _listed(names: Iterable[str]) -> str:
    known = list(names)
    more = f" and {len(known) - _NAMED} more" if len(known) > _NAMED else ""
    return ", ".join(repr(name) for name in known[:_NAMED]) + more
