"""Days by the clock: the nights in which the clocks are changed cost nobody a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.nbgrader.late_days import days_later, extended, started_days

BERLIN, APIA = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Apia")
ZONES = [UTC, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe"), APIA]
TIMES = st.datetimes(datetime(2016, 1, 1), datetime(2035, 1, 1))


@pytest.mark.parametrize(
    ("due", "handed_in", "days"),
    [
        # Saturday 23:59 in Berlin; the clocks go back, and forward, on Sunday.
        ("2026-10-24 21:59", "2026-10-25 22:58", 1),
        ("2026-10-24 21:59", "2026-10-25 22:59", 1),
        ("2026-10-24 21:59", "2026-10-25 23:00", 2),
        ("2026-03-28 22:59", "2026-03-29 21:59", 1),
        ("2026-03-28 22:59", "2026-03-29 22:00", 2),
        ("2026-06-06 21:59", "2026-06-07 21:59", 1),
        ("2026-06-06 21:59", "2026-06-07 22:00", 2),
    ],
)
def test_sunday_is_a_day_in_every_week(due, handed_in, days):
    begin, end = map(datetime.fromisoformat, (due, handed_in))
    assert started_days(begin, end, BERLIN) == days


def test_an_hour_that_comes_twice_is_no_hour_for_nothing():
    first, second = datetime(2026, 10, 25, 0, 30), datetime(2026, 10, 25, 1, 30)  # 02:30, twice
    assert started_days(first, second, BERLIN) == 1
    assert days_later(datetime(2026, 10, 24, 0, 30), 1, BERLIN) == second


def test_an_hour_that_is_left_out_ends_a_day_later():
    assert days_later(datetime(2026, 3, 28, 1, 30), 1, BERLIN) == datetime(2026, 3, 29, 1, 30)


def test_a_week_more_is_until_the_same_time_of_day():
    due, week = datetime(2026, 10, 24, 21, 59), timedelta(weeks=1)
    assert extended(due, week, BERLIN) == datetime(2026, 10, 31, 22, 59)
    assert extended(due, week, UTC) == due + week
    assert extended(due, None, BERLIN) == due


@given(TIMES, st.timedeltas(timedelta(), timedelta(days=60)), st.sampled_from(ZONES))
def test_an_extension_is_never_shorter_than_nbgrader_s(due, extension, zone):
    longer = extended(due, extension, zone) - (due + extension)
    assert timedelta() <= longer <= timedelta(hours=2)


@given(TIMES, st.timedeltas(timedelta(seconds=1), timedelta(days=40)), st.sampled_from(ZONES))
def test_so_many_days_have_begun(begin, late, zone):
    end = begin + late
    days = started_days(begin, end, zone)
    assert days_later(begin, days - 1, zone) < end <= days_later(begin, days, zone)
    assert abs(days - late / timedelta(days=1)) <= 1 + 2 / 24
    if zone is UTC:
        assert days == -(-late // timedelta(days=1))
