"""What is said where something went wrong that should not have."""

from __future__ import annotations

import contextlib
import tempfile
import traceback
from pathlib import Path
from typing import IO

from autograder.printable import printable

LOGS = "logs"
"""Where logs on single submissions are, below the course."""


def logged(error: Exception, about: str = "", folder: Path | None = None) -> str:
    """A sentence on ``error``; its traceback goes to a file, which the sentence names.

    ``about`` is whom or what it happened with, which the file tells, too. It is written into
    ``folder`` if that can be, else where the system keeps temporary files.
    """
    lines = "".join(traceback.format_exception(error)).split("\n")
    with _log(folder) as log:
        log.write("\n".join(map(printable, [*filter(None, [about]), *lines])))
    return (
        f"something went wrong that should not have ({type(error).__name__}: {error}). "
        f"The details are in {log.name}; please report them."
    )


def _log(folder: Path | None) -> IO[str]:
    """A new file that only its owner may read: an error's text can hold what a student wrote."""
    if folder is not None:
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
            return _new_file(folder)
    return _new_file(None)


def _new_file(folder: Path | None) -> IO[str]:
    return tempfile.NamedTemporaryFile(
        "w", prefix="autograder-", suffix=".log", delete=False, encoding="utf-8", dir=folder
    )
