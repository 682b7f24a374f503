"""Whose a submission is and when it was handed in: what cannot be so is refused with the reason.

Everything here raises :class:`CourseError`: it is for a person to put right, and no reason for a
zero.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.utils import parse_utc

from autograder.errors import CourseError

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
        return file.read(_MAX_BYTES).decode(errors="replace")


def refuse_impossible_time(
    student: str, timestamp: str, due: datetime | None = None, now: datetime | None = None
) -> None:
    """Refuse a ``timestamp`` before there was nbgrader, long before ``due``, or in the future.

    Times are in UTC, without a zone; ``now`` is by default what this computer's clock says.
    """
    if not timestamp.strip():
        return
    when = _parsed(student, timestamp)
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


def _parsed(student: str, timestamp: str) -> datetime:
    try:
        if (zone := timestamp.split()[-1]).startswith(("/", ".")):
            raise ValueError(f"{zone} is no time zone")  # but a file, which would be opened
        when: datetime = parse_utc(timestamp)
    except (ValueError, OverflowError) as error:
        raise CourseError(f"timestamp.txt of {student} is no time: {error}.") from None
    return when


def _shown(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
