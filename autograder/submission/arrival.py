"""Whose a submission is and when it was handed in: what cannot be so is refused with the reason.

Everything here raises :class:`CourseError`: it is for a person to put right, and no reason for a
zero.
"""

from __future__ import annotations

import codecs
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from autograder.errors import CourseError
from autograder.submission.time_stamps import UnclearTimeError, utc

TIMESTAMP = "timestamp.txt"
_MAX_BYTES = 200
FIRST_RELEASE = datetime(2015, 1, 1)
"""Of nbgrader. Nothing can have been handed in before."""
_A_DAY, _A_YEAR = timedelta(days=1), timedelta(days=366)


def refuse_links(student: str, folder: Path) -> None:
    """Refuse a submission whose ``folder``, or the student's own above it, is a link.

    Where it leads is somebody else's: a neighbour's submission, or the instructor's solutions.
    """
    for path in (folder, folder.parent):
        if path.is_symlink() and (path == folder or path.name == student):
            raise CourseError(
                f"{path} is a link to {str(path.readlink())!a}, and so not what {student} "
                "handed in. Put the files that were handed in there, in a folder, and grade again."
            )


def read_timestamp(folder: Path) -> str:
    """What ``timestamp.txt`` says of when the submission was handed in; empty without one."""
    path = folder / TIMESTAMP
    if path.is_symlink() or not path.is_file():
        return ""
    with path.open("rb") as file:
        content = file.read(_MAX_BYTES)
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if wide else "utf-8-sig", errors="replace")


def handed_in_at(student: str, timestamp: str, zone: tzinfo = UTC) -> datetime | None:
    """When ``timestamp`` says that it was, in UTC and without a zone; None if it says nothing.

    ``zone`` is the course's: it counts where none is named, and settles what CST is.
    """
    if not timestamp.strip():
        return None
    try:
        return utc(timestamp, zone)
    except UnclearTimeError as error:
        raise CourseError(
            f"timestamp.txt of {student} says {timestamp.strip()!a}, which {error}. Write it as in "
            "2026-10-24 21:30:00 UTC, or with +0200 or Europe/Berlin in place of UTC; the "
            "course's own zone is c.Exchange.timezone in nbgrader_config.py. Then grade again."
        ) from None


def refuse_impossible_time(
    student: str,
    timestamp: str,
    due: datetime | None = None,
    now: datetime | None = None,
    zone: tzinfo = UTC,
) -> None:
    """Refuse a ``timestamp`` before there was nbgrader, long before ``due``, or in the future.

    Times are in UTC, without a zone; ``now`` is by default what this computer's clock says.
    """
    when = handed_in_at(student, timestamp, zone)
    if when is None:
        return
    now = now or datetime.now(UTC).replace(tzinfo=None)
    if when < FIRST_RELEASE:
        doubt = f"before {FIRST_RELEASE:%Y}, when nbgrader was first released"
    elif when - now > _A_DAY:
        doubt = f"in the future: this computer's clock says {_shown(now)}"
    elif due is not None and due - when > _A_YEAR:
        doubt = f"more than a year before the due date in the gradebook, {_shown(due)}"
    else:
        return
    raise CourseError(
        f"timestamp.txt of {student} says {timestamp.strip()!a}, which is {doubt}. Put right "
        "what is wrong, or remove the file if it is not known when it was handed in, and grade "
        "again."
    )


def _shown(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
