"""One function for each format: grades in, the file's bytes out.

All are UTF-8. Only the file for people begins with a byte-order mark, without which Excel shows
names in other scripts as noise; Canvas, Moodle and programs that read JSON need none.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import Any

from autograder.export.cells import Cell, to_csv
from autograder.export.grades import AssignmentGrades, StudentGrades
from autograder.printable import json_text

_IGNORED_BY_CANVAS = "(Current Points)"
"""Canvas takes every column after Section for an assignment, and offers to create those that it
does not know; but it passes over those that have this in their heading, as its own totals have
(NON_ASSIGNMENT_COLUMN_HEADERS in lib/gradebook_importer.rb of canvas-lms)."""


def canvas(grades: AssignmentGrades) -> bytes:
    """The CSV that Canvas's gradebook imports (Grades → Import).

    Canvas finds students by ID, else by SIS login, else by name. The column with the assignment's
    name is imported; the exercises' columns are for people, their points are in the second row.
    """
    exercises = list(grades.max_scores)
    header: list[Cell] = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    header += [grades.assignment]
    header += [f"{name} {_IGNORED_BY_CANVAS}" for name in exercises]
    header += [f"{name} {_IGNORED_BY_CANVAS}" for name in ("Late penalty", "Needs attention")]
    points: list[Cell] = ["    Points Possible", None, None, None, None, grades.max_score]
    points += [*grades.max_scores.values(), None, None]
    rows = [header, points]
    for each in grades.students:
        row: list[Cell] = [each.sortable_name, each.lms_id, None, each.student, None, each.total]
        rows.append([*row, *_scores(each, exercises), each.penalty, _reasons(each)])
    return to_csv(rows).encode()


def moodle(grades: AssignmentGrades) -> bytes:
    """The grading worksheet that Moodle's assignment takes back (Upload grading worksheet).

    Moodle finds students by Identifier and reads Grade; what it does not know it passes over.
    There is no column "Feedback comments", for an empty one would erase what is written there.
    """
    exercises = list(grades.max_scores)
    header: list[Cell] = ["Identifier", "Full name", "ID number", "Email address", "Status"]
    header += ["Grade", "Maximum Grade", "Grade can be changed"]
    header += ["Last modified (submission)", "Last modified (grade)"]
    rows = [[*header, *_detail_headings(exercises)]]
    for each in grades.students:
        row: list[Cell] = [
            f"Participant {each.lms_id}" if each.lms_id else None,
            each.full_name,
            each.student,
            each.email,
            "Submitted for grading",
            each.total,
            grades.max_score,
            "Yes",
            _time(each),
            None,
        ]
        rows.append([*row, *_details(each, grades)])
    return to_csv(rows).encode()


def plain_csv(grades: AssignmentGrades) -> bytes:
    """A table for people: opens in Excel with names in any script."""
    header: list[Cell] = [
        "student",
        "last name",
        "first name",
        "email",
        "LMS id",
        "submitted (UTC)",
    ]
    header += ["score after penalty", "max score"]
    rows = [[*header, *_detail_headings(list(grades.max_scores))]]
    for each in grades.students:
        row: list[Cell] = [each.student, each.last_name, each.first_name, each.email, each.lms_id]
        row += [_time(each), each.total, grades.max_score]
        rows.append([*row, *_details(each, grades)])
    return codecs.BOM_UTF8 + to_csv(rows).encode()


def as_json(grades: AssignmentGrades) -> bytes:
    """One JSON object for programs: exact numbers, null for what is not known."""
    value = {
        "assignment": grades.assignment,
        "max_score": grades.max_score,
        "students": [_json(each, grades) for each in grades.students],
    }
    return (json_text(value, indent=1) + "\n").encode()


def _json(each: StudentGrades, grades: AssignmentGrades) -> dict[str, Any]:
    return {
        "student": each.student,
        "first_name": each.first_name or None,
        "last_name": each.last_name or None,
        "email": each.email or None,
        "lms_user_id": each.lms_id or None,
        "timestamp": each.timestamp.isoformat() + "Z" if each.timestamp else None,
        "score": each.score,
        "late_penalty": each.penalty,
        "total": each.total,
        "max_score": grades.max_score,
        "exercises": {
            name: {"score": each.scores[name], "max_score": points}
            for name, points in grades.max_scores.items()
        },
        "attention": list(each.attention),
    }


def _detail_headings(exercises: list[str]) -> list[Cell]:
    columns: list[Cell] = []
    for name in exercises:
        columns += [name, f"{name} (max)"]
    return [*columns, "score before penalty", "late penalty", "needs attention"]


def _details(each: StudentGrades, grades: AssignmentGrades) -> list[Cell]:
    cells: list[Cell] = []
    for name, points in grades.max_scores.items():
        cells += [each.scores[name], points]
    return [*cells, each.score, each.penalty, _reasons(each)]


def _scores(each: StudentGrades, exercises: list[str]) -> list[Cell]:
    return [each.scores[name] for name in exercises]


def _reasons(each: StudentGrades) -> str:
    return "; ".join(each.attention)


def _time(each: StudentGrades) -> str | None:
    return each.timestamp.isoformat(" ", "seconds") if each.timestamp else None


LAYOUTS: dict[str, Callable[[AssignmentGrades], bytes]] = {
    "canvas": canvas,
    "moodle": moodle,
    "csv": plain_csv,
    "json": as_json,
}
"""Every format by its name on the command line."""

LMS_LAYOUTS = ("canvas", "moodle")
"""Those that an LMS reads, which has its own number for each student."""
