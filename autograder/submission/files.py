"""The files that lie beside a notebook while it runs: the student's own, and the assignment's."""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePath, PurePosixPath

from autograder.submission.walking import MAX_PATHS, paths_below

MAX_OWN_BYTES = 16_000_000
"""Of the files that a student handed in beside the notebook; what is more is left out."""
MAX_OWN_FILES = 500
_NOTEBOOK = ".ipynb"
Files = dict[str, bytes]


def own_files(
    folder: Path,
    ignored: Iterable[str] = (),
    left_out: Collection[str] = (".zip",),
    *,
    graded: Collection[str] = (),
) -> tuple[Files, tuple[str, ...]]:
    """The plain files of the submission in ``folder``, by relative path, and notes for its student.

    Links are not followed; hidden files, those with the suffixes ``left_out``, and the notebooks
    that are ``graded`` are not needed. Other notebooks may be: they come last, for where there is
    not room for all. What is ``ignored``, by patterns for names of files and folders, the course
    does not want.
    """
    patterns = tuple(ignored)
    listed = paths_below(folder)
    files: Files = {}
    left: dict[str, list[str]] = {why: [] for why in (_IGNORED, _TOO_MUCH, _CLOSED)}
    room = MAX_OWN_BYTES
    for path in sorted(_plain(listed, folder, left_out), key=_is_notebook):
        if path.relative_to(folder).as_posix() in graded:
            continue
        relative = path.relative_to(folder)
        name = relative.as_posix()
        if _is_ignored(relative, patterns):
            left[_IGNORED].append(name)
            continue
        try:
            if path.stat().st_size > room or len(files) >= MAX_OWN_FILES or not _is_writable(name):
                left[_TOO_MUCH].append(name)
                continue
            files[name] = path.read_bytes()
        except OSError:
            left[_CLOSED].append(name)
        else:
            room -= len(files[name])
    notes = [
        f"Files were left out, {why}: {_listed(names)}." for why, names in left.items() if names
    ]
    if len(listed) >= MAX_PATHS:
        notes.append(
            f"There are more than {MAX_PATHS:,} files and folders beside the notebook; those that "
            "are nested most were left out."
        )
    return files, tuple(notes)


_IGNORED = "because the course's configuration ignores such names"
_TOO_MUCH = "being too many or too large"
_CLOSED = "because they cannot be read"


def _is_notebook(path: Path) -> bool:
    return path.suffix.lower() == _NOTEBOOK


def assignment_files(
    folder: Path, ignored: Iterable[str] = (), left_out: Collection[str] = (_NOTEBOOK, ".zip")
) -> Files:
    """The files of the assignment's own folder, but for notebooks and what is ``ignored``."""
    patterns = tuple(ignored)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in _plain(paths_below(folder), folder, left_out)
        if not _is_ignored(path.relative_to(folder), patterns)
    }


def _is_ignored(path: PurePath, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatch(part, pattern) for part in path.parts for pattern in patterns)


def without_clashes(own: Files, taken: Iterable[str]) -> tuple[Files, tuple[str, ...]]:
    """Of a student's ``own`` files those that can lie beside ``taken`` ones, and notes.

    A file cannot be where others have a folder, nor a folder where others have a file. One of the
    same name is no clash: the assignment's own replaces it.
    """
    taken = set(taken)
    folders = {str(parent) for name in taken for parent in PurePosixPath(name).parents}
    clashing = [
        name
        for name in own
        if name in folders or any(str(parent) in taken for parent in PurePosixPath(name).parents)
    ]
    if not clashing:
        return own, ()
    kept = {name: content for name, content in own.items() if name not in clashing}
    note = "Files were left out, because the assignment's own files are where they would be: "
    return kept, (f"{note}{_listed(clashing)}.",)


def _plain(paths: Iterable[Path], folder: Path, left_out: Collection[str]) -> Iterator[Path]:
    for path in paths:
        inside = path.relative_to(folder).parts
        if any(part.startswith(".") or part == "__pycache__" for part in inside):
            continue
        if path.suffix.lower() not in left_out and not path.is_symlink() and path.is_file():
            yield path


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(ascii(name) for name in names[:5]) + more


def _is_writable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return all(len(part.encode()) < 250 for part in name.split("/"))
