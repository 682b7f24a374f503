"""A class, graded from its folder into the gradebook."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from dataclasses import replace

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.errors import CourseError
from autograder.expected import compute_key, own_key_path, save_key
from autograder.grading import whole_class
from autograder.grading.preparing import prepare
from autograder.grading.settings import Settings
from autograder.grading.whole_class import grade_class
from autograder.nbgrader.gradebook import GradebookWriter
from tests.submissions import ASSIGNMENT, new_course, save, solved, submit, untouched

QUICK = Settings(feedback=False, workers=1)


@pytest.fixture
def course(tmp_path):
    return new_course(tmp_path / "course")


@pytest.fixture
def assignment(course):
    return course.assignment(ASSIGNMENT)


def gradebook_scores(course) -> dict[str, float]:
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        submissions = gradebook.assignment_submissions(ASSIGNMENT)
        return {each.student.id: each.score for each in submissions}


def test_grades_go_to_the_gradebook_and_feedback_is_written(course, assignment):
    """In a course whose gradebook does not exist yet, as in a fresh clone."""
    submit(course, "ada", solved())
    submit(course, "blank", untouched())
    outcomes = grade_class(course, assignment)
    assert [(each.student, each.result["score"]) for each in outcomes] == [
        ("ada", 100.0),
        ("blank", 0.0),
    ]
    assert gradebook_scores(course) == {"ada": 100.0, "blank": 0.0}
    assert all(each.feedback.exists() for each in outcomes)
    assert list(outcomes[0].result["exercises"]) == [e.name for e in assignment.exercises]


def test_what_has_not_changed_is_skipped(course, assignment):
    submit(course, "ada", untouched())
    grade_class(course, assignment)
    (again,) = grade_class(course, assignment)
    assert again.skipped
    assert again.result["score"] == 0
    submit(course, "ada", solved())
    (changed,) = grade_class(course, assignment)
    assert not changed.skipped
    assert changed.result["score"] == 100
    (forced,) = grade_class(course, assignment, settings=Settings(force=True))
    assert not forced.skipped


def test_another_key_a_lost_gradebook_and_a_new_time_are_changes(course, assignment):
    submit(course, "ada", untouched())
    grade_class(course, assignment)
    save_key(compute_key(assignment, seed=5), own_key_path(assignment, course.root))
    assert not grade_class(course, assignment)[0].skipped
    (course.root / "gradebook.db").unlink()
    assert not grade_class(course, assignment)[0].skipped
    assert gradebook_scores(course) == {"ada": 0.0}
    timestamp = course.root / "submitted" / "ada" / ASSIGNMENT / "timestamp.txt"
    timestamp.write_text("2026-01-01 12:00:00 UTC")
    assert not grade_class(course, assignment)[0].skipped
    assert grade_class(course, assignment)[0].skipped


def test_what_the_grader_may_not_read_is_no_zero(course, assignment, monkeypatch):
    path = submit(course, "ada", solved())
    real = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: str(p) != str(path) and real(p, mode))
    (ada,) = grade_class(course, assignment)
    assert ada.result is None
    assert "cannot be read" in ada.problem


def test_only_the_students_named_are_graded(course, assignment):
    for student in ("ada", "bob"):
        submit(course, student, untouched())
    assert [each.student for each in grade_class(course, assignment, ["bob"])] == ["bob"]
    with pytest.raises(CourseError, match=r"no submission .* by carol"):
        grade_class(course, assignment, ["carol"])


def test_without_submissions_the_folder_is_named(course, assignment):
    with pytest.raises(CourseError, match="submitted"):
        grade_class(course, assignment)


def test_odd_ways_to_hand_in(course, assignment):
    """Hazard 21: a zip with a folder inside, odd names, two attempts, nothing at all."""
    folder = course.root / "submitted"
    content = nbformat.writes(solved())
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("my folder/Convolution final.ipynb", content)
        archive.writestr("../../escape.ipynb.txt", "no")
    zipped = folder / "zipped" / ASSIGNMENT
    zipped.mkdir(parents=True)
    (zipped / "hand in.zip").write_bytes(packed.getvalue())

    attempts = folder / "zoë åström" / ASSIGNMENT
    early, late = attempts / "Versuch.ipynb", attempts / "Versuch 2.ipynb"
    save(untouched(), early)
    save(solved(), late)
    os.utime(early, (1_700_000_000, 1_700_000_000))
    os.utime(late, (1_700_100_000, 1_700_100_000))

    ambiguous = folder / "ambiguous" / ASSIGNMENT
    begun = solved(zero_pad="def zero_pad(X, pad):\n    return X")
    for name, notebook in (("a.ipynb", begun), ("b.ipynb", solved())):
        os.utime(save(notebook, ambiguous / name), (1_700_000_000, 1_700_000_000))
    (folder / "nothing" / ASSIGNMENT).mkdir(parents=True)

    before = {path: path.stat().st_mtime for path in folder.rglob("*")}
    found = {each.student: each.result for each in grade_class(course, assignment)}
    assert {student: result["score"] for student, result in found.items()} == {
        "ambiguous": 0,
        "nothing": 0,
        "zipped": 100,
        "zoë åström": 100,
    }
    assert "cannot be told which is the latest" in found["ambiguous"]["notes"][0]
    assert found["nothing"]["notes"] == ["No notebook was handed in."]
    assert any("Convolution final" in note for note in found["zipped"]["notes"])
    assert {path: path.stat().st_mtime for path in folder.rglob("*")} == before


@pytest.mark.parametrize("problem", [CourseError("the disk is full"), OSError("disk is full")])
def test_one_failure_does_not_stop_the_others(course, assignment, monkeypatch, problem):
    for student in ("ada", "bob"):
        submit(course, student, untouched())
    real = GradebookWriter.save

    def fail_for_ada(self, student, *rest, **settings):
        if student == "ada":
            raise problem
        return real(self, student, *rest, **settings)

    monkeypatch.setattr(GradebookWriter, "save", fail_for_ada)
    ada, bob = grade_class(course, assignment)
    assert ada.result is None
    assert "disk is full" in ada.problem
    assert bob.result["score"] == 0


@pytest.mark.parametrize("step", ["prepare", "save"])
def test_what_nobody_foresaw_is_logged_with_the_student_s_name(
    course, assignment, monkeypatch, step
):
    """The others are graded, and the instructor can find out what happened."""
    for student in ("ada", "bob"):
        submit(course, student, untouched())
    where, name = (whole_class, "prepare") if step == "prepare" else (GradebookWriter, "save")
    real = getattr(where, name)

    def fail_for_ada(*arguments, **settings):
        if "ada" in arguments:
            raise KeyError("[/b] nobody foresaw this")
        return real(*arguments, **settings)

    monkeypatch.setattr(where, name, fail_for_ada)
    ada, bob = grade_class(course, assignment, settings=QUICK)
    assert bob.result["score"] == 0
    (log,) = (course.root / "logs").iterdir()
    assert str(log) in ada.problem
    assert "KeyError" in ada.problem
    text = log.read_text(encoding="utf-8")
    assert text.startswith(f"ada/{ASSIGNMENT}\nTraceback")
    assert "fail_for_ada" in text
    assert log.stat().st_mode & 0o077 == 0


def test_who_is_left_out_hears_why(course, assignment):
    """Nobody whose work lies at the wrong place is passed over in silence."""
    folder = course.root / "submitted"
    for student in ("ada", "bob", "eve"):
        submit(course, student, untouched())
    (folder / "bob" / ASSIGNMENT).rename(folder / "bob" / ASSIGNMENT.title())
    (folder / "eve" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").rename(folder / "eve" / "hw.ipynb")
    (folder / "eve" / ASSIGNMENT).rmdir()
    (folder / "cyd").mkdir()
    found = {each.student: each for each in grade_class(course, assignment, settings=QUICK)}
    assert list(found) == ["ada", "bob", "cyd", "eve"]
    assert [note for note in found["bob"].result["notes"] if ASSIGNMENT.title() in note]
    assert found["cyd"].problem == "not graded: submitted/cyd holds nothing."
    assert found["eve"].problem.startswith("not graded: ")
    assert "'hw.ipynb'" in found["eve"].problem
    assert gradebook_scores(course) == {"ada": 0, "bob": 0}
    (bob,) = grade_class(course, assignment, ["bob"], settings=QUICK)
    assert bob.skipped


def test_few_wait_however_many_run_twice(course, assignment, monkeypatch):
    """Memory stays flat: a second try, as for a faulty helper, lets no further student in."""
    for number in range(4):
        submit(course, f"student{number}", solved(zero_pad="def zero_pad(X, pad):\n    return X"))
    waiting, most = set(), []

    def note(student, *rest):
        waiting.add(student)
        most.append(len(waiting))
        return prepare(student, *rest)

    monkeypatch.setattr(whole_class, "prepare", note)
    outcomes = grade_class(
        course, assignment, settings=QUICK, tell=lambda each: waiting.discard(each.student)
    )
    assert [each.result["score"] for each in outcomes] == [95.5] * 4
    assert max(most) <= 2 * QUICK.at_once


@pytest.mark.parametrize("links", [True, False], ids=["links", "a disk without links"])
def test_the_course_s_files_are_on_the_disk_once(course, assignment, monkeypatch, links):
    """A student's own file of such a name is no part of it, and nobody loses what another loses."""
    if not links:
        monkeypatch.setattr("os.link", refuse)
    for student in ("ada", "bob"):
        submitted = submit(course, student, untouched())
        save(untouched(), submitted.parent / "instant_checks" / "mistakes.json")
        (submitted.parent / "notes.txt").write_text(student)
    grade_class(course, assignment, settings=QUICK)
    source = course.notebook_path(assignment).parent
    folders = [course.root / "autograded" / student / ASSIGNMENT for student in ("ada", "bob")]
    for name in ("instant_checks/mistakes.json", "figures/layers.svg"):
        found = [folder / name for folder in folders]
        assert [path.read_bytes() for path in found] == [(source / name).read_bytes()] * 2
        assert found[0].samefile(found[1]) == links
    assert [(folder / "notes.txt").read_text() for folder in folders] == ["ada", "bob"]
    grade_class(course, assignment, ["ada"], replace(QUICK, force=True))
    shutil.rmtree(folders[0])
    assert (folders[1] / "figures/layers.svg").exists()


def refuse(*_):
    raise PermissionError("there are no links here")
