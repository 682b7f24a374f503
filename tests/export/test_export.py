"""The files for Canvas, Moodle, people and programs, from a gradebook and autograded notebooks."""

from __future__ import annotations

import codecs
import csv
import io
import json
import subprocess
import time

import pytest
from nbgrader.api import Gradebook

from autograder.errors import CourseError
from autograder.export.layouts import LAYOUTS
from autograder.export.writing import collect_grades, lay_out, write_export
from autograder.importing.identities import Identity, save_identities
from autograder.nbgrader.configuration import course_directory
from tests.cli.test_commands import run
from tests.export.gradebooks import change, graded_course, write_judged
from tests.grading.classes import database
from tests.jupyter_servers import BIN, own_path
from tests.submissions import ASSIGNMENT, EXERCISES

STUDENTS = {
    "testa": {
        "first_name": "Testa",
        "last_name": 'Çöma, "Jr"',
        "email": "t@example.org",
        "lms_user_id": "501",
    },
    "probe": {"first_name": "雷", "last_name": "試験"},
    "formula": {"first_name": "=1+1", "last_name": "@SUM(A1)", "email": "+x@example.org"},
}
HALF = 50.0


@pytest.fixture
def course(tmp_path):
    return graded_course(tmp_path / "course", STUDENTS)


def exported(course, layout, students=()):
    with Gradebook(database(course)) as gradebook:
        grades = collect_grades(gradebook, course_directory(course), ASSIGNMENT, layout, students)
    return lay_out(grades, layout)


def rows(content):
    text = content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def by_student(course):
    value = json.loads(exported(course, "json"))
    return {each["student"]: each for each in value["students"]}


def test_canvas_layout_is_what_its_importer_reads(course):
    content = exported(course, "canvas")
    header, points, *students = csv.reader(io.StringIO(content.decode(), newline=""))
    assert header[:6] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ASSIGNMENT]
    # Canvas offers to create an assignment for each column that it does not know or pass over.
    assert all("Current Points" in name for name in header[6:])
    assert [name.split()[0] for name in header[6:-2]] == EXERCISES
    assert "Points Possible" in points[0]
    assert points[5] == "100"
    assert sum(map(float, points[6:-2])) == 100
    found = {row[3]: row for row in students}
    assert found["testa"][:6] == ['Çöma, "Jr", Testa', "501", "", "testa", "", "50"]
    assert found["probe"][:2] == ["試験, 雷", ""]


def test_moodle_worksheet_has_the_columns_that_moodle_needs(course):
    directory = course_directory(course)
    save_identities(directory, ASSIGNMENT, {"probe": Identity("moodle", "77", "x")})
    found = {row["ID number"]: row for row in rows(exported(course, "moodle"))}
    # After an import only Moodle's own number of this assignment counts: 501 is another's there.
    assert {name: row["Identifier"] for name, row in found.items()} == {
        "testa": "",
        "probe": "Participant 77",
        "formula": "",
    }
    assert found["probe"]["Grade"] == "50"
    assert found["probe"]["Maximum Grade"] == "100"
    assert found["testa"]["Email address"] == "t@example.org"
    assert found["testa"]["Last modified (submission)"] == "2026-03-01 12:30:00"
    assert found["testa"]["Last modified (grade)"] == ""
    assert "Feedback comments" not in found["testa"]


def test_canvas_takes_an_imported_number_where_the_gradebook_has_none(course):
    seen = {name: Identity("canvas", f"9{number}") for number, name in enumerate(STUDENTS)}
    save_identities(course_directory(course), ASSIGNMENT, seen)
    found = {row["SIS Login ID"]: row["ID"] for row in rows(exported(course, "canvas"))[1:]}
    assert found == {"testa": "501", "probe": "91", "formula": "92"}
    assert rows(exported(course, "moodle"))[0]["Identifier"] != "Participant 91"


def test_only_the_file_for_excel_has_a_byte_order_mark(course):
    marked = {name for name in LAYOUTS if exported(course, name).startswith(codecs.BOM_UTF8)}
    assert marked == {"csv"}


@pytest.mark.parametrize("layout", ["canvas", "moodle", "csv"])
def test_formulas_are_defused_and_numbers_are_not(course, layout):
    text = exported(course, layout).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert any(cell.startswith(("'=1+1", "'@SUM")) for cell in cells)
    assert not any(cell.startswith(("=", "+", "@", "-")) for cell in cells)
    assert "50" in cells


def test_manual_scores_extra_credit_and_the_penalty_count(course):
    first, second = EXERCISES[:2]
    change(course, "probe", **{first: {"manual_score": 0.0, "extra_credit": 2.5}}, penalty=7.5)
    change(course, "testa", **{second: {"auto_score": 0.0}}, penalty=500.0)
    found = by_student(course)
    probe = found["probe"]
    assert probe["exercises"][first]["score"] == 2.5
    assert probe["score"] == HALF - probe["exercises"][first]["max_score"] / 2 + 2.5
    assert probe["total"] == probe["score"] - 7.5
    assert found["testa"]["exercises"][second]["score"] == 0
    assert found["testa"]["total"] == 0
    row = {each["student"]: each for each in rows(exported(course, "csv"))}["probe"]
    assert float(row[first]) == 2.5
    assert float(row["late penalty"]) == 7.5
    assert float(row["score after penalty"]) == probe["total"]


