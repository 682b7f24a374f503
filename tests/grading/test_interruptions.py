"""Hazard 23, first half: a grader that was killed or interrupted is simply started again."""

from __future__ import annotations

import random
import signal
import sys
import time

import pytest

from autograder.grading.settings import Settings
from tests.grading.classes import (
    autograded,
    class_of,
    database,
    grade,
    gradebook_scores,
    scores,
)
from tests.grading.graders import Grader, wait_until
from tests.submissions import ASSIGNMENT, solved, untouched

WRONG = "def pool_backward(dA, cache, mode='max'):\n    return dA"
CLASS = {
    **{f"right-{number}": (solved(), 100.0) for number in range(5)},
    **{f"wrong-{number}": (solved(pool_backward=WRONG), 80.0) for number in range(5)},
    **{f"blank-{number}": (untouched(), 0.0) for number in range(5)},
}
RIGHT_SCORES = {student: score for student, (_, score) in CLASS.items()}


@pytest.fixture
def course(tmp_path):
    return class_of(tmp_path / "course", {name: notebook for name, (notebook, _) in CLASS.items()})


def finished(course) -> dict[str, int]:
    """When each finished submission was finished."""
    done = [autograded(course, student) for student in CLASS]
    return {path.parts[-3]: path.stat().st_mtime_ns for path in done if path.exists()}


def assert_complete(course) -> None:
    """Every score is there once and right, in the gradebook and in the notebooks."""
    assert gradebook_scores(database(course)) == RIGHT_SCORES
    again = grade(course)
    assert scores(again) == RIGHT_SCORES
    assert all(each.skipped for each in again.values())
    assert {student: each.result["score"] for student, each in again.items()} == RIGHT_SCORES


def test_killed_at_five_moments(course):
    """Two of them while it starts, three while it grades."""
    moments = random.Random(23)
    kept: dict[str, int] = {}
    for more in (0, 0, 1, 2, 3):
        grader = Grader(course, "--no-feedback")
        enough = min(len(kept) + more, len(CLASS))
        if more:
            wait_until(
                lambda least=enough: len(finished(course)) >= least, f"{enough} to be finished"
            )
        time.sleep(moments.uniform(0, 0.4) if more else moments.uniform(0.1, 1.2))
        grader.kill()
        grader.assert_nothing_is_left()
        now = finished(course)
        assert kept.items() <= now.items()
        kept = now
    grader = Grader(course, "--no-feedback")
    assert grader.end() == 0, grader.complained
    assert kept.items() <= finished(course).items()
    assert grader.said.count("(unchanged)") >= len(kept)
    assert_complete(course)


DYING = """
import importlib, os, signal, sys
where, owner, name, about = (sys.argv.pop(1) for _ in range(4))
owner = getattr(importlib.import_module(where), owner)
real = getattr(owner, name)
def die(*arguments, **keywords):
    if about in repr(arguments):
        os.kill(os.getpid(), signal.SIGKILL)
    return real(*arguments, **keywords)
setattr(owner, name, die)
from autograder.cli import main
main()
"""
STEPS = {
    "in its transaction": ("autograder.nbgrader.gradebook", "GradebookWriter", "_set_comments"),
    "after its transaction": ("autograder.grading.storing", "shutil", "rmtree"),
    "before its notebook": ("autograder.grading.storing", "Path", "replace"),
    "before its page": ("autograder.feedback.pages", "FeedbackPages", "write"),
    "before its notebook, judged again": ("autograder.grading.storing", "Path", "replace"),
}
"""Functions that take a while to be called again: what is done before them must not be lost."""


@pytest.mark.parametrize("when", STEPS)
def test_killed_between_two_steps_of_one_submission(tmp_path, when):
    """The second of three is cut off while it is graded again.

    It is run again because of a file beside it, or judged again because its time has changed.
    """
    course = class_of(tmp_path / "course", dict.fromkeys("abc", untouched()))
    assert scores(grade(course)) == {"a": 0, "b": 0, "c": 0}
    for student in "abc":
        folder = course.root / "submitted" / student / ASSIGNMENT
        changed = "timestamp.txt" if "judged" in when else "helper.py"
        (folder / changed).write_text("2026-01-01 12:00:00 UTC")
    options = ["--workers", "1", *(["--no-feedback"] if "page" not in when else [])]
    program = [sys.executable, "-c", DYING, *STEPS[when], f"b/{ASSIGNMENT}"]
    grader = Grader(course, *options, program=program)
    assert grader.process.wait(120) == -signal.SIGKILL, grader.complained
    grader.assert_nothing_is_left()
    before = autograded(course, "a").stat().st_mtime_ns
    again = grade(course, Settings(feedback="page" in when))
    # Without its page, and with all else, the second has nothing to be graded for once more.
    done = ["a", "b"] if "page" in when else ["a"]
    assert [student for student, each in again.items() if each.skipped] == done
    assert autograded(course, "a").stat().st_mtime_ns == before
    assert gradebook_scores(database(course)) == scores(again) == {"a": 0, "b": 0, "c": 0}
    if "page" in when:
        assert all(each.feedback.exists() for each in again.values())


@pytest.mark.parametrize("ready", [0, 1], ids=["at the start", "after one"])
def test_ctrl_c_ends_it_and_says_so(course, ready):
    grader = Grader(course, "--no-feedback")
    wait_until(lambda: grader.has_started, "the sandbox to be started")
    wait_until(lambda: len(finished(course)) >= ready, f"{ready} to be finished")
    assert grader.interrupt() == 130
    assert "stopped" in grader.complained.lower()
    if ready:
        assert "What was finished is kept; the same command grades the rest." in grader.complained
    grader.assert_nothing_is_left()
    if ready:
        kept = finished(course)
        assert scores(grade(course)) == RIGHT_SCORES
        assert kept.items() <= finished(course).items()
