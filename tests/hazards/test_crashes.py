"""Hazard 6: a crash after an earlier good grade."""

from __future__ import annotations

import pytest

from tests.grading.classes import class_of, database, grade, gradebook_scores, scores
from tests.hazards.neighbours import last_exercise, solved_with_cells
from tests.submissions import solved, submit

CRASHES = {
    "exits": "import os\nos._exit(0)",
    "reads-address-zero": "import ctypes\nctypes.string_at(0)",
}
FIRST_CELL = "import os\nos._exit(1)"


@pytest.fixture(scope="module")
def crashed(tmp_path_factory):
    """The class after everybody's second attempt, which crashes, and its scores before."""
    students = [*CRASHES, "exits-at-once", "honest"]
    course = class_of(
        tmp_path_factory.mktemp("crashes") / "course", {s: solved() for s in students}
    )
    before = scores(grade(course))
    for student, body in CRASHES.items():
        submit(course, student, last_exercise(body))
    submit(course, "exits-at-once", solved_with_cells(FIRST_CELL, before="pool_backward"))
    return course, before, grade(course)


def test_the_new_verdict_replaces_the_old(crashed):
    """Row 6: stock nbgrader keeps the old score and flags nothing."""
    course, before, after = crashed
    assert set(before.values()) == {100}
    expected = {**dict.fromkeys(CRASHES, 80), "exits-at-once": 100, "honest": 100}
    assert scores(after) == gradebook_scores(database(course)) == expected


@pytest.mark.parametrize("student", CRASHES)
def test_the_reason_is_told(crashed, student):
    _, _, after = crashed
    cases = after[student].result["exercises"]["pool_backward"]["cases"]
    assert {each["verdict"] for each in cases} == {"raised"}
    assert "ended the Python process" in cases[0]["message"]


def test_who_handed_in_nothing_new_is_left_alone(crashed):
    _, _, after = crashed
    assert after["honest"].skipped
    assert not after["exits-at-once"].skipped
