"""Sort a download's entries by who handed them in, and tell what is left out and why."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field

from autograder.importing.archive import RefusedError, entry_name, safe_parts
from autograder.importing.doubts import Doubts, Known, in_words
from autograder.importing.layouts import LAYOUTS, Handed, Sender, earlier_attempts

IMPORTED, SKIPPED, REFUSED = "imported", "skipped", "refused"
DOUBTFUL = "doubtful"
"""The outcome of a row on the download as a whole, which a person should read."""
NOBODY_ELSE = Known()
_CLUTTER = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True)
class Row:
    """One line of the table: what became of a submission, or of one file in the zip, and why."""

    outcome: str
    who: str
    what: str
    why: str = ""


@dataclass
class Submission:
    """What one student handed in, as far as it may be unpacked."""

    sender: Sender
    files: list[tuple[zipfile.ZipInfo, Handed]] = field(default_factory=list)
    incomplete: bool = False
    """Whether one of the files was refused."""

    @property
    def late(self) -> bool | None:
        """Whether the LMS says that it is late; None if it does not say."""
        said = [handed.late for _, handed in self.files if handed.late is not None]
        return any(said) if said else None


@dataclass
class Sorted:
    """The submissions in a download, and ``rows`` on the entries that are in none of them.

    ``recognised`` is how many entries are named as the LMS names submissions.
    """

    submissions: list[Submission]
    rows: list[Row]
    recognised: int


def sort_entries(archive: zipfile.ZipFile, lms: str, known: Known = NOBODY_ELSE) -> Sorted:
    """Read every entry's name; nothing is unpacked yet."""
    rows: list[Row] = []
    found: list[tuple[zipfile.ZipInfo, Handed]] = []
    for item in archive.infolist():
        name = entry_name(item)
        parts = tuple(part for part in name.replace("\\", "/").split("/") if part)
        if not parts or item.is_dir() or _CLUTTER & set(parts):
            continue
        if handed := LAYOUTS[lms](parts):
            found.append((item, handed))
        else:
            rows.append(_unknown(item, lms))
    recognised = len(found)
    return Sorted(_by_sender(_without_doubt(found, rows, lms, known), rows), rows, recognised)


def _without_doubt(
    found: list[tuple[zipfile.ZipInfo, Handed]], rows: list[Row], lms: str, known: Known
) -> list[tuple[zipfile.ZipInfo, Handed]]:
    """Those of one student only; the others are refused, and count for and against nobody."""
    doubts = Doubts((handed for _, handed in found), lms, known)
    certain = []
    for item, handed in found:
        if rival := doubts.rival(handed):
            why = in_words(handed.sender, rival)
            rows.append(
                Row(REFUSED, f"{handed.sender.name} or {rival.name}", entry_name(item), why)
            )
        else:
            certain.append((item, handed))
    return certain


def _by_sender(found: list[tuple[zipfile.ZipInfo, Handed]], rows: list[Row]) -> list[Submission]:
    replaced = earlier_attempts([handed for _, handed in found])
    submissions: dict[str, Submission] = {}
    for place, (item, handed) in enumerate(found):
        who, name = handed.sender.name or handed.sender.number, entry_name(item)
        own = submissions.setdefault(handed.sender.number, Submission(handed.sender))
        if why := _why_not(item):
            rows.append(Row(REFUSED, who, name, why))
            own.incomplete = True
        elif handed.skip:
            rows.append(Row(SKIPPED, who, name, handed.skip))
        elif place in replaced:
            rows.append(Row(SKIPPED, who, name, "an earlier attempt"))
        else:
            own.files.append((item, handed))
    return [each for each in submissions.values() if each.files]


def _unknown(item: zipfile.ZipInfo, lms: str) -> Row:
    if why := _why_not(item):
        return Row(REFUSED, "", entry_name(item), why)
    return Row(SKIPPED, "", entry_name(item), f"not named as {lms.title()} names submissions")


def _why_not(item: zipfile.ZipInfo) -> str:
    try:
        safe_parts(item)
    except RefusedError as error:
        return str(error)
    return ""
