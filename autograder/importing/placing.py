"""Move a finished submission into place, and keep what was there."""

from __future__ import annotations

import filecmp
import os
from datetime import UTC, datetime
from pathlib import Path

TIMESTAMP = "timestamp.txt"
REPLACED = ".replaced"
"""Within ``submitted/``: what a later download replaced, by the time of its replacement."""


def place(finished: Path, submission: Path, submitted: Path) -> None:
    """Rename ``finished`` to ``submission``; what was there goes to ``submitted/.replaced``."""
    submission.parent.mkdir(parents=True, exist_ok=True)
    kept = _keep(submission, submitted) if os.path.lexists(submission) else None
    try:
        finished.rename(submission)
    except OSError:
        if kept:
            kept.rename(submission)
        raise


def _keep(submission: Path, submitted: Path) -> Path:
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    kept = submitted / REPLACED / now / submission.parent.name / submission.name
    kept.parent.mkdir(parents=True)
    submission.rename(kept)
    return kept


def newest(folder: Path) -> datetime | None:
    """When the latest file of the submission was saved, in UTC; None if it has no files.

    ``timestamp.txt`` does not count: the grader's side writes that.
    """
    times = [
        path.lstat().st_mtime
        for path in _files(folder)
        if path.relative_to(folder).as_posix() != TIMESTAMP
    ]
    return datetime.fromtimestamp(max(times), UTC) if times else None


def same_files(one: Path, other: Path) -> bool:
    """Whether both submissions hold the same files, but for ``timestamp.txt``."""
    names = [
        {path.relative_to(folder).as_posix() for path in _files(folder)} - {TIMESTAMP}
        for folder in (one, other)
    ]
    return names[0] == names[1] and all(
        filecmp.cmp(one / name, other / name, shallow=False) for name in names[0]
    )


def renew_times(finished: Path, submission: Path) -> None:
    """Give ``submission``, which holds the same files, the times of ``finished``."""
    for path in _files(finished):
        saved = path.lstat().st_mtime
        os.utime(submission / path.relative_to(finished), (saved, saved))


def write_time(when: datetime, submission: Path) -> None:
    """Say in ``timestamp.txt`` when ``submission`` was handed in."""
    path = submission / TIMESTAMP
    path.unlink(missing_ok=True)
    path.write_text(f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC", encoding="utf-8")


def _files(folder: Path) -> list[Path]:
    return [Path(parent) / name for parent, _, names in os.walk(folder) for name in names]
