"""`autograder feedback`: the pages of what is graded, with what a person gave."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime

import bs4
import pytest
from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.errors import CourseError
from autograder.feedback.whole_class import write_feedback
from autograder.grading.settings import Settings
from tests.grading.classes import autograded, class_of, database, grade
from tests.jupyter_servers import BIN, own_path
from tests.submissions import ASSIGNMENT, solved

EVERY_AXIS = "def zero_pad(X, pad):\n    return np.pad(X, pad)"
CLASS = {
    "ada": solved(zero_pad=EVERY_AXIS),
    "ben": solved(zero_pad="def zero_pad(X, pad):\n    return X"),
    "right": solved(),
    "zoë & <i>": solved(distribute_value="def distribute_value(dz, shape):\n    1 / 0"),
}
SEAL = re.compile(r"\n<!-- made from \w+ and \w+ -->\n$")
LATE = (
    "c.AssignLatePenalties.plugin_class = 'autograder.nbgrader.late_penalty.PercentPerDay'",
    "c.PercentPerDay.percent_per_day = 12.5",
)


@pytest.fixture(scope="module")
def graded(tmp_path_factory) -> Course:
    """A class that was graded with pages, and then had points and words from a person."""
    course = class_of(tmp_path_factory.mktemp("pages") / "course", CLASS, *LATE)
    grade(course, Settings())
    return course


@pytest.fixture
def course(graded, tmp_path) -> Course:
    """The same, to be changed."""
    return Course(shutil.copytree(graded.root, tmp_path / "course"))


def page(course: Course, student: str) -> str:
    path = course.root / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"
    return path.read_text(encoding="utf-8")


def pages(course: Course) -> dict[str, str]:
    return {student: page(course, student) for student in CLASS}


def summary(course: Course, student: str) -> str:
    """The words of a page's summary."""
    found = bs4.BeautifulSoup(page(course, student), "html.parser").find(class_="summary")
    return " ".join(found.get_text(" ").split())


def feedback(course: Course, *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(BIN / "autograder"), "feedback", ASSIGNMENT, *words],
        cwd=course.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def give(course: Course) -> None:
    """What an instructor does in the formgrader: points, extra credit, comments, a due date."""
    with Gradebook(database(course)) as gradebook:
        find = gradebook.find_grade
        find("zero_pad_test", ASSIGNMENT, ASSIGNMENT, "ada").manual_score = 4.25
        find("pool_forward_test", ASSIGNMENT, ASSIGNMENT, "ben").extra_credit = 2
        comment = gradebook.find_comment("zero_pad", ASSIGNMENT, ASSIGNMENT, "ada")
        comment.manual_comment = "Look at **axis 0**. <script>alert(1)</script>"
        gradebook.find_assignment(ASSIGNMENT).duedate = datetime(2026, 3, 1, 12)
        gradebook.find_submission(ASSIGNMENT, "right").timestamp = datetime(2026, 3, 2, 12)
        gradebook.db.commit()


def test_they_are_the_pages_that_grading_writes(course):
    before = pages(course)
    shutil.rmtree(course.root / "feedback")
    done = feedback(course)
    assert (done.returncode, done.stderr.strip()) == (0, "")
    assert "Pages: 4" in done.stdout
    assert pages(course) == before


def test_what_a_person_gave_is_on_them(course):
    before = pages(course)
    give(course)
    done = feedback(course)
    assert "Pages: 4 (1 unchanged)" in done.stdout
    changed = {student for student, text in pages(course).items() if text != before[student]}
    assert changed == {"ada", "ben", "right"}
    assert "99.25 of 100 points" in summary(course, "ada")
    assert "4.25 of 5" in summary(course, "ada")
    assert "given by hand; 0.5 from the cases" in summary(course, "ada")
    assert "<strong>axis 0</strong>" in page(course, "ada")
    assert "alert(1)</script>" not in page(course, "ada")
    assert "17 of 15" in summary(course, "ben")
    assert "87.5 of 100 points" in summary(course, "right")
    assert "100 points for the work, less 12.5 for handing it in late" in summary(course, "right")
    assert "by hand" not in summary(course, "right") + summary(course, "zoë & <i>")


