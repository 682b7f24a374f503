"""Notebooks in a zip that was handed in. Nothing is written, and only so much is unpacked."""

from __future__ import annotations

import contextlib
import io
import os
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

MAX_NOTEBOOKS_IN_ZIP = 100
_MOST_AT_ONCE = 1_000_000
"""Bytes of one read. A zip's directory is one, and makes ten times as many bytes of objects."""
_PIECE = 100_000
_PACKED_PIECE = 16
"""Bytes of bzip2 or LZMA that are unpacked at once: they can become 20,000 times as many."""


@dataclass(frozen=True)
class Packed:
    """A notebook in a zip: its name there, when it was saved (Unix time), its size unpacked."""

    name: str
    saved: float
    size: int
    read: Callable[[], bytes]


def is_notebook(name: str) -> bool:
    """Whether a file of this name is a notebook, as far as the name says."""
    return PurePosixPath(name).suffix.lower() == ".ipynb"


def notebooks_in_zip(
    path: Path, room: int, wanted: Callable[[str], bool] = is_notebook
) -> Iterator[Packed]:
    """The notebooks in the zip at ``path`` that can be unpacked, into ``room`` bytes all together.

    Of a zip that is damaged, those before the damage. Which names are ``wanted`` may be changed.
    """
    try:
        with _opened(path) as archive:
            notebooks = [item for item in archive.infolist() if _is_wanted(item, wanted)]
            for item in notebooks[:MAX_NOTEBOOKS_IN_ZIP]:
                saved = time.mktime((*item.date_time, 0, 0, -1))
                size = sum(map(len, _pieces(archive, item, room + 1)))
                if size <= room:
                    room -= size
                    yield Packed(item.filename, saved, size, partial(_read, path, item, size))
    except Exception:  # damage shows as errors of zipfile, zlib, lzma, struct, …
        return  # what else is in the folder may do


def is_hidden(parts: Iterable[str]) -> bool:
    """Whether a path with these ``parts`` is an editor's or a system's, not a student's."""
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _is_wanted(item: zipfile.ZipInfo, wanted: Callable[[str], bool]) -> bool:
    path = PurePosixPath(item.filename)
    return not item.is_dir() and wanted(path.name) and not is_hidden(path.parts)


def _read(path: Path, item: zipfile.ZipInfo, size: int) -> bytes:
    with _opened(path) as archive:
        return b"".join(_pieces(archive, item, size))


def _pieces(archive: zipfile.ZipFile, item: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    with archive.open(item) as file:
        if item.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            file.MIN_READ_SIZE = _PACKED_PIECE  # type: ignore[attr-defined]
        while most > 0 and (piece := file.read(min(most, _PIECE))):
            most -= len(piece)
            yield piece


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    with _SmallReads(path) as file, zipfile.ZipFile(file) as archive:
        yield archive


class _SmallReads(io.FileIO):
    """A file of which nobody reads a lot at once: zipfile believes what the file says of itself."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to ``size`` bytes, or all; raises BadZipFile if that is a lot."""
        if size is None or size < 0:
            size = os.fstat(self.fileno()).st_size - self.tell()
        if size > _MOST_AT_ONCE:
            raise zipfile.BadZipFile(f"{size} bytes at once")
        return super().read(size)
