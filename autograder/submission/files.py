"""The files that lie beside a notebook while it runs: the student's own, and the assignment's."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from autograder.submission.inert_names import true_name
from autograder.submission.walking import paths_below

MAX_OWN_BYTES = 16_000_000
"""Of the files that a student handed in beside the notebook; what is more is left out."""
MAX_OWN_FILES = 500
_LEFT_OUT = {".ipynb", ".zip"}
Files = dict[str, bytes]


def own_files(folder: Path) -> tuple[Files, tuple[str, ...]]:
    """The plain files of the submission in ``folder``, by relative path, and notes for its student.

    Links are not followed; hidden files, notebooks and archives are not needed.
    """
    files: Files = {}
    room, left_out = MAX_OWN_BYTES, []
    for path in _plain_files(folder):
        name = path.relative_to(folder).as_posix()
        size = path.stat().st_size
        if size > room or len(files) >= MAX_OWN_FILES or not _is_writable_name(name):
            left_out.append(name)
            continue
        content = path.read_bytes()
        room -= len(content)
        files[name] = content
    if not left_out:
        return files, ()
    return files, (f"Files were left out, being too many or too large: {_listed(left_out)}.",)


def assignment_files(folder: Path, ignored: Iterable[str] = ()) -> Files:
    """The files of the assignment's own folder, but for notebooks and what is ``ignored``.

    A student's, if the folder is one below ``autograded/``, are there by their true names.
    """
    patterns = tuple(ignored)
    return {
        true_name(path.relative_to(folder).as_posix()): path.read_bytes()
        for path in _plain_files(folder)
        if not any(
            fnmatch.fnmatch(part, pattern)
            for part in path.relative_to(folder).parts
            for pattern in patterns
        )
    }


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


def _plain_files(folder: Path) -> Iterator[Path]:
    for path in paths_below(folder):
        inside = path.relative_to(folder).parts
        if any(part.startswith(".") or part == "__pycache__" for part in inside):
            continue
        if path.suffix.lower() not in _LEFT_OUT and not path.is_symlink() and path.is_file():
            yield path


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return ", ".join(ascii(name) for name in names[:5]) + more


def _is_writable_name(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return all(len(part.encode()) < 250 for part in name.split("/"))
