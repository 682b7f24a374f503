"""Downloads made up for tests, and what became of them in a course."""

from __future__ import annotations

from datetime import datetime

from nbgrader.api import Gradebook
from nbgrader.utils import parse_utc

from autograder.importing.download import import_download
from tests.grading.classes import database
from tests.importing.zips import make_zip
from tests.submissions import ASSIGNMENT

NOTEBOOK = f"{ASSIGNMENT}.ipynb"
MOODLE = "_assignsubmission_file_"


def bring_in(course, files, lms="canvas", **options):
    """Import a zip of ``files``, or at a path; outcomes and reasons by (who, what)."""
    path = make_zip(course.root / "all.zip", files) if isinstance(files, list) else files
    told = list(import_download(course, path, lms, ASSIGNMENT, **options))
    leftovers = [each.name for each in submitted(course).glob(".importing-*")]
    assert leftovers == []
    return [(row.outcome, row.who, row.why) for row in told]


def submitted(course):
    return course.root / "submitted"


def folder(course, student):
    return submitted(course) / student / ASSIGNMENT


def students(course):
    return sorted(each.name for each in submitted(course).iterdir() if each.name[0] != ".")


def inside(course, student):
    own = folder(course, student)
    return {path.relative_to(own).as_posix(): path.read_bytes() for path in own.rglob("*.*")}


def due(course, *when):
    with Gradebook(database(course)) as gradebook:
        gradebook.find_assignment(ASSIGNMENT).duedate = datetime(*when)
        gradebook.db.commit()


def when(course, student):
    return parse_utc((folder(course, student) / "timestamp.txt").read_text())
