"""What was handed in where no notebook was: said, so that its student knows what went wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.submission.arrival import TIMESTAMP
from autograder.submission.walking import paths_below
from autograder.submission.zips import is_hidden, is_notebook

_NAMED = 5
_ARCHIVES = frozenset(".tar .gz .tgz .bz2 .xz .txz .7z .rar .zst".split())  # noqa: SIM905


def nothing_found(folder: Path, own: str, most: int) -> str:
    """Why there is no notebook in ``folder`` of at most so many bytes, and best called ``own``."""
    files = [path for path in paths_below(folder) if is_plain(path, folder)]
    notebooks = [path for path in files if is_notebook(path.name)]
    if any(path.stat().st_size > most for path in notebooks):
        size = most // 1_000_000
        return f"The notebook is larger than {size} MB. Clear its outputs and submit it again."
    names = [path.relative_to(folder).as_posix() for path in files if path.name != TIMESTAMP]
    if notebooks:
        return "No notebook that can be read was handed in. Submit it again, best as it is."
    if any(path.suffix.lower() == ".zip" for path in files):
        return (
            f"No notebook that can be read was handed in, only {listed(names)}. Submit it again, "
            "best as it is."
        )
    if not names:
        return "No notebook was handed in." + _beside(folder)
    archive = any(Path(name).suffix.lower() in _ARCHIVES for name in names)
    unopened = " Of archives only zips are opened." * archive
    return (
        f"No notebook was handed in, only {listed(names)}.{unopened} Submit the notebook itself, "
        f"{own!r}, or a zip with it.{_beside(folder)}"
    )


def _beside(folder: Path) -> str:
    """What to say of notebooks that lie beside the ``folder`` of an assignment, not in it."""
    try:
        names = sorted(
            path.name
            for path in folder.parent.iterdir()
            if is_notebook(path.name) and is_plain(path, folder.parent)
        )
    except OSError:
        return ""
    return f" Beside the folder {folder.name!r} lies {listed(names)}." if names else ""


def is_plain(path: Path, folder: Path) -> bool:
    """Whether ``path`` is an ordinary file: not hidden, no link, and not behind one."""
    linked = path.is_symlink() or any(parent.is_symlink() for parent in _inside(path, folder))
    hidden = is_hidden(path.relative_to(folder).parts)
    return not linked and not hidden and path.is_file() and os.access(path, os.R_OK)


def _inside(path: Path, folder: Path) -> Iterator[Path]:
    return (parent for parent in path.parents if folder in parent.parents)


def listed(names: Sequence[str], most: int = _NAMED) -> str:
    """Some of ``names``, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(repr(name) for name in names[:most]) + more
