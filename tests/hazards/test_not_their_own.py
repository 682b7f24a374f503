"""Hazard 31: a folder that is a link to somebody else's work, a time that cannot have been."""

from __future__ import annotations

import shutil
from datetime import datetime

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.grading.outcome import Graded
from autograder.grading.preparing import Materials, prepare_file
from autograder.nbgrader.configuration import course_directory
from autograder.nbgrader.prepare import prepare as name_notebook
from tests.grading.classes import class_of, database, grade
from tests.submissions import ASSIGNMENT, REPOSITORY, save, solved, submit

TIMES = {
    "before-nbgrader": "1970-01-01 00:00:00 UTC",
    "in-the-future": "2999-01-01 00:00:00 UTC",
    "before-the-course": "2016-01-01 00:00:00 UTC",
    "no-time": "yesterday",
    "too-large": "9" * 40,
}
REASONS = {
    "before-nbgrader": "before 2015, when nbgrader was first released",
    "in-the-future": "in the future",
    "before-the-course": "more than a year before the due date in the gradebook, 2026-03-01",
    "no-time": "is no time",
    "too-large": "is no time",
    "links-to-the-solutions": "is a link to",
    "links-to-a-neighbour": "is a link to",
    "links-to-nothing": "is a link to",
    "is-a-neighbour": "is a link to 'honest'",
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory) -> dict[str, Graded]:
    """Nobody's code is run for this: all that can be graded cannot be read."""
    course = class_of(tmp_path_factory.mktemp("others") / "course", {})
    for student in ("honest", *TIMES):
        path = submit(course, student, solved())
        path.write_bytes(path.read_bytes()[:1_000])
        if student in TIMES:
            path.with_name("timestamp.txt").write_text(TIMES[student])
    shutil.copytree(REPOSITORY.root / "solutions" / ASSIGNMENT, course.root / "solutions")
    submitted = course.root / "submitted"
    for student, target in {
        "links-to-the-solutions": course.root / "solutions",
        "links-to-a-neighbour": f"../honest/{ASSIGNMENT}",
        "links-to-nothing": "nowhere",
    }.items():
        (submitted / student).mkdir()
        (submitted / student / ASSIGNMENT).symlink_to(target)
    (submitted / "is-a-neighbour").symlink_to("honest")
    with Gradebook(database(course)) as gradebook:
        gradebook.find_assignment(ASSIGNMENT).duedate = datetime(2026, 3, 1)
        gradebook.db.commit()
    return grade(course)


@pytest.mark.parametrize("student", REASONS)
def test_it_is_refused_with_the_reason(outcomes, student):
    assert REASONS[student] in outcomes[student].problem
    assert outcomes[student].result is None


def test_the_others_go_on(outcomes):
    assert outcomes["honest"].problem == ""
    assert outcomes["honest"].score == 0


@pytest.fixture(scope="module")
def materials() -> Materials:
    assignment = REPOSITORY.assignment(ASSIGNMENT)
    return Materials.of(REPOSITORY, assignment, course_directory(REPOSITORY))


@pytest.mark.parametrize("place", [".", "submitted", "downloads", "downloads/course"])
def test_of_a_notebook_among_courses_no_files_are_taken(tmp_path, materials, place):
    """Solutions, the gradebook and neighbours lie there, and a stranger's code would read them."""
    root = (
        tmp_path if place in (".", "submitted") else tmp_path / place.partition("/")[0] / "course"
    )
    (root / "notebooks").mkdir(parents=True)
    (root / "nbgrader_config.py").touch()
    path = save(solved(), tmp_path / place / "mine.ipynb")
    path.with_name("reference.py").write_text("the answers")
    prepared = prepare_file(path, path.read_bytes(), materials)
    assert prepared.files == {}
    assert any("there is a course among them or around them" in note for note in prepared.notes)


def test_of_a_notebook_in_a_folder_of_its_own_they_are(tmp_path, materials):
    path = save(solved(), tmp_path / "ada" / "mine.ipynb")
    path.with_name("helper.py").write_text("x = 1")
    path.with_name("draw.py").write_text("x = 1")
    prepared = prepare_file(path, path.read_bytes(), materials)
    assert prepared.files == {"helper.py": b"x = 1"}
    assert prepared.notes == (
        "Files were left out, because the course's configuration ignores such names: 'draw.py'.",
    )


def test_of_a_notebook_among_others_hand_ins_are_not_taken(tmp_path, materials):
    """Downloads lie together in one folder: a neighbour's answers are not for a stranger's code."""
    path = save(solved(), tmp_path / "ada.ipynb")
    save(solved(), tmp_path / "bob.ipynb")
    (tmp_path / "cyd.ipynb").write_bytes(nbformat.writes(solved()).encode("utf-16-le"))
    save(solved(), tmp_path / "sub" / "dan.ipynb")
    helper = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("def zero_pad(): ...")])
    save(helper, tmp_path / "helper.ipynb")
    prepared = prepare_file(path, path.read_bytes(), materials)
    assert set(prepared.files) == {"helper.ipynb"}
    assert prepared.notes == ()


def test_nothing_is_written_where_a_link_leads(tmp_path):
    """nbgrader's door puts a renamed notebook under its name, before it can refuse anything."""
    neighbour = save(solved(), tmp_path / "honest" / ASSIGNMENT / "mine.ipynb").parent
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / ASSIGNMENT).symlink_to(neighbour)
    (tmp_path / "is-linked").symlink_to("honest")
    for student in ("links", "is-linked"):
        name_notebook(ASSIGNMENT, student, [str(tmp_path / student / ASSIGNMENT / "mine.ipynb")])
    assert [path.name for path in neighbour.iterdir()] == ["mine.ipynb"]
    name_notebook(ASSIGNMENT, "honest", [str(neighbour / "mine.ipynb")])
    assert (neighbour / f"{ASSIGNMENT}.ipynb").exists()


def test_files_that_are_a_student_s_to_change_are_never_the_course_s():
    """nbgrader's own setting for them, whichever door they come through."""
    assignment = REPOSITORY.assignment(ASSIGNMENT)
    kept = {"Autograde": {"exclude_overwriting": {ASSIGNMENT: ["figures/layers.svg"]}}}
    directory = course_directory(REPOSITORY, kept)
    assert "figures/layers.svg" not in Materials.of(REPOSITORY, assignment, directory).files
