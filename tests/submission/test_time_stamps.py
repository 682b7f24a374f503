"""Time stamps of every zone are understood, or refused: never taken for another time in silence."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from autograder.errors import CourseError
from autograder.submission.time_stamps import UnclearTimeError, time_zone, utc

BERLIN, CHICAGO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/Chicago")
HALF_PAST_NINE = datetime(2026, 10, 24, 21, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-24 21:30:00.000000 UTC",
        "2026-10-24T21:30:00Z",
        "2026-10-24 23:30:00 CEST",
        "2026-10-24 23:30:00 +0200",  # for nbgrader 200 seconds
        "2026-10-24T23:30:00+02:00",
        "2026-10-24 23:30:00 +02",
        "2026-10-24 23:30:00 UTC+2",
        "2026-10-24 17:30:00 EDT",
        "2026-10-24 23:30:00 Europe/Berlin",
        "2026-10-24 17:30:00 EST5EDT",
        "Sat Oct 24 23:30:00 CEST 2026",
        "Sat, 24 Oct 2026 23:30:00 +0200 (CEST)",
        "24.10.2026 23:30 Europe/Berlin",
        "24 Oct 2026 5:30 PM EDT",
        "2026-10-24 22:30:00 CET",  # the winter's time, whoever's watch shows it
    ],
)
@pytest.mark.parametrize("zone", [UTC, CHICAGO], ids=["UTC", "Chicago"])
def test_whatever_names_its_zone_is_understood(text, zone):
    assert utc(text, zone) == HALF_PAST_NINE


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-10-24 23:30:00", BERLIN, HALF_PAST_NINE),
        ("2026-10-24 21:30:00", UTC, HALF_PAST_NINE),
        ("2026-12-24 12:00:00 CST", CHICAGO, datetime(2026, 12, 24, 18)),
        ("2026-12-24 12:00:00 CST", ZoneInfo("Asia/Shanghai"), datetime(2026, 12, 24, 4)),
        ("2026-10-25 02:30:00 CEST", BERLIN, datetime(2026, 10, 25, 0, 30)),
        ("2026-10-25 02:30:00 CET", BERLIN, datetime(2026, 10, 25, 1, 30)),
        ("2026-10-25 02:30:00", BERLIN, datetime(2026, 10, 25, 0, 30)),  # in doubt, the earlier
    ],
)
def test_the_course_s_zone_settles_the_rest(text, zone, expected):
    assert utc(text, zone) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("yesterday", "is no time"),
        ("2026-10-24 23:30:00 CST", "which may be -0600 or -0500 or +0800"),
        ("2026-10-24 23:30:00 IST", "which may be"),
        ("2026-10-24 23:30:00 PST", "which may be -0800 or +0800"),  # also where summers have PDT
        ("2026-10-24 23:30:00 MESZ", "'MESZ', which no place has"),
        ("2026-10-24 23:30:00 Europe/Nowhere", "'Europe/Nowhere', which is no time zone"),
        ("2026-10-24 23:30:00 cest", "is no time"),
        ("03/04/2026 10:00", "may be two days"),
        ("23:30", "the day, the month or the year is missing"),
        ("Saturday", "the day, the month or the year is missing"),
        ("0001-01-01 00:00:00 +0200", "beyond all calendars"),
    ],
)
def test_what_is_not_certain_is_refused(text, why):
    with pytest.raises(UnclearTimeError, match=why.replace("+", r"\+")):
        utc(text, UTC)


@given(
    st.datetimes(datetime(2015, 1, 2), datetime(2035, 1, 1)).map(
        lambda t: t.replace(microsecond=0)
    ),
    st.sampled_from(sorted(available_timezones())),
)
@example(datetime(2026, 10, 25, 0, 30), "Europe/Berlin")
@example(datetime(2026, 10, 25, 1, 30), "Europe/Berlin")
def test_what_nbgrader_s_exchange_writes_is_read_as_it_was(when, name):
    """Its format ends in %Z, and its zone is the course's; with %z any zone will do."""
    zone = ZoneInfo(name)
    local = when.replace(tzinfo=UTC).astimezone(zone)
    if local.utcoffset() == timedelta(minutes=local.utcoffset() // timedelta(minutes=1)):
        assert utc(f"{local:%Y-%m-%d %H:%M:%S %z}", UTC) == when
    if (local.tzname() or "").isalpha() and len(local.tzname()) <= 5 and local.tzname().isupper():
        assert utc(f"{local:%Y-%m-%d %H:%M:%S.%f %Z}", zone) == when


@pytest.mark.parametrize("name", ["Berlin", "/etc/passwd", "../UTC", "", "Europe", "a\0b"])
def test_what_is_no_zone_is_told(name):
    with pytest.raises(CourseError, match=r"--timezone is .* which is no time zone"):
        time_zone(name, "--timezone")


def test_utc_is_a_zone_everywhere():
    assert time_zone("utc", "--timezone") is UTC
