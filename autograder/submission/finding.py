"""Find the one notebook in what a student handed in: a folder, perhaps with zips and copies in it.

The file with the assignment's own name counts. Without one, the only notebook that answers the
assignment counts, or the latest of several; if that cannot be told, none does. Links are not
followed, and nothing from a zip is ever written under the name that the zip gives it.
"""

from __future__ import annotations

import contextlib
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autograder.exercises import Assignment
from autograder.submission.reading import MAX_BYTES, decode_notebook
from autograder.submission.walking import paths_below

CLEARLY_LATER_SECONDS = 60
"""Copying and unpacking set times a moment apart; only a longer distance tells attempts apart."""

MAX_NOTEBOOKS_IN_ZIP = 100


@dataclass(frozen=True)
class Candidate:
    """A notebook file: its name within the submission, when it was saved (Unix time), its bytes."""

    name: str
    saved: float
    content: bytes


@dataclass(frozen=True)
class Found:
    """The notebook to grade, or None with the ``reason``; ``notes`` say how it was chosen."""

    notebook: Candidate | None
    reason: str = ""
    notes: tuple[str, ...] = ()


def find_notebook(folder: Path, assignment: Assignment) -> Found:
    """Choose the notebook of ``assignment`` among the files of ``folder``."""
    own = f"{assignment.name}.ipynb"
    candidates = list(_candidates(folder))
    for named in (
        [item for item in candidates if item.name == own],
        [item for item in candidates if PurePosixPath(item.name).name == own],
    ):
        if len({item.content for item in named}) == 1:
            others = [item.name for item in candidates if item is not named[0]]
            notes = (f"Other notebooks were handed in too and not graded: {_listed(others)}.",)
            return Found(named[0], notes=notes if others else ())
    if not candidates:
        return Found(None, _nothing_found(folder))
    answers = [item for item in candidates if answers_assignment(item.content, assignment)]
    return _choose(answers or candidates, assignment)


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
    others = [other for other in ranked if other.content != chosen.content]
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
    text, _ = decode_notebook(content)
    return any(
        f'"{exercise.name}"' in text or f"def {exercise.name}(" in text
        for exercise in assignment.exercises
    )


def _candidates(folder: Path) -> Iterator[Candidate]:
    room = MAX_BYTES  # for all that is unpacked: many small zips can hold as much as a large one
    for path in paths_below(folder):
        name = path.relative_to(folder).as_posix()
        if not _is_readable(path, folder):
            continue
        if path.suffix.lower() == ".ipynb":
            yield from _as_it_is(path, name)
        elif path.suffix.lower() == ".zip":
            for candidate in _in_zip(path, name, room):
                room -= len(candidate.content)
                yield candidate


def _as_it_is(path: Path, name: str) -> Iterator[Candidate]:
    with contextlib.suppress(OSError):  # what cannot be read does not hide what can
        if path.stat().st_size <= MAX_BYTES:
            yield Candidate(name, path.stat().st_mtime, path.read_bytes())


def _is_readable(path: Path, folder: Path) -> bool:
    """Whether ``path`` is an ordinary file: not hidden, no link, and not behind one."""
    linked = path.is_symlink() or any(parent.is_symlink() for parent in _inside(path, folder))
    return not linked and not _is_hidden(path.relative_to(folder).parts) and path.is_file()


def _inside(path: Path, folder: Path) -> Iterator[Path]:
    return (parent for parent in path.parents if folder in parent.parents)


def _in_zip(path: Path, name: str, room: int) -> Iterator[Candidate]:
    try:
        with zipfile.ZipFile(path) as archive:
            notebooks = [item for item in archive.infolist() if _is_notebook(item)]
            for item in notebooks[:MAX_NOTEBOOKS_IN_ZIP]:
                saved = time.mktime((*item.date_time, 0, 0, -1))
                with archive.open(item) as file:
                    content = file.read(room + 1)
                if len(content) <= room:
                    room -= len(content)
                    yield Candidate(f"{name}/{item.filename}", saved, content)
    except Exception:  # damage shows as errors of zipfile, zlib, lzma, struct, …
        return  # what else is in the folder may do


def _is_notebook(item: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(item.filename)
    return path.suffix.lower() == ".ipynb" and not _is_hidden(path.parts)


def _is_hidden(parts: Iterable[str]) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(repr(name) for name in names)
