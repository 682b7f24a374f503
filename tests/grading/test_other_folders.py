"""A course in an odd folder, whose settings put everything elsewhere, is a course like any."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from autograder.cli.app import make_app
from autograder.course import Course, find_course
from autograder.errors import CourseError
from autograder.nbgrader.commands import generate_assignment
from autograder.release.building import stale_files
from tests.grading.classes import configure
from tests.submissions import ASSIGNMENT, REPOSITORY, new_course, save, solved, untouched

SETTINGS = (
    "c.CourseDirectory.directory_structure = '{nbgrader_step}/{assignment_id}/{student_id}'",
    "c.CourseDirectory.source_directory = 'own work'",
    "c.CourseDirectory.release_directory = 'for students'",
    "c.CourseDirectory.submitted_directory = 'handed in'",
    "c.CourseDirectory.autograded_directory = 'graded'",
    "c.CourseDirectory.feedback_directory = 'pages'",
)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Graded as an instructor grades it."""
    folder = tmp_path_factory.mktemp("odd") / "CNN [50% *WS26]"
    ordinary = new_course(folder)
    (folder / "notebooks").rename(folder / "own work")
    configure(ordinary, *SETTINGS)
    course = find_course(folder)
    assert course == Course(folder)
    for student, notebook in {"ada": solved(), "bob": untouched()}.items():
        save(notebook, folder / "handed in" / ASSIGNMENT / student / f"{ASSIGNMENT}.ipynb")
    said = run(course, "grade", ASSIGNMENT, "--json")
    graded = json.loads(said)
    assert {each["student"]: each["result"]["score"] for each in graded} == {"ada": 100, "bob": 0}
    return course


def run(course, *words) -> str:
    done = CliRunner().invoke(make_app(words), [*words, "--course", str(course.root)])
    assert done.exit_code == 0, f"{done.output} {done.exception!r}"
    return done.stdout


def test_what_is_written_lies_where_it_belongs(course):
    for folder, suffix in (("graded", "ipynb"), ("pages", "html")):
        for student in ("ada", "bob"):
            assert (course.root / folder / ASSIGNMENT / student / f"{ASSIGNMENT}.{suffix}").exists()
    for name in ("notebooks", "submitted", "autograded", "feedback", "release"):
        assert not (course.root / name).exists() or name == "release"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["grade", ASSIGNMENT], "(unchanged)"),
        (["feedback", ASSIGNMENT], "Pages: 2 (2 unchanged)"),
        (["regrade", ASSIGNMENT, "--yes"], "2 stay as they are"),
        (["report", ASSIGNMENT], "Graded: 2"),
        (["export", ASSIGNMENT, "--format", "csv", "--output", "-"], "bob"),
        (["check", f"handed in/{ASSIGNMENT}/ada/{ASSIGNMENT}.ipynb"], "100 of 100"),
    ],
)
def test_every_verb_finds_it(course, monkeypatch, words, told):
    monkeypatch.chdir(course.root)
    assert told in run(course, *words)


def test_where_nothing_is_the_place_is_named(course):
    (course.root / "handed in").rename(course.root / "put away")
    try:
        with pytest.raises(CourseError, match=r"handed in/.*<student>"):
            CliRunner().invoke(
                make_app(["grade"]),
                ["grade", ASSIGNMENT, "--course", str(course.root)],
                catch_exceptions=False,
            )
    finally:
        (course.root / "put away").rename(course.root / "handed in")


def test_its_release_is_the_ordinary_one(course):
    """What nbgrader is to leave out is left out, too."""
    (course.root / "own work" / ASSIGNMENT / "__pycache__").mkdir(exist_ok=True)
    (course.root / "own work" / ASSIGNMENT / "__pycache__" / "x.pyc").write_text("")
    generate_assignment(course, ASSIGNMENT)
    ours, ordinary = course.folder("release", ASSIGNMENT), REPOSITORY.folder("release", ASSIGNMENT)
    assert ours == course.root / "for students" / ASSIGNMENT
    files = {
        path.relative_to(ordinary): path.read_bytes()
        for path in ordinary.rglob("*")
        if path.is_file()
    }
    assert files == {
        path.relative_to(ours): path.read_bytes() for path in ours.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("setting", ["source_directory", "directory_structure"])
def test_a_course_without_notebooks_folder_is_one_by_its_settings(tmp_path, setting):
    """Which are not run to find out: the folder may be what somebody handed in."""
    config = tmp_path / "nbgrader_config.py"
    config.write_text(f"raise SystemExit('was run')\nc.CourseDirectory.{setting} = 'x'\n")
    assert find_course(tmp_path).root == tmp_path
    config.write_text("raise SystemExit('was run')\n")
    with pytest.raises(CourseError, match="not in a course folder"):
        find_course(tmp_path, or_own=False)


def test_a_copy_touches_nothing_of_its_original(tmp_path):
    """Such as what `autograder release --check` builds, wherever the original keeps its things."""
    folder = tmp_path / "course"
    original = new_course(folder)
    (folder / "notebooks").rename(tmp_path / "elsewhere")
    configure(
        original,
        f"c.CourseDirectory.source_directory = {str(tmp_path / 'elsewhere')!r}",
        f"c.CourseDirectory.db_url = 'sqlite:///{tmp_path}/elsewhere.db'",
        f"c.CourseDirectory.root = {str(folder)!r}",
    )
    copy = Course(folder).copy_to(tmp_path / "copy")
    assert copy.notebook_path(copy.assignment(ASSIGNMENT)).is_relative_to(tmp_path / "copy")
    assert copy.directory.db_url == f"sqlite:///{tmp_path}/copy/gradebook.db"
    assert copy.directory.root == str(tmp_path / "copy")


def test_what_is_stale_is_found_where_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.release.building.build", lambda *_, **__: None)
    folder = tmp_path / "course"
    ordinary = new_course(folder)
    (folder / "notebooks").rename(folder / "own work")
    configure(ordinary, "c.CourseDirectory.source_directory = 'own work'")
    course = Course(folder)
    assert not [each for each in stale_files(course) if each.startswith("own work")]
    everything = stale_files(course)
    assert everything, "the copy has no release"
    assert all(each.startswith("release/") for each in everything)
