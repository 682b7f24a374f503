"""A term's course by the commands that an instructor types: one set of numbers everywhere."""

from __future__ import annotations

import csv
import json
import re
import subprocess
from pathlib import Path

import bs4
import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograder.cli.app import make_app
from autograder.nbgrader.configuration import course_directory
from tests.grading.classes import configure, database
from tests.grading.manual_questions import STUBS, WORDS, ask, course_with_questions
from tests.grading.test_regrading import ADDS_ONE, adds_one_is_right
from tests.jupyter_servers import BIN, own_path
from tests.submissions import ASSIGNMENT, solved, submit

RULE = (
    "c.AssignLatePenalties.plugin_class = 'autograder.nbgrader.late_penalty.PercentPerDay'",
    "c.Exchange.timezone = 'Europe/Berlin'",
)
NOTEBOOK = f"{ASSIGNMENT}.ipynb"
POINTS = 130
"""Those of the exercises, and three questions that a person grades."""
DUE = "2026-10-24 21:59:00 UTC"
"""A minute before midnight in Berlin; the night that follows has 25 hours."""
HANDED_IN = {
    "on-time": "2026-10-24 23:58:00 CEST",
    "a-day-late": "2026-10-25 23:58:00 CET",
    "extended": "2026-10-31 23:58:00 CET",
    "by-exchange": "2026-10-26 12:00:00 CET",
}


class Term:
    """The course and what its instructor does."""

    def __init__(self, folder: Path) -> None:
        self.course = course_with_questions(folder / "course")
        self.exchange = folder / "exchange"
        configure(self.course, *RULE, f"c.Exchange.root = {str(self.exchange)!r}")

    def nbgrader(self, *words: str) -> None:
        done = subprocess.run(
            [str(BIN / "nbgrader"), *words],
            cwd=self.course.root,
            env=own_path(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def autograder(self, *words: str) -> str:
        verb = [*words, "--course", str(self.course.root)]
        done = CliRunner().invoke(make_app(verb), verb, env={"COLUMNS": "300"})
        assert done.exit_code == 0, done.output
        return done.output

    def gradebook(self) -> Gradebook:
        return Gradebook(database(self.course), course_directory(self.course).course_id)

    def in_the_gradebook(self) -> dict[str, float]:
        with self.gradebook() as gradebook:
            submissions = gradebook.find_assignment(ASSIGNMENT).submissions
            return {
                each.student.id: each.score - each.late_submission_penalty for each in submissions
            }

    def in_the_table(self) -> dict[str, float]:
        said = self.autograder("grade", ASSIGNMENT)
        assert said.count("(unchanged)") == len(HANDED_IN), "nothing runs"
        found = re.findall(rf"│ (\S+) +│ ([\d.]+) / {POINTS}", said)
        return {student: float(points) for student, points in found}

    def in_the_json(self) -> dict[str, float]:
        rows = json.loads(self.autograder("grade", ASSIGNMENT, "--json"))
        return {row["student"]: row["counts"]["score"] for row in rows}

    def in_the_report(self) -> dict[str, float]:
        self.autograder("report", ASSIGNMENT)
        rows = self.rows(self.course.root / "report" / f"{ASSIGNMENT}-submissions.csv")
        assert {row["max_score"] for row in rows} == {f"{POINTS}.0"}
        return {row["student"]: float(row["score"]) for row in rows}

    def on_the_pages(self) -> dict[str, float]:
        return {student: points_on(self.page(student)) for student in HANDED_IN}

    def in_the_export(self) -> dict[str, float]:
        path = self.course.root / "grades.csv"
        self.autograder("export", ASSIGNMENT, "--format", "csv", "--output", str(path))
        return {row["student"]: float(row["score after penalty"]) for row in self.rows(path)}

    def rows(self, path: Path) -> list[dict[str, str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def page(self, student: str) -> str:
        folder = self.course.root / "feedback" / student / ASSIGNMENT
        return (folder / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")

    def everywhere(self) -> dict[str, float]:
        """What counts, which is the same wherever it is read."""
        places = {
            "table": self.in_the_table(),
            "JSON": self.in_the_json(),
            "report": self.in_the_report(),
            "pages": self.on_the_pages(),
            "export": self.in_the_export(),
            "gradebook": self.in_the_gradebook(),
        }
        for place, numbers in places.items():
            assert numbers == pytest.approx(places["gradebook"]), place
        return places["gradebook"]


def points_on(page: str) -> float:
    """The points that a feedback page begins with."""
    total = bs4.BeautifulSoup(page, "html.parser").find(class_="total").get_text(" ")
    (points,) = re.findall(rf"([\d.]+) of {POINTS} points", total)
    return float(points)


def test_a_term(tmp_path):
    term = Term(tmp_path)
    term.exchange.mkdir()
    term.exchange.chmod(0o777)
    term.nbgrader("db", "assignment", "add", ASSIGNMENT, "--duedate", DUE)  # before all else
    hand_in(term)

    graded = term.autograder("grade", ASSIGNMENT)
    assert "90 / 130, 10 off for lateness" in graded
    assert f"{WORDS} is for a person to grade" in graded
    assert term.everywhere() == {
        "on-time": 100,
        "a-day-late": 90,  # the day had 25 hours
        "extended": 50,
        "by-exchange": 95 * 0.8,  # adds one
    }

    with term.gradebook() as gradebook:  # as the formgrader does
        gradebook.grant_extension(ASSIGNMENT, "extended", weeks=1)  # until midnight in Berlin
        given = gradebook.find_grade(WORDS, ASSIGNMENT, ASSIGNMENT, "a-day-late")
        given.manual_score, given.needs_manual_grade = 8.0, False
        gradebook.db.commit()
    assert term.everywhere() == {
        "on-time": 100,
        "a-day-late": pytest.approx(108 * 0.9),
        "extended": 100,
        "by-exchange": 95 * 0.8,
    }

    adds_one_is_right(term.course)
    said = term.autograder("regrade", ASSIGNMENT, "--yes")
    assert "1 gain, 3 lose" in said
    after = {
        "on-time": 95,
        "a-day-late": pytest.approx(103 * 0.9),
        "extended": 95,
        "by-exchange": 80,
    }
    assert term.on_the_pages() == after, "a regrade writes pages, too"
    assert term.everywhere() == after

    term.nbgrader("release_feedback", ASSIGNMENT)
    released = list((term.exchange / "convolutional-networks" / "feedback").rglob("*.html"))
    pages = [path.read_text(encoding="utf-8") for path in released]
    assert sorted(pages) == sorted(term.page(student) for student in HANDED_IN)


def hand_in(term: Term) -> None:
    answered = ask(solved(), **{**STUBS, WORDS: "They are seen once."})
    for student, when in HANDED_IN.items():
        notebook = solved(distribute_value=ADDS_ONE) if student == "by-exchange" else answered
        folder = submit(term.course, student, notebook).parent
        (folder / "timestamp.txt").write_text(when, encoding="utf-8")
        (folder / "submission_secret.txt").write_text(student * 8, encoding="utf-8")
