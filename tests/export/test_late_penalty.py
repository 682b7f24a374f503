"""The late penalty: its arithmetic, its settings, and what it does in a graded class."""

from __future__ import annotations

import json
import subprocess
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from traitlets import TraitError
from traitlets.config import Config

from autograder.errors import CourseError
from autograder.nbgrader.late_penalty import PercentPerDay
from tests.export.test_export import exported
from tests.grading.classes import class_of, database, grade
from tests.jupyter_servers import BIN, own_path
from tests.submissions import ASSIGNMENT, solved

MINUTE, DAY = 60, 24 * 60 * 60
PLUGIN = (
    "c.AssignLatePenalties.plugin_class = 'autograder.nbgrader.late_penalty.PercentPerDay'",
    "c.PercentPerDay.percent_per_day = 20",
    "c.PercentPerDay.floor_percent = 30",
)


@pytest.mark.parametrize(
    ("late", "penalty"),
    [
        (1, None),
        (15 * MINUTE, None),
        (15 * MINUTE + 1, 8.0),
        (DAY, 8.0),
        (DAY + 15 * MINUTE, 8.0),
        (DAY + 15 * MINUTE + 1, 16.0),
        (4 * DAY, 32.0),
        (5 * DAY, 40.0),
        (500 * DAY, 40.0),
    ],
)
def test_ten_percent_for_each_started_day_down_to_half(late, penalty):
    assert PercentPerDay().late_submission_penalty("testa", 80.0, late) == penalty


def test_settings_change_it():
    rule = PercentPerDay(percent_per_day=30, grace_minutes=0, floor_percent=0)
    assert rule.late_submission_penalty("testa", 50.0, 1) == 15.0
    assert rule.late_submission_penalty("testa", 50.0, 9 * DAY) == 50.0
    assert rule.late_submission_penalty("testa", 0.0, 9 * DAY) is None


@given(
    st.floats(0, 100), st.floats(0, 1e5), st.floats(0, 100), st.floats(0, 1e3), st.floats(0, 1e9)
)
def test_the_floor_is_kept_and_later_is_never_cheaper(percent, grace, floor, score, late):
    rule = PercentPerDay(percent_per_day=percent, grace_minutes=grace, floor_percent=floor)
    penalty = rule.late_submission_penalty("testa", score, late) or 0.0
    assert 0 <= penalty <= score * (100 - floor) / 100 + 1e-9
    assert penalty <= (rule.late_submission_penalty("testa", score, late + DAY) or 0.0)


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("percent_per_day", 101, "a number from 0 to 100"),
        ("percent_per_day", "ten", "is 'ten'"),
        ("percent_per_day", True, "is True"),
        ("grace_minutes", -1, "a number of 0 or more"),
        ("floor_percent", float("nan"), "a number from 0 to 100"),
    ],
)
def test_settings_that_make_no_sense_are_explained(setting, value, told):
    with pytest.raises(CourseError, match=told) as caught:
        PercentPerDay(config=Config({"PercentPerDay": {setting: value}}))
    assert isinstance(caught.value, TraitError)
    assert f"c.PercentPerDay.{setting}" in str(caught.value)


@pytest.fixture
def course(tmp_path):
    """A class of three: on time, within the grace period, and a day and a half late."""
    course = class_of(
        tmp_path / "course", dict.fromkeys(("early", "grace", "late"), solved()), *PLUGIN
    )
    with Gradebook(database(course)) as gradebook:
        gradebook.find_assignment(ASSIGNMENT).duedate = datetime(2026, 3, 1, 12)
        gradebook.db.commit()
    times = {
        "early": "2026-03-01 13:00:00 CEST",  # for nbgrader an hour late
        "grace": "2026-03-01 13:10:00 +0100",  # for nbgrader as well
        "late": "2026-03-03 00:00:00 UTC",
    }
    for student, time in times.items():
        path = course.root / "submitted" / student / ASSIGNMENT / "timestamp.txt"
        path.write_text(time)
    return course


def totals(course):
    value = json.loads(exported(course, "json"))
    return {each["student"]: (each["late_penalty"], each["total"]) for each in value["students"]}


EXPECTED = {"early": (0, 100), "grace": (0, 100), "late": (40, 60)}


def test_a_graded_class_pays_for_being_late(course):
    grade(course)
    assert totals(course) == EXPECTED


def test_nbgraders_autograde_takes_the_same(course):
    words = [str(BIN / "nbgrader"), "autograde", ASSIGNMENT]
    done = subprocess.run(
        words, cwd=course.root, env=own_path(), check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert totals(course) == EXPECTED


def test_a_bad_setting_is_told_when_a_class_is_graded(course):
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write("\nc.PercentPerDay.percent_per_day = 'ten'\n")
    with pytest.raises(CourseError, match="is 'ten'"):
        for each in grade(course).values():
            if each.problem:
                raise CourseError(each.problem)
