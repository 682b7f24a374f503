"""What nbgrader's exchange leaves beside a submission: when it was handed in, and its secret.

``nbgrader release_feedback`` reads both beside a feedback page: by the secret it names the page, so
that only who handed this submission in finds it. They are the grader's side's, not the notebook's:
no run sees them.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Mapping
from pathlib import Path

TIMESTAMP, SECRET = "timestamp.txt", "submission_secret.txt"
RECEIPT = (TIMESTAMP, SECRET)
_MAX_BYTES = 1_000
"""Of each; nbgrader's own are shorter."""


def read_receipt(folder: Path) -> dict[str, bytes]:
    """What of the receipt there is in ``folder``, by name. Links are not followed."""
    found = {}
    for name in RECEIPT:
        path = folder / name
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                found[name] = file.read(_MAX_BYTES)
    return found


def without_receipt(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """``files`` that lie beside a notebook, but for the receipt."""
    return {name: content for name, content in files.items() if name not in RECEIPT}


def put_receipt(receipt: Mapping[str, bytes], folder: Path, permissions: int = 0o644) -> None:
    """Let ``folder`` hold this ``receipt``, and nothing of another."""
    for name in RECEIPT:
        path = folder / name
        with contextlib.suppress(FileNotFoundError):
            path.unlink()  # it may be one that cannot be written to
        if name in receipt:
            path.write_bytes(receipt[name])
            path.chmod(permissions)


def pass_on(graded: Path, feedback: Path) -> None:
    """Put the receipt of the autograded submission in ``graded`` beside its page in ``feedback``.

    What was not handed in through the exchange has no secret. Without one, nobody's feedback could
    be released, so it gets one that nobody knows.
    """
    receipt = {TIMESTAMP: b"", **read_receipt(graded)}
    if not receipt.get(SECRET):
        receipt[SECRET] = secrets.token_hex(64).encode()
    put_receipt(receipt, feedback)


def is_passed_on(graded: Path, feedback: Path) -> bool:
    """Whether the receipt in ``graded`` lies in ``feedback``, too."""
    there = read_receipt(feedback)
    wanted = {TIMESTAMP: b"", **read_receipt(graded)}
    return SECRET in there and all(there.get(name) == wanted[name] for name in wanted)
