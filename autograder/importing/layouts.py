"""Who handed what in, by the names in the zip that Canvas or Moodle makes of all submissions.

Canvas puts all files beside each other, ``<name>_[LATE_]<user>_<file>_<file's own name>``, where a
file that was handed in again is called ``own-1.ipynb``, ``own-2.ipynb``, …; with anonymous grading
the name is left out and the user is ``anon_<letters>``. Moodle has a folder for each student,
``<Full Name>_<participant>_assignsubmission_file_/``, or no folders, and that before each file's
name. (``lib/content_zipper.rb`` of canvas-lms; ``mod/assign`` of moodle.)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Sender:
    """A student as the LMS knows them: its number, and its way of writing the name."""

    number: str
    name: str = ""


@dataclass(frozen=True)
class Handed:
    """One file that ``sender`` handed in, to be written at ``path`` within the submission.

    ``attempt`` orders files that replace each other, ``of`` is what such files share; an empty
    ``of`` is replaced by nothing. ``late`` is None where the LMS does not say. With a ``skip`` it
    is no file to import, for this reason.
    """

    sender: Sender
    path: tuple[str, ...] = ()
    late: bool | None = None
    attempt: tuple[int, int] = (0, 0)
    of: str = ""
    skip: str = field(default="")


Layout = Callable[[tuple[str, ...]], Handed | None]
"""Reads the parts of an entry's path; None if it is not of that LMS's making."""

_CANVAS_SENDER = r"(?:(?P<name>(?!LATE_).*?)_)?(?P<late>LATE_)?(?P<user>[0-9]+|anon_[^\W_]+)_"
_CANVAS = re.compile(_CANVAS_SENDER + r"(?P<id>[0-9]+)_(?P<file>.+)", re.DOTALL)
_CANVAS_TEXT = re.compile(_CANVAS_SENDER + r"(?:text|link)\.html", re.DOTALL)
_MOODLE = re.compile(
    r"(?P<name>.*)_(?P<user>[0-9]+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*))?",
    re.DOTALL,
)
_ATTEMPT = re.compile(r"(?P<stem>.+)-(?P<number>[0-9]{1,4})(?P<suffix>\.(?:ipynb|zip))", re.I)
"""Of notebooks and zips only: `data-1.csv` may well be what the student's code reads."""


def canvas(parts: tuple[str, ...]) -> Handed | None:
    """Read an entry of Canvas's download; folders around or below are as a person repacked it."""
    for place, part in enumerate(parts):
        if match := _CANVAS.fullmatch(part):
            sender = Sender(match["user"], match["name"] or "")
            rest = parts[place + 1 :]
            name, number = (match["file"], 0) if rest else _without_attempt(match["file"])
            of = name.casefold() if _is_resubmitted(name) and not rest else ""
            late, attempt = bool(match["late"]), (number, int(match["id"]))
            return Handed(sender, (name, *rest), late, attempt, of)
        if match := _CANVAS_TEXT.fullmatch(part):
            sender = Sender(match["user"], match["name"] or "")
            return Handed(sender, skip="a text or link typed into Canvas, not a file")
    return None


def _without_attempt(name: str) -> tuple[str, int]:
    match = _ATTEMPT.fullmatch(name)
    return (match["stem"] + match["suffix"], int(match["number"])) if match else (name, 0)


def _is_resubmitted(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in (".ipynb", ".zip")


def moodle(parts: tuple[str, ...]) -> Handed | None:
    """Read an entry of Moodle's download, with folders or without."""
    for place, part in enumerate(parts):
        if match := _MOODLE.fullmatch(part):
            sender = Sender(match["user"], match["name"])
            if match["kind"] == "onlinetext":
                return Handed(sender, skip="a text typed into Moodle, not a file")
            first = (match["file"],) if match["file"] else ()
            return Handed(sender, (*first, *parts[place + 1 :]))
    return None


def earlier_attempts(handed: Sequence[Handed]) -> set[int]:
    """The places in ``handed`` of those that the same student has replaced by a later one.

    Of two with the same attempt the later place counts.
    """
    latest: dict[tuple[str, str], int] = {}
    replaced = set()
    for place in sorted(range(len(handed)), key=lambda place: (handed[place].attempt, place)):
        each = handed[place]
        if each.of:
            key = (each.sender.number, each.of)
            if key in latest:
                replaced.add(latest[key])
            latest[key] = place
    return replaced


LAYOUTS: dict[str, Layout] = {"canvas": canvas, "moodle": moodle}
"""Every LMS by its name on the command line."""