def test_what_is_not_graded_is_empty_and_no_zero(course):
    ungraded = {name: {"auto_score": None, "needs_manual_grade": True} for name in EXERCISES}
    change(course, "probe", **ungraded)
    probe = by_student(course)["probe"]
    assert (probe["score"], probe["total"]) == (None, None)
    assert probe["attention"] == ["needs manual grading"]
    row = {each["SIS Login ID"]: each for each in rows(exported(course, "canvas"))}["probe"]
    assert row[ASSIGNMENT] == ""


def test_the_judges_reasons_are_told(course):
    write_judged(course, "probe", ["crashed", "timed out"])
    write_judged(course, "testa", [])
    found = by_student(course)
    assert found["probe"]["attention"] == ["crashed", "timed out"]
    assert found["testa"]["attention"] == found["formula"]["attention"] == []
    row = {each["student"]: each for each in rows(exported(course, "csv"))}["probe"]
    assert row["needs attention"] == "crashed; timed out"


def test_unknown_students_and_assignments_are_explained(course):
    with pytest.raises(CourseError, match=r"no submission of .* from nobody"):
        exported(course, "csv", ["nobody"])
    with Gradebook(database(course)) as gradebook, pytest.raises(CourseError, match="It has: conv"):
        collect_grades(gradebook, course_directory(course), "pooling", "csv")
    with pytest.raises(CourseError, match="Name another --output"):
        write_export(b"", course.root / "nowhere" / "grades.csv")


def test_the_command_writes_the_same_and_warns_of_unknown_numbers(course):
    done = run("export", ASSIGNMENT, "--format", "canvas", cwd=course.root)
    assert (course.root / f"{ASSIGNMENT}-canvas.csv").read_bytes() == exported(course, "canvas")
    assert "formula, probe" in done.stderr
    assert "testa" not in done.stderr
    done = run("export", ASSIGNMENT, "--format", "json", "--output", "-", cwd=course.root)
    assert json.loads(done.stdout) == json.loads(exported(course, "json"))


def test_the_command_refuses_without_a_gradebook(course):
    (course.root / "gradebook.db").unlink()
    done = run("export", ASSIGNMENT, "--format", "csv", cwd=course.root, check=False)
    assert done.returncode == 1
    assert "There is no gradebook" in done.stderr
    assert not (course.root / "gradebook.db").exists()


@pytest.mark.parametrize(
    ("plugin", "layout"),
    [
        ("CanvasExport", "canvas"),
        ("MoodleExport", "moodle"),
        ("DetailedCsvExport", "csv"),
        ("JsonExport", "json"),
    ],
)
def test_nbgraders_own_command_writes_the_same(course, plugin, layout):
    write_judged(course, "probe", ["crashed"])
    done = nbgrader_export(course, plugin, "--to", "out.file")
    assert done.returncode == 0, done.stderr
    assert (course.root / "out.file").read_bytes() == exported(course, layout)


def test_nbgraders_own_command_exports_one_student_and_explains_an_unknown_one(course):
    done = nbgrader_export(course, "JsonExport", "--student", "['probe']", "--to", "out")
    assert done.returncode == 0, done.stderr
    (only,) = json.loads((course.root / "out").read_text(encoding="utf-8"))["students"]
    assert only["student"] == "probe"
    done = nbgrader_export(course, "JsonExport", "--student", "['nobody']")
    assert done.returncode == 1
    assert "no submission" in done.stderr
    assert "Traceback" not in done.stderr


def nbgrader_export(course, plugin, *words):
    exporter = f"--exporter=autograder.nbgrader.export_plugins.{plugin}"
    return subprocess.run(
        [str(BIN / "nbgrader"), "export", exporter, *words],
        cwd=course.root,
        env=own_path(),
        check=False,
        capture_output=True,
        text=True,
    )


def test_a_large_class_takes_few_queries(tmp_path):
    """Three queries and what opening takes: no more for a hundred than for one."""
    from sqlalchemy import event

    course = graded_course(tmp_path / "course", {f"s{n:03}": {} for n in range(100)})
    with Gradebook(database(course)) as gradebook:
        queries = []
        event.listen(
            gradebook.engine, "before_cursor_execute", lambda *args: queries.append(args[2])
        )
        started = time.monotonic()
        grades = collect_grades(gradebook, course_directory(course), ASSIGNMENT, "csv")
    assert len(grades.students) == 100
    assert len(queries) <= 5, queries
    assert time.monotonic() - started < 5
