"""Names under which a student's own files can lie where a browser may open them.

The formgrader serves all that lies in ``autograded/`` to the instructor's browser, as what its name
says it is: a page or a drawing would run there with the instructor's rights. So a file keeps its
name only if no browser runs anything of that name, and is shown as text otherwise.
"""

from __future__ import annotations

import filecmp
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from autograder.submission.walking import paths_below

INERT = ".inert.txt"
"""What is put behind a name: a browser shows the file as text."""

_HARMLESS = frozenset(
    """
    .py .txt .csv .tsv .json .npy .npz .h5 .hdf5 .png .jpg .jpeg .gif .bmp .dat .log .pkl .pickle
    .mat .parquet .yml .yaml .toml .ini .cfg
    """.split()  # noqa: SIM905 - a list of so many strings is hard to read
)
_LONGEST = 255  # bytes: no file system has longer names


def inert_name(name: str) -> str:
    """``name``, or the last part of a path, as it may lie where a browser may open it.

    Of a name that would be too long, the end is cut off.
    """
    if PurePosixPath(name).suffix.lower() in _HARMLESS:
        return name
    folder, slash, last = name.rpartition("/")
    room = _LONGEST - len(INERT)
    short = last.encode("utf-8", "surrogateescape")[:room].decode("utf-8", "ignore")
    return f"{folder}{slash}{short}{INERT}"


def inert_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """``files`` by their inert names, but for one that would be where others have a folder."""
    renamed = {inert_name(name): content for name, content in files.items()}
    folders = {str(parent) for name in renamed for parent in PurePosixPath(name).parents}
    return {name: content for name, content in renamed.items() if name not in folders}


def make_inert(folder: Path, course_folder: Path) -> None:
    """Give all files in ``folder`` inert names, but for copies of those in ``course_folder``."""
    for path in paths_below(folder):
        inert = path.with_name(inert_name(path.name))
        if inert == path or path.is_symlink() or not path.is_file():
            continue
        if not _is_copy(path, course_folder / path.relative_to(folder)):
            try:
                path.replace(inert)
            except OSError:  # a folder has that name
                path.unlink()


def _is_copy(path: Path, original: Path) -> bool:
    return original.is_file() and filecmp.cmp(path, original, shallow=False)
