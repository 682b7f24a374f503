"""Links and times that cannot be so are refused in words, whatever else a file says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import CourseError
from autograder.submission.arrival import (
    FIRST_RELEASE,
    handed_in_at,
    read_timestamp,
    refuse_impossible_time,
    refuse_links,
)

NOW = datetime(2026, 3, 10, 12)
DUE = datetime(2026, 3, 9, 12)


@pytest.mark.parametrize(
    ("timestamp", "doubt"),
    [
        ("1970-01-01 00:00:00 UTC", "before 2015, when nbgrader was first released"),
        ("0001-01-01 00:00:00", "before 2015"),
        ("2014-12-31 23:59:59 UTC", "before 2015"),
        ("2026-03-11 12:00:01 UTC", "in the future: this computer's clock says 2026-03-10 12:00"),
        ("9999-12-31 23:59:59", "in the future"),
        ("2025-03-01 12:00:00 UTC", "more than a year before the due date in the gradebook, 2026-"),
    ],
)
def test_a_time_that_cannot_be_is_refused(timestamp, doubt):
    with pytest.raises(CourseError) as raised:
        refuse_impossible_time("ada", timestamp, DUE, NOW)
    assert doubt in str(raised.value)
    assert timestamp in str(raised.value)
    assert "Put right what is wrong, or remove the file" in str(raised.value)


@pytest.mark.parametrize(
    "timestamp",
    [
        "",
        " \n",
        "2015-01-01 00:00:00 UTC",
        "2026-03-11 11:59:59 UTC",
        "2026-03-11 01:00:00 +1400",
        "2025-04-01 12:00:00 CEST",
    ],
)
def test_any_other_is_believed(timestamp):
    refuse_impossible_time("ada", timestamp, DUE if "2015" not in timestamp else None, NOW)


@given(st.datetimes(), st.datetimes() | st.none(), st.datetimes())
def test_what_is_believed_lies_between_the_bounds(when, due, now):
    believed = True
    try:
        refuse_impossible_time("ada", when.isoformat(), due, now)
    except CourseError:
        believed = False
    early = when < FIRST_RELEASE or (due is not None and due - when > timedelta(days=366))
    assert believed == (not early and when - now <= timedelta(days=1))


@given(st.text(max_size=60) | st.from_regex(r"[0-9]{1,30} [0-9:]{1,9} [+\-/.a-zA-Z0-9]{1,12}"))
def test_what_is_no_time_is_a_sentence(text):
    """dateutil raises this and that, and opens files that are named as a zone."""
    try:
        refuse_impossible_time("ada", text, DUE, NOW)
    except CourseError as error:
        assert str(error).startswith("timestamp.txt of ada ")


@pytest.mark.parametrize("zone", ["/dev/tty", "../../../dev/tty", "./x"])
def test_no_file_is_opened_as_a_zone(zone):
    with pytest.raises(CourseError, match="is no time zone"):
        refuse_impossible_time("ada", f"2026-03-01 12:00:00 {zone}", DUE, NOW)


@pytest.fixture
def folder(tmp_path):
    """ada's submission, and a neighbour's."""
    for student in ("ada", "bob"):
        (tmp_path / "submitted" / student / "hw1").mkdir(parents=True)
    (tmp_path / "submitted" / "bob" / "hw1" / "timestamp.txt").write_text("2026-01-01")
    return tmp_path / "submitted" / "ada" / "hw1"


def test_a_folder_of_one_s_own_is_taken(folder):
    refuse_links("ada", folder)


@pytest.mark.parametrize("target", ["../bob/hw1", "../../../solutions/hw1", "nowhere"])
def test_a_linked_submission_is_refused(folder, target):
    folder.rmdir()
    folder.symlink_to(target)
    with pytest.raises(CourseError, match="is a link to") as raised:
        refuse_links("ada", folder)
    assert target in str(raised.value)


def test_a_linked_student_is_refused(folder):
    folder.rmdir()
    folder.parent.rmdir()
    folder.parent.symlink_to("bob")
    with pytest.raises(CourseError, match="is a link to 'bob'"):
        refuse_links("ada", folder)


def test_the_instructor_s_own_links_are_theirs(folder, tmp_path):
    """A course may keep what was handed in on another disk."""
    (tmp_path / "submitted").rename(tmp_path / "disk")
    (tmp_path / "submitted").symlink_to("disk")
    refuse_links("ada", folder)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_time_may_be_written_with_a_mark(folder, encoding):
    """As Windows' editors and its shell write text."""
    when = "2026-03-01 12:00:00 CET"
    (folder / "timestamp.txt").write_text(f"{when}\r\n", encoding=encoding)
    assert read_timestamp(folder).strip() == when
    assert handed_in_at("ada", read_timestamp(folder)) == datetime(2026, 3, 1, 11)


def test_what_may_be_two_times_is_told(folder):
    """What the file holds, what is unclear of it, and what to do."""
    with pytest.raises(CourseError) as raised:
        handed_in_at("ada", "2026-03-01 12:00:00 CST")
    for words in ("ada says '2026-03-01 12:00:00 CST'", "may be -0600", "c.Exchange.timezone"):
        assert words in str(raised.value)


def test_a_linked_time_says_nothing(folder):
    (folder / "timestamp.txt").symlink_to("../../bob/hw1/timestamp.txt")
    assert read_timestamp(folder) == ""
    assert read_timestamp(folder.parent.parent / "bob" / "hw1") == "2026-01-01"
