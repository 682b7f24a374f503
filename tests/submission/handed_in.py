"""Folders as students hand them in: files with a time, zips, and a record of what lies there."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.submission.samples import code_cell, notebook_data, saved

NOON = time.mktime((2025, 3, 5, 12, 0, 0, 0, 0, -1))
DAY = 86_400


def answer(text: str = "mine") -> bytes:
    """A notebook that answers the assignment; different texts give different notebooks."""
    return saved(notebook_data(code_cell(f"def zero_pad(X, pad):\n    return {text!r}")))


def other_notebook() -> bytes:
    """A notebook that has nothing to do with the assignment."""
    return saved(notebook_data(code_cell("print('statistics homework')")))


def lay(folder: Path, files: Mapping[str, bytes], saved_at: float = NOON) -> Path:
    """Write ``files`` below ``folder``, all saved at the same time; returns ``folder``."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (saved_at, saved_at))
    return folder


def zipped(files: Mapping[str, bytes], saved_at: float = NOON) -> bytes:
    """A zip of ``files``, all of the same time; a zip knows even seconds only."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, time.localtime(saved_at)[:6])
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def snapshot(folder: Path) -> dict[str, object]:
    """Everything in ``folder``: names, kinds, contents, times."""
    found: dict[str, object] = {}
    for path in folder.rglob("*"):
        about = path.lstat()
        link = path.readlink() if path.is_symlink() else None
        content = path.read_bytes() if path.is_file() and link is None else None
        found[str(path.relative_to(folder))] = (about.st_mode, about.st_mtime_ns, link, content)
    return found
