"""Import an LMS's download: unpack each student's submission and put it into place.

The time in ``timestamp.txt`` is that of the student's latest file in the zip, which names no time
zone: the course's is meant, or one that is given. Canvas does not keep it there – its zips show
when they were made – but it does say who is late: who is not late gets no time after the due date,
and who is late none before it. Moodle does not say.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path, PurePosixPath

from nbgrader.coursedir import CourseDirectory

from autograder.course import Course
from autograder.errors import CourseError
from autograder.importing.archive import (
    DEFAULT_LIMITS,
    Limits,
    RefusedError,
    exact_time,
    opened,
    saved_at,
)
from autograder.importing.archive import unpack as unpack_entry
from autograder.importing.doubts import Known
from autograder.importing.identities import (
    Identity,
    Roster,
    read_identities,
    read_roster,
    save_identities,
    student_ids,
    submitted_folder,
)
from autograder.importing.layouts import Sender
from autograder.importing.names import safe_file_name
from autograder.importing.placing import (
    TIMESTAMP,
    newest,
    place,
    renew_times,
    same_files,
    write_time,
)
from autograder.importing.sorting import (
    DOUBTFUL,
    IMPORTED,
    REFUSED,
    SKIPPED,
    Row,
    Submission,
    sort_entries,
)
from autograder.nbgrader.configuration import course_directory
from autograder.nbgrader.student_folders import student_folder
from autograder.nbgrader.time_zone import course_zone, names_zone
from autograder.submission.time_stamps import time_zone

MAX_DEPTH = 15
"""Folders inside folders of a submission; the grader looks no deeper than 20."""


def import_download(
    course: Course,
    path: Path,
    lms: str,
    assignment: str,
    *,
    force: bool = False,
    zone: str = "",
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Row]:
    """Unpack the download at ``path`` into ``submitted/`` and tell what became of each part.

    A submission that is there is replaced only by a newer one, or with ``force``. ``zone`` names
    the time zone of the download's times, by default the course's; if it is given, the times of
    what is there already are put right, too. Raises :class:`CourseError` if the file is no download
    of ``lms`` at all, or if there is no such zone.
    """
    directory = course_directory(course)
    clock = time_zone(zone, "--timezone") if zone else course_zone(directory.config)
    submitted = submitted_folder(directory)
    with opened(path, limits) as archive:
        known = read_identities(directory, assignment)
        roster = read_roster(directory, assignment)
        sorted_out = sort_entries(archive, lms, _known(known, roster, lms))
        if not sorted_out.recognised:
            raise CourseError(
                f"Nothing in {path} is named as {lms.title()} names submissions. Give the zip of "
                "all submissions as it was downloaded, and the right --from."
            )
        yield from sorted_out.rows
        senders = [each.sender for each in sorted_out.submissions]
        ids = student_ids(senders, lms, known, roster)
        known |= {ids[each]: Identity(lms, each.number, each.name) for each in senders}
        submitted.mkdir(parents=True, exist_ok=True)
        save_identities(directory, assignment, known)
        clocks = _Clocks(clock, given=bool(zone))
        importer = _Importer(archive, directory, assignment, roster, clocks, limits, force)
        for each in sorted_out.submissions:
            yield from importer.bring_in(each, ids[each.sender])
        known_zone = zone or names_zone(directory.config)
        if clocks.used and roster.due and not known_zone:
            yield Row(DOUBTFUL, "", lms.title(), _ZONE_DOUBT)


def _known(identities: Mapping[str, Identity], roster: Roster, lms: str) -> Known:
    """Who may be meant by a name besides those in the download; Moodle has no lasting numbers."""
    senders = [Sender(each.number, each.name) for each in identities.values() if each.lms == lms]
    return Known(senders, roster.by_number if lms == "canvas" else None)


_ZONE_DOUBT = (
    "The zip names no time zone, and its times were taken for UTC. There is a due date: if the "
    "server's clock shows another time, import again with --timezone Europe/Berlin or the like, "
    "or set c.Exchange.timezone in nbgrader_config.py before."
)


@dataclass
class _Clocks:
    """The time zone of the download, and whether it was ``given`` for it, and ``used``."""

    zone: tzinfo
    given: bool
    used: bool = False

    def saved_at(self, item: zipfile.ZipInfo) -> datetime:
        self.used = self.used or exact_time(item) is None
        return saved_at(item, self.zone)

    def shown(self, when: datetime) -> str:
        local = when.astimezone(self.zone)
        there = f" ({local:%H:%M %Z})" if local.utcoffset() else ""
        return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC{there}"


class _Importer:
    """What is the same for all submissions of a download; counts the bytes that are left."""

    def __init__(
        self,
        archive: zipfile.ZipFile,
        directory: CourseDirectory,
        assignment: str,
        roster: Roster,
        clocks: _Clocks,
        limits: Limits,
        force: bool,
    ) -> None:
        self._archive, self._directory, self._assignment = archive, directory, assignment
        self._submitted = submitted_folder(directory)
        self._roster, self._limits, self._force = roster, limits, force
        self._clocks = clocks
        self._room = limits.bytes_in_all

    def bring_in(self, submission: Submission, student: str) -> Iterator[Row]:
        """Unpack a submission beside the others, and move it into place if it belongs there."""
        with _draft_folder(self._submitted) as draft:
            yield from self._unpack(submission, student, draft)
            if newest(draft):
                yield self._finish(submission, student, draft)

    def _unpack(self, submission: Submission, student: str, draft: Path) -> Iterator[Row]:
        room = min(self._limits.bytes_each, self._room)
        for number, (item, handed) in enumerate(submission.files):
            name = "/".join(handed.path)
            if safe_file_name(handed.path[0]).casefold() == TIMESTAMP:  # a folder of it, too
                yield Row(SKIPPED, student, name, "only the grader may say when it was handed in")
                continue
            try:
                if number >= self._limits.files_each:
                    raise RefusedError(f"there are more than {self._limits.files_each:,} files")
                path = _free_path(draft, handed.path)
                size = unpack_entry(self._archive, item, path, room, self._limits)
            except RefusedError as error:
                yield Row(REFUSED, student, name, str(error))
                submission.incomplete = True
                continue
            room -= size
            self._room -= size
            saved = self._clocks.saved_at(item).timestamp()
            os.utime(path, (saved, saved))

    def _finish(self, submission: Submission, student: str, draft: Path) -> Row:
        target = student_folder(self._directory, "submitted", student, self._assignment)
        saved, before = newest(draft), newest(target)
        when, remark = _handed_in(saved, submission.late, self._roster.due)
        shown = self._clocks.shown(when) + remark if when else ""
        if not self._force and os.path.lexists(target):
            if same_files(draft, target):
                if not self._clocks.given or when is None or saved == before:
                    return Row(SKIPPED, student, self._assignment, "it is there already")
                write_time(when, target)
                renew_times(draft, target)
                why = f"{shown}; the files are there already, their time is put right"
                return Row(IMPORTED, student, self._assignment, why)
            if submission.incomplete:
                why = "a part was refused, so what is there stays; --force replaces it"
                return Row(SKIPPED, student, self._assignment, why)
            if before and saved and saved <= before:
                why = f"what is there is as new ({before:%Y-%m-%d %H:%M} UTC); --force replaces it"
                return Row(SKIPPED, student, self._assignment, why)
        if when:
            write_time(when, draft)
        replaces = os.path.lexists(target)
        place(draft, target, self._submitted)
        kept = "; the one before is kept in submitted/.replaced" if replaces else ""
        return Row(IMPORTED, student, self._assignment, shown + kept)


def _handed_in(
    saved: datetime | None, late: bool | None, due: datetime | None
) -> tuple[datetime | None, str]:
    """When to say that it was handed in, and a remark, by the rule at the top of this module."""
    deadline = due.replace(tzinfo=UTC) if due else None
    if saved and deadline and late is False and saved > deadline:
        return deadline, " (on time, says the LMS)"
    if saved and deadline and late and saved <= deadline:
        return deadline + timedelta(seconds=1), " (late, says the LMS, but not how much)"
    return saved, " (late, says the LMS)" if late else ""


@contextlib.contextmanager
def _draft_folder(submitted: Path) -> Iterator[Path]:
    """A folder beside the submissions, so that a finished one need only be renamed."""
    outer = Path(tempfile.mkdtemp(prefix=".importing-", dir=submitted))
    try:
        draft = outer / "submission"
        draft.mkdir()
        yield draft
    finally:
        shutil.rmtree(outer, ignore_errors=True)


def _free_path(draft: Path, parts: tuple[str, ...]) -> Path:
    """Where to write a file: safe, within ``draft``, and not where another one is.

    Names that differ only in case or in Unicode's composition are one name on some systems, so
    they count as the same here.
    """
    if len(parts) > MAX_DEPTH:
        raise RefusedError(f"it lies more than {MAX_DEPTH} folders deep")
    folder = draft
    for part in parts[:-1]:
        folder = _free(folder, safe_file_name(part), or_folder=True)
        folder.mkdir(exist_ok=True)
    return _free(folder, safe_file_name(parts[-1]), or_folder=False)


def _free(folder: Path, name: str, *, or_folder: bool) -> Path:
    there = {path.name.casefold(): path for path in folder.iterdir()}
    wanted, number = PurePosixPath(name), 1
    candidate = name
    while other := there.get(candidate.casefold()):
        if or_folder and other.is_dir():
            return other
        number += 1
        candidate = f"{wanted.stem} ({number}){wanted.suffix}"
    return folder / candidate
