"""What is said where something went wrong that should not have."""

from __future__ import annotations

import tempfile
import traceback

from autograder.printable import printable


def logged(error: Exception) -> str:
    """A sentence on ``error``; its traceback goes to a file, which the sentence names."""
    lines = "".join(traceback.format_exception(error)).split("\n")
    with tempfile.NamedTemporaryFile(
        "w", prefix="autograder-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        log.write("\n".join(map(printable, lines)))
    return (
        f"something went wrong that should not have ({type(error).__name__}: {error}). "
        f"The details are in {log.name}; please report them."
    )
