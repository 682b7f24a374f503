"""Make the report of an assignment and write its files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from autograder.course import Course
from autograder.exercises import Assignment
from autograder.mistakes import known_mistakes
from autograder.report.page import render
from autograder.report.reading import read_class
from autograder.report.summary import Summary, summarise
from autograder.report.tables import csv_tables

FOLDER = "report"
"""Where reports are, below the course."""


@dataclass(frozen=True)
class Written:
    """What the report says, and the files in which it is said: the ``page`` and the ``tables``."""

    summary: Summary
    page: Path
    tables: tuple[Path, ...]


def write_report(course: Course, assignment: Assignment, page: Path | None = None) -> Written:
    """Write the page, by default in the course's ``report/``, and the CSV files beside it.

    Raises :class:`autograder.errors.CourseError` if nothing is graded yet.
    """
    page = page or course.root / FOLDER / f"{assignment.name}.html"
    graded = read_class(course, assignment)
    known = known_mistakes(assignment)
    summary = summarise(assignment, graded.submissions, graded.waiting, known, graded.left_out)
    _write(page, render(summary, date.today()))
    tables = []
    for name, text in csv_tables(summary).items():
        path = page.with_name(f"{assignment.name}-{name}.csv")
        _write(path, text)
        tables.append(path)
    return Written(summary, page, tuple(tables))


def _write(path: Path, text: str) -> None:
    """All of it or nothing. A student's id may be the name of a folder that is no proper text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.draft")
    draft.write_bytes(text.encode("utf-8", "backslashreplace"))
    draft.replace(path)
