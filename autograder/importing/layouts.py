"""Who handed what in, by the names in the zip that Canvas or Moodle makes of all submissions.

Canvas puts all files beside each other, ``<name>_[LATE_]<user>_<file>_<file's own name>``, where a
file that was handed in again is called ``own-1.ipynb``, ``own-2.ipynb``, …; with anonymous grading
the name is left out and the user is ``anon_<letters>``. Moodle has a folder for each student,
``<Full Name>_<participant>_assignsubmission_file_/``, or no folders, and that before each file's
name. (``lib/content_zipper.rb`` of canvas-lms; ``mod/assign`` of moodle.)

Students choose the names of their files, and often their own. So the first place that looks like
the LMS's counts, and who would be the student by another is told, too; :mod:`.doubts` judges that.
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

    ``others`` could have handed it in if its name were read in another way. With ``split`` it is
    certain that no LMS puts such a name together for ``sender``.

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
    others: tuple[Sender, ...] = ()
    split: bool = False


Layout = Callable[[tuple[str, ...]], Handed | None]
"""Reads the parts of an entry's path; None if it is not of that LMS's making."""

_CANVAS_SENDER = (
    r"(?:(?P<name>(?!LATE_|anon_[^\W_]+_[0-9]+_).*?)_)?(?P<late>LATE_)?"
    r"(?P<user>[0-9]+|anon_[^\W_]+)_"
)
_CANVAS = re.compile(_CANVAS_SENDER + r"(?P<id>[0-9]+)_(?P<file>.+)", re.DOTALL)
_CANVAS_TEXT = re.compile(_CANVAS_SENDER + r"(?:text|link)\.html", re.DOTALL)
_CANVAS_AGAIN = re.compile(
    r"_(?:LATE_)?(?P<user>[1-9][0-9]*|anon_[^\W_]+)(?=_[1-9][0-9]*_.|_(?:text|link)\.html\Z)",
    re.DOTALL,
)
_MOODLE = re.compile(
    r"(?P<name>.*?)_(?P<user>[0-9]+)_(?P<part>assignsubmission|assignfeedback)_(?P<kind>[^\W_]+)"
    r"(?:_(?P<file>.*))?",
    re.DOTALL,
)
_MOODLE_AGAIN = re.compile(r"_(?P<user>[0-9]+)(?=_(?:assignsubmission|assignfeedback)_[^\W_])")
_LONGEST_NAME = 300
"""In characters; both LMSs keep at most 255."""
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
            others = _other_senders(_CANVAS_AGAIN, part, sender)
            return Handed(sender, (name, *rest), late, attempt, of, others=others)
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
            sender, rest = Sender(match["user"], match["name"]), parts[place + 1 :]
            skip = _no_file_of_moodle(match["part"], match["kind"])
            first = (match["file"],) if match["file"] else ()
            others = _other_senders(_MOODLE_AGAIN, part, sender)
            split = bool(others and rest)  # a student's folder is called by the student alone
            path = (*first, *rest)
            return Handed(sender, path, skip=skip, others=others, split=split) if path else None
    return None


def _no_file_of_moodle(part: str, kind: str) -> str:
    if part == "assignfeedback":
        return "feedback that was given in Moodle, not a file that was handed in"
    if kind == "onlinetext":
        return "a text typed into Moodle, not a file"
    return "" if kind == "file" else f"Moodle's {kind}, not a file that was handed in"


def _other_senders(again: re.Pattern[str], name: str, first: Sender) -> tuple[Sender, ...]:
    """Who else could be meant by ``name``: each with what stands before the number."""
    found = (
        Sender(match["user"], name[max(match.start() - _LONGEST_NAME, 0) : match.start()])
        for match in again.finditer(name)
    )
    return tuple(each for each in found if each.number != first.number)


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