def test_nbgrader_s_command_writes_the_same_pages(course):
    give(course)
    feedback(course)
    ours = pages(course)
    subprocess.run(
        [str(BIN / "nbgrader"), "generate_feedback", ASSIGNMENT, "--force"],
        cwd=course.root,
        env=own_path(),
        check=True,
        capture_output=True,
    )
    theirs = pages(course)
    for student in CLASS:
        assert SEAL.sub("", ours[student]) == theirs[student] != ours[student]
    assert "Pages: 4\n" in feedback(course).stdout  # nbgrader's say not what they were made from


def test_only_who_is_asked_for_and_only_what_has_changed(course):
    shutil.rmtree(course.root / "feedback")
    feedback(course, "--student", "ada", "--student", "right")
    assert {each.name for each in (course.root / "feedback").iterdir()} == {"ada", "right"}
    written = {
        each.student: each.skipped for each in write_feedback(course, course.assignment(ASSIGNMENT))
    }
    assert written == {student: student in ("ada", "right") for student in CLASS}
    again = write_feedback(course, course.assignment(ASSIGNMENT), ["ada"], force=True)
    assert [(each.student, each.skipped) for each in again] == [("ada", False)]


def test_a_page_that_was_cut_off_or_changed_is_written_again(course):
    whole = page(course, "ada")
    path = course.root / "feedback" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.html"
    for damaged in ("", whole[:-3], whole.replace("made from", "made for")):
        path.write_text(damaged, encoding="utf-8")
        (written,) = write_feedback(course, course.assignment(ASSIGNMENT), ["ada"])
        assert (written.skipped, written.problem, page(course, "ada")) == (False, "", whole)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_one_page_or_several_at_once_are_the_same(course, workers):
    before, assignment, told = pages(course), course.assignment(ASSIGNMENT), []
    shutil.rmtree(course.root / "feedback")
    write_feedback(course, assignment, workers=workers, tell=told.append)
    assert sorted(each.student for each in told) == sorted(CLASS)
    assert pages(course) == before


def test_what_is_wrong_with_one_keeps_no_other(course):
    autograded(course, "ada").chmod(0o600)
    autograded(course, "ada").write_text('{"cells": 3}')
    with Gradebook(database(course)) as gradebook:
        gradebook.remove_submission(ASSIGNMENT, "ben")
    shutil.rmtree(course.root / "feedback")
    (course.root / "feedback").mkdir()
    (course.root / "feedback" / "right").write_text("a file where a folder should be")
    done = feedback(course)
    assert done.returncode == 1
    assert "Pages: 1\n" in done.stdout
    said = dict(line.split(": ", 1) for line in done.stderr.strip().splitlines())
    assert sorted(said) == ["ada", "ben", "right"]
    assert "with --force" in said["ada"]
    assert "not in the gradebook" in said["ben"]
    assert "Not a directory" in said["right"]
    assert "distribute_value" in summary(course, "zoë & <i>")


def test_what_cannot_be_asked_for_is_said(course, tmp_path):
    assert "ada2" in feedback(course, "--student", "ada2").stderr
    assert "no assignment 'x'" in feedback_of(course, "x").stderr
    shutil.rmtree(course.root / "autograded")
    done = feedback(course)
    assert done.returncode == 1
    assert f"autograder grade {ASSIGNMENT}" in done.stderr
    with pytest.raises(CourseError):
        write_feedback(course, course.assignment(ASSIGNMENT))


def feedback_of(course: Course, assignment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / "autograder"), "feedback", assignment],
        cwd=course.root,
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_nbgrader_has_written_can_be_read_too(course):
    """Its notebooks have lists of lines where ours have texts."""
    path = autograded(course, "ada")
    before = page(course, "ada")
    subprocess.run(
        [str(BIN / "nbgrader"), "autograde", ASSIGNMENT, "--student=ada", "--force"],
        cwd=course.root,
        env=own_path(),
        check=True,
        capture_output=True,
    )
    assert '"source": [' in path.read_text(encoding="utf-8")
    write_feedback(course, course.assignment(ASSIGNMENT), ["ada"])
    assert summary(course, "ada") in " ".join(
        bs4.BeautifulSoup(before, "html.parser").get_text(" ").split()
    )
