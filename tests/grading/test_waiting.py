"""Hazards 23 and 24: a locked gradebook, a second grader, and folders that cannot be written."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import threading

import pytest

from autograder.grading import saving
from tests.grading.classes import (
    autograded,
    class_of,
    database,
    grade,
    gradebook_scores,
    scores,
)
from tests.grading.graders import Grader, wait_until
from tests.hazards.neighbours import solved_with_cells
from tests.submissions import ASSIGNMENT, solved, submit, untouched

LOCKED_SECONDS = 6.5
"""Longer than the 5 seconds that SQLite waits by itself."""


@pytest.fixture
def course(tmp_path):
    return class_of(tmp_path / "course", {"ada": solved(), "bob": untouched(), "eve": untouched()})


RIGHT_SCORES = {"ada": 100, "bob": 0, "eve": 0}


def lock(course, seconds: float = 1) -> threading.Timer:
    """Lock the gradebook as another program does, for a while."""
    connection = sqlite3.connect(course.root / "gradebook.db", check_same_thread=False)
    connection.execute("BEGIN EXCLUSIVE")
    timer = threading.Timer(seconds, connection.close)
    timer.start()
    return timer


def test_a_locked_gradebook_is_waited_for(course):
    timer = lock(course, LOCKED_SECONDS)
    assert scores(grade(course)) == RIGHT_SCORES
    timer.join()
    assert gradebook_scores(database(course)) == RIGHT_SCORES


def test_a_gradebook_that_gets_locked_half_way_is_waited_for(course):
    timers = []

    def tell(_):
        if not timers:
            timers.append(lock(course))

    assert scores(grade(course, tell=tell)) == RIGHT_SCORES
    timers[0].join()
    assert gradebook_scores(database(course)) == RIGHT_SCORES


def test_a_gradebook_that_stays_locked_is_said_to_be(course, monkeypatch):
    monkeypatch.setattr("autograder.nbgrader.database.PATIENCE_SECONDS", 0.2)
    timers = []

    def tell(_):
        if not timers:
            timers.append(lock(course))

    outcomes = grade(course, tell=tell)
    timers[0].join()
    problems = [each.problem for each in outcomes.values() if each.problem]
    assert problems
    assert all("locked" in problem for problem in problems)
    assert all("Close the other program that uses it" in problem for problem in problems)
    assert scores(grade(course)) == RIGHT_SCORES


def test_a_second_grader_says_that_it_waits(course):
    """It finds everything graded when its turn comes; both succeed."""
    submit(course, "eve", solved_with_cells("import time; time.sleep(6)"))
    right_scores = {**RIGHT_SCORES, "eve": 100}
    first = Grader(course, "--no-feedback")
    wait_until(lambda: (course.root / ".grading.lock").exists(), "the first to hold the lock")
    second = Grader(course, "--no-feedback")
    assert first.end() == 0, first.complained
    assert second.end() == 0, second.complained
    assert "Another grader is at work on this course." in second.complained
    assert "Another grader" not in first.complained
    assert second.said.count("(unchanged)") == 3
    assert gradebook_scores(database(course)) == right_scores
    assert scores(grade(course)) == right_scores
    for grader in (first, second):
        grader.assert_nothing_is_left()


def test_a_lock_ends_with_the_grader_that_held_it(course):
    """Its file stays, and means nothing."""
    grader = Grader(course, "--no-feedback")
    wait_until(lambda: (course.root / ".grading.lock").exists(), "the lock")
    grader.kill()
    heard = []
    assert scores(grade(course, say=heard.append)) == RIGHT_SCORES
    assert heard == []


def test_one_folder_that_cannot_be_written_is_one_students_problem(course):
    """As everybody's is when a submission has no verdict, the exit code is 1."""
    (course.root / "autograded").mkdir()
    (course.root / "autograded" / "bob").write_text("a file where a folder belongs")
    grader = Grader(course, "--no-feedback")
    assert grader.end() == 1
    assert "bob: " in grader.complained
    assert str(course.root / "autograded" / "bob") in grader.complained.replace("\n", "")
    assert "could not be graded" in grader.said
    assert "100 / 100" in grader.said
    (course.root / "autograded" / "bob").unlink()
    again = grade(course)
    assert scores(again) == RIGHT_SCORES
    assert [student for student, each in again.items() if not each.skipped] == ["bob"]


def test_a_full_disk_is_a_problem_until_there_is_room(course, monkeypatch):
    """The old notebook is gone, the new one is not whole: the submission is graded again."""
    real = saving.write_autograded

    def full(folder, name, *rest):
        if "bob" in folder.parts:
            real(folder, name, *rest)
            (folder / f"{name}.ipynb").replace(folder / f".{name}.draft")
            raise OSError(errno.ENOSPC, "No space left on device")
        real(folder, name, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(saving, "write_autograded", full)
        found = scores(grade(course))
    assert found == {**RIGHT_SCORES, "bob": "[Errno 28] No space left on device"}
    assert not autograded(course, "bob").exists()
    again = grade(course)
    assert scores(again) == RIGHT_SCORES
    assert [student for student, each in again.items() if not each.skipped] == ["bob"]
    assert {path.name for path in autograded(course, "bob").parent.iterdir()} == {
        path.name for path in autograded(course, "eve").parent.iterdir()
    }


def test_without_any_feedback_folder_or_autograded_folder_all_is_made_again(course):
    grade(course)
    shutil.rmtree(course.root / "autograded")
    again = grade(course)
    assert scores(again) == RIGHT_SCORES
    assert not any(each.skipped for each in again.values())
    assert not (course.root / "feedback" / "ada" / ASSIGNMENT).exists()
