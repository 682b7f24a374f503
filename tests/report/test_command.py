"""``autograder report`` on real courses, called as its users call it."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course import Course
from tests.grading.classes import autograded, class_of, grade
from tests.report.classes import as_notebook, autograde, judged
from tests.report.reading_pages import Page
from tests.submissions import ASSIGNMENT, REPOSITORY, new_course, solved, submit, untouched

AUTOGRADER = Path(sys.executable).parent / "autograder"
DECLARED = REPOSITORY.assignment(ASSIGNMENT)
PADS_ALL = (
    "@exercise\ndef zero_pad(X, pad):\n"
    "    return np.pad(X, ((pad, pad), (pad, pad), (pad, pad), (pad, pad)))"
)


def report(course, *words, check=True, name=ASSIGNMENT):
    done = subprocess.run(
        [str(AUTOGRADER), "report", name, *map(str, words)],
        cwd=course.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert (done.returncode == 0) is check, done.stderr + done.stdout
    return done


def table(course, name):
    path = course.root / "report" / f"{ASSIGNMENT}-{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page(course):
    return Page((course.root / "report" / f"{ASSIGNMENT}.html").read_text(encoding="utf-8"))


@pytest.fixture
def course(tmp_path):
    return new_course(tmp_path / "course")


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Course:
    """A class that was really graded, and then had an accident and a late submission."""
    folder = tmp_path_factory.mktemp("report") / "course"
    students = {"ada": solved(), "bob": solved(zero_pad=PADS_ALL), "cyd": untouched()}
    course = class_of(folder, {**students, "dan": solved(), "<script>": untouched()})
    grade(course)
    broken = autograded(course, "dan")
    broken.chmod(0o644)
    broken.write_bytes(broken.read_bytes()[:500])
    submit(course, "zoe", untouched())
    return course


def test_a_graded_class(graded):
    said = report(graded).stdout
    assert "Graded: 5" in said
    assert "Not graded yet: 1" in said
    assert f"Report: {graded.root / 'report' / ASSIGNMENT}.html" in said
    submissions = {row["student"]: row for row in table(graded, "submissions")}
    assert list(submissions) == ["<script>", "ada", "bob", "cyd", "dan", "zoe"]
    assert submissions["ada"]["score"] == "100.0"
    assert float(submissions["ada"]["seconds"]) > 0
    assert float(submissions["ada"]["memory_mb"]) > 1
    assert submissions["bob"]["mistakes"].startswith("zero_pad: pads-every-axis")
    needing = [row["student"] for row in submissions.values() if row["needs_a_person"] == "yes"]
    assert needing == ["<script>", "cyd", "dan"]
    mistake = next(row for row in table(graded, "mistakes") if row["exercise"] == "zero_pad")
    assert (mistake["mistake"], mistake["students"]) == ("pads-every-axis", "1")
    assert mistake["what_happens"]
    published = table(graded, "cases")[0]
    assert (published["public"], published["passed"], published["of"]) == ("yes", "1", "4")


def test_whose_work_lies_at_the_wrong_place_is_said(graded):
    eve = graded.root / "submitted" / "eve"
    eve.mkdir()
    try:
        (eve / "hw.pdf").write_bytes(b"%PDF")
        said = report(graded).stdout
        (row,) = (each for each in table(graded, "submissions") if each["student"] == "eve")
    finally:
        shutil.rmtree(eve)
    assert "Not graded: eve: " in said
    assert "'hw.pdf'" in said
    assert "Not graded yet: 1" in said
    assert row["reasons"] in said


def test_its_page(graded):
    report(graded)
    found = page(graded)
    assert not found.all("script")
    assert all(each.startswith(("#", "data:")) for each in found.addresses)
    assert "<script> 0 Nothing was attempted." in found.words
    assert "dan – Its autograded notebook is damaged" in found.words
    assert "pads-every-axis" in found.words
    assert len(found.all("img")) == 2


def test_the_page_and_its_tables_can_be_elsewhere(graded, tmp_path):
    said = report(graded, "--output", tmp_path / "new" / "week 3.html").stdout
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    tables = [f"{ASSIGNMENT}-{name}.csv" for name in ("cases", "mistakes", "submissions")]
    assert names == [*tables, "week 3.html"]
    assert all(str(tmp_path / "new" / name) in said for name in names)


def test_hostile_students(course):
    for student in ("=cmd()", "<img src=x>", "@a;=b", os.fsdecode(b"caf\xe9")):
        value = judged(assignment=DECLARED, attention=["crashed"])
        autograde(course, DECLARED, student, as_notebook(value))
    report(course)
    assert [row["student"] for row in table(course, "submissions")] == [
        "<img src=x>",
        "'=cmd()",
        "'@a;'=b",
        r"caf\udce9",
    ]
    assert all(str(of["src"]).startswith("data:") for of in page(course).all("img"))
    assert "<img src=x>" in page(course).words


def test_damaged_notebooks_need_a_person(course):
    damaged = ["", "{", "[]", "null", '{"metadata": []}', "[" * 100_000]
    for number, text in enumerate(damaged):
        autograde(course, DECLARED, f"s{number}", text)
    assert f"For a person to look at: {len(damaged)}" in report(course).stdout
    assert {row["status"] for row in table(course, "submissions")} == {"damaged"}


def test_an_autograded_folder_without_its_notebook_is_not_graded_yet(course):
    """So it is while grading goes on, or after it was interrupted."""
    submit(course, "ada", untouched())
    autograde(course, DECLARED, "ada", "").unlink()
    autograde(course, DECLARED, "bob", as_notebook(judged(assignment=DECLARED)))
    assert "Not graded yet: 1" in report(course).stdout


def test_without_a_graded_submission_it_says_what_to_run(course):
    for words in ("There are no graded", f"Run this first: autograder grade {ASSIGNMENT}"):
        assert words in report(course, check=False).stderr
    submit(course, "ada", untouched())
    assert "(1 not graded yet)" in report(course, check=False).stderr
    assert not (course.root / "report").exists()


def test_another_assignment_is_no_assignment(course):
    refused = report(course, name="pooling", check=False)
    assert "There is no assignment 'pooling'" in refused.stderr


def test_help_has_examples(course):
    assert "Examples" in report(course, "--help").stdout
