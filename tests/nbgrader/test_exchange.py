"""Feedback that `autograder grade` wrote goes back through nbgrader's exchange."""

from __future__ import annotations

import subprocess
import time

import pytest
from nbgrader.auth import Authenticator
from nbgrader.exchange.default import (
    ExchangeCollect,
    ExchangeFetchAssignment,
    ExchangeFetchFeedback,
    ExchangeReleaseAssignment,
    ExchangeReleaseFeedback,
    ExchangeSubmit,
)
from traitlets.config import Config

from autograder.course import Course
from autograder.feedback.whole_class import write_feedback
from autograder.grading.settings import Settings
from autograder.grading.whole_class import grade_class
from autograder.nbgrader.configuration import course_directory
from autograder.submission.receipt import SECRET, TIMESTAMP
from tests.grading.classes import class_of
from tests.jupyter_servers import BIN, own_path
from tests.submissions import ASSIGNMENT, save, solved, submit, untouched


class Exchange:
    """A course and a student who meet in an exchange of their own."""

    def __init__(self, folder):
        self.course = class_of(folder / "course", {})
        self.student, self._root = folder / "ada", folder / "exchange"
        self.student.mkdir()
        self._root.mkdir()
        self._root.chmod(0o777)
        self._cache = folder / "cache"
        self.step(ExchangeReleaseAssignment)
        self.ada(ExchangeFetchAssignment)

    def ada(self, step):
        self.step(step, student_id="ada", assignment_dir=str(self.student))

    def step(self, step, student_id="*", **settings):
        """A step of nbgrader's, in this process, which takes a tenth of its command's time."""
        directory = course_directory(self.course, {"CourseDirectory": {"student_id": student_id}})
        directory.assignment_id = ASSIGNMENT
        places = {"root": str(self._root), "cache": str(self._cache), **settings}
        config = Config({"Exchange": places})
        step(coursedir=directory, authenticator=Authenticator(), config=config).start()

    def release_feedback(self):
        """By nbgrader's command, as an instructor types it."""
        command = [str(BIN / "nbgrader"), "release_feedback", ASSIGNMENT]
        done = subprocess.run(
            [*command, f"--Exchange.root={self._root}"],
            cwd=self.course.root,
            env=own_path(),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr

    def hand_in(self, notebook):
        save(notebook, self.student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
        self.ada(ExchangeSubmit)
        self.step(ExchangeCollect, update=True, check_owner=False)

    @property
    def fetched(self):
        """What the student has got, the latest last."""
        found = (self.student / ASSIGNMENT / "feedback").glob("*/*.html")
        return [path.read_text(encoding="utf-8") for path in sorted(found)]

    @property
    def released(self):
        return list((self._root / "convolutional-networks" / "feedback").iterdir())


def grade(course: Course):
    outcomes = grade_class(course, course.assignment(ASSIGNMENT), settings=Settings())
    return {each.student: each for each in outcomes}


def test_feedback_goes_to_whom_it_is_for(tmp_path):
    """For each attempt its own page; one who came another way keeps nobody from theirs."""
    exchange = Exchange(tmp_path)
    submit(exchange.course, "by-mail", untouched())
    exchange.hand_in(untouched())
    first = grade(exchange.course)["ada"].feedback.read_text(encoding="utf-8")
    exchange.step(ExchangeReleaseFeedback)
    time.sleep(1)  # the exchange tells attempts apart by the second
    exchange.hand_in(solved())
    outcome = grade(exchange.course)["ada"]
    assert not outcome.skipped
    second = outcome.feedback.read_text(encoding="utf-8")
    assert second != first
    exchange.release_feedback()
    exchange.ada(ExchangeFetchFeedback)
    assert exchange.fetched == [first, second]
    assert len(exchange.released) == 3, "two of ada's, and one that nobody asks for"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = class_of(tmp_path_factory.mktemp("receipts") / "course", {"ada": untouched()})
    grade(course)
    return course


def receipt(course, step, name):
    return (course.root / step / "ada" / ASSIGNMENT / name).read_text()


def hand_in(course, name, text):
    (course.root / "submitted" / "ada" / ASSIGNMENT / name).write_text(text)


def test_what_came_another_way_has_a_secret_that_nobody_knows(course):
    first = receipt(course, "feedback", SECRET)
    assert len(first) >= 64
    assert receipt(course, "feedback", TIMESTAMP) == ""
    assert not (course.root / "autograded" / "ada" / ASSIGNMENT / SECRET).exists()
    (page,) = write_feedback(course, course.assignment(ASSIGNMENT))
    assert page.skipped
    assert receipt(course, "feedback", SECRET) == first
    grade_class(course, course.assignment(ASSIGNMENT), settings=Settings(force=True))
    assert receipt(course, "feedback", SECRET) != first


def test_the_page_has_what_came_with_the_submission(course):
    for secret, when in (("a" * 128, "2026-03-01 12:00:00 UTC"), ("b" * 128, "")):
        hand_in(course, SECRET, secret)
        hand_in(course, TIMESTAMP, when)
        grade(course)
        for step in ("autograded", "feedback"):
            assert receipt(course, step, SECRET) == secret
            assert receipt(course, step, TIMESTAMP) == when
    (course.root / "feedback" / "ada" / ASSIGNMENT / SECRET).unlink()
    (page,) = write_feedback(course, course.assignment(ASSIGNMENT))
    assert not page.problem
    assert receipt(course, "feedback", SECRET) == "b" * 128


def test_a_receipt_that_is_a_link_is_none(course, tmp_path):
    other = tmp_path / "somebody's secret"
    other.write_text("c" * 128)
    path = course.root / "submitted" / "ada" / ASSIGNMENT / SECRET
    path.unlink(missing_ok=True)
    path.symlink_to(other)
    grade(course)
    assert receipt(course, "feedback", SECRET) != "c" * 128
    path.unlink()


def test_no_run_sees_the_receipt(course):
    """Nor does it count as a file that the student added."""
    looks = "import os\ndef zero_pad(X, pad):\n    raise ValueError(str(sorted(os.listdir('.'))))"
    submit(course, "ada", solved(zero_pad=looks))
    hand_in(course, SECRET, "d" * 128)
    hand_in(course, TIMESTAMP, "2026-03-01 12:00:00 UTC")
    hand_in(course, "own.txt", "mine")
    text = str(grade(course)["ada"].result["exercises"]["zero_pad"])
    assert "own.txt" in text
    assert SECRET not in text
    assert TIMESTAMP not in text
