"""Who is who: the LMS's number of each student, remembered beside the submissions.

``submitted/.lms/<assignment>.json`` holds it. It lies outside every submission, so that no student
can write it, and the folder begins with a dot, so that nobody takes it for a student.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nbgrader.api import Assignment, Student
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import make_url, select

from autograder.errors import CourseError
from autograder.importing.layouts import Sender
from autograder.importing.names import folded, safe_file_name, safe_student
from autograder.nbgrader.database import open_gradebook


@dataclass(frozen=True)
class Identity:
    """Who a student is in the LMS: ``lms`` is "canvas" or "moodle", ``number`` its own for them."""

    lms: str
    number: str
    name: str = ""


@dataclass(frozen=True)
class Roster:
    """What the gradebook knows: its students by LMS number and by full name, and the due date.

    A name or a number that two students share is in neither. ``described`` are the ids, casefolded,
    of all who have a name or a number there, so that nobody else is given one of these.
    """

    by_number: Mapping[str, str]
    by_name: Mapping[str, str]
    due: datetime | None = None
    described: frozenset[str] = frozenset()


NOBODY = Roster({}, {})


def submitted_folder(directory: CourseDirectory) -> Path:
    """Where the folders of the students are."""
    return Path(directory.format_path(directory.submitted_directory, ".", "."))


def _path(directory: CourseDirectory, assignment: str) -> Path:
    return submitted_folder(directory) / ".lms" / f"{assignment}.json"


def read_identities(directory: CourseDirectory, assignment: str) -> dict[str, Identity]:
    """The known identities by student id; :class:`CourseError` if their file is damaged."""
    path = _path(directory, assignment)
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(student): Identity(str(each["lms"]), str(each["number"]), str(each["name"]))
            for student, each in found.items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError):
        raise CourseError(
            f"{path}, which says who is who in the LMS, is damaged. Put it back from a backup, or "
            "delete it and import the download again."
        ) from None


def save_identities(
    directory: CourseDirectory, assignment: str, identities: Mapping[str, Identity]
) -> None:
    """Write the identities, at once."""
    path = _path(directory, assignment)
    path.parent.mkdir(parents=True, exist_ok=True)
    value = {
        student: {"lms": each.lms, "number": each.number, "name": each.name}
        for student, each in sorted(identities.items())
    }
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    draft.replace(path)


def has_gradebook(directory: CourseDirectory) -> bool:
    """Whether there is a gradebook; to open one that is not there makes an empty one."""
    url = make_url(directory.db_url)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()


def read_roster(directory: CourseDirectory, assignment: str) -> Roster:
    """The gradebook's students and the due date; :data:`NOBODY` if there is no gradebook yet."""
    if not has_gradebook(directory):
        return NOBODY
    with open_gradebook(directory.db_url, directory.course_id, assignment) as gradebook:
        wanted = select(Student.id, Student.first_name, Student.last_name, Student.lms_user_id)
        students = list(gradebook.db.execute(wanted))
        due = gradebook.db.scalar(select(Assignment.duedate).where(Assignment.name == assignment))
    names = ((f"{row.first_name or ''} {row.last_name or ''}", row.id) for row in students)
    numbers = ((row.lms_user_id or "", row.id) for row in students)
    return Roster(
        _only_unique(numbers),
        _only_unique((folded(name), student) for name, student in names),
        due,
        frozenset(row.id.casefold() for row in students if any(row[1:])),
    )


def _only_unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    listed = [(key, value) for key, value in pairs if key.strip()]
    count = Counter(key for key, _ in listed)
    return {key: value for key, value in listed if count[key] == 1}


def student_ids(
    senders: Iterable[Sender], lms: str, known: Mapping[str, Identity], roster: Roster
) -> dict[Sender, str]:
    """A student id, which names the folder, for each sender; never one for two of them.

    First comes the id that this LMS number had before; then the gradebook's student with that
    number (Canvas) or that full name (Moodle, whose numbers are for one assignment only, and which
    may put a group's name before it), if no other sender can be meant; then a new one of the name
    and the number.
    """
    senders = sorted(set(senders), key=lambda each: each.number)
    before = {each.number: student for student, each in known.items() if each.lms == lms}
    in_gradebook = _by_number(senders, roster) if lms == "canvas" else _by_name(senders, roster)
    chosen: dict[Sender, str] = {}
    taken = {student.casefold() for student in known}
    for sender in senders:
        student = before.get(sender.number)
        if student is None:
            student = in_gradebook.get(sender, "")
            if not student or student.casefold() in taken:
                student = safe_student(sender.name, sender.number)
                while student.casefold() in taken | roster.described:
                    student += "_"
        chosen[sender] = student
        taken.add(student.casefold())
    return chosen


def _by_number(senders: Sequence[Sender], roster: Roster) -> dict[Sender, str]:
    return _usable((each, roster.by_number.get(each.number, "")) for each in senders)


def _by_name(senders: Sequence[Sender], roster: Roster) -> dict[Sender, str]:
    """The gradebook's students by their full names, where only one sender has that name.

    Where groups hand in, Moodle puts a group's name and a hyphen before each name. That is so if
    every name has a hyphen, and none as a whole is in the gradebook; else hyphens are their own.
    """
    names = {each: folded(each.name) for each in senders}
    grouped = all("-" in each and each not in roster.by_name for each in names.values())
    meant = {
        each: {
            roster.by_name[part]
            for part in (_behind_hyphens(name) if grouped else [name])
            if part in roster.by_name
        }
        for each, name in names.items()
    }
    count = Counter(student for students in meant.values() for student in students)
    return _usable(
        (each, student)
        for each, students in meant.items()
        for student in students
        if len(students) == 1 and count[student] == 1
    )


def _behind_hyphens(name: str) -> list[str]:
    parts = name.split("-")
    return ["-".join(parts[number:]).strip() for number in range(1, len(parts))]


def _usable(found: Iterable[tuple[Sender, str]]) -> dict[Sender, str]:
    """Those whose id may be the name of a folder."""
    return {each: id for each, id in found if id and safe_file_name(id) == id}
