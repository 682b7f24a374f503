"""The files that lie beside a notebook while it runs: the student's own, and the assignment's."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator
from pathlib import Path

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
    names = ", ".join(ascii(name) for name in left_out[:5])
    more = f" and {len(left_out) - 5} more" if len(left_out) > 5 else ""
    return files, (f"Files were left out, being too many or too large: {names}{more}.",)


def assignment_files(folder: Path, ignored: Iterable[str] = ()) -> Files:
    """The files of the assignment's own folder, but for notebooks and what is ``ignored``."""
    patterns = tuple(ignored)
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in _plain_files(folder)
        if not any(
            fnmatch.fnmatch(part, pattern)
            for part in path.relative_to(folder).parts
            for pattern in patterns
        )
    }


def _plain_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or path.name.startswith(".") or path.name == "__pycache__":
            continue
        if path.is_dir():
            yield from _plain_files(path)
        elif path.is_file() and path.suffix.lower() not in _LEFT_OUT:
            yield path


def _is_writable_name(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return all(len(part.encode()) < 250 for part in name.split("/"))
