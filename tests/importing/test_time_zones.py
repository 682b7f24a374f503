"""A download's times are local somewhere: the course's zone says where, or one that is given."""

from __future__ import annotations

import struct

import pytest
from typer.testing import CliRunner

from autograder.cli.app import make_app
from autograder.errors import CourseError
from tests.grading.classes import class_of, configure
from tests.importing.downloads import MOODLE, NOTEBOOK, bring_in, due, folder, submitted
from tests.importing.zips import entry, make_zip
from tests.submissions import ASSIGNMENT

STUDENT = "Testa_Probe_31"
BERLIN = "c.Exchange.timezone = 'Europe/Berlin'"


@pytest.fixture
def course(tmp_path):
    return class_of(tmp_path / "course", {})


def download(*saved, content="x"):
    """A zip of Moodle's, whose clock showed this time."""
    return [(entry(f"Testa Probe_31{MOODLE}/{NOTEBOOK}", saved=saved), content)]


def stamp(course):
    return (folder(course, STUDENT) / "timestamp.txt").read_text()


@pytest.mark.parametrize(
    ("saved", "expected"),
    [
        ((2026, 10, 24, 23, 30, 0), "2026-10-24 21:30:00 UTC"),
        ((2026, 10, 25, 23, 30, 0), "2026-10-25 22:30:00 UTC"),
        ((2026, 10, 25, 2, 30, 0), "2026-10-25 00:30:00 UTC"),  # came twice: the earlier
        ((2026, 3, 29, 2, 30, 0), "2026-03-29 01:30:00 UTC"),  # never came
    ],
)
def test_times_are_those_of_the_zone(course, saved, expected):
    ((outcome, _, why),) = bring_in(course, download(*saved), "moodle", zone="Europe/Berlin")
    assert stamp(course) == expected
    assert outcome == "imported"
    assert why.startswith(f"{expected} (")
    assert "CE" in why


def test_the_course_s_zone_is_the_default(course):
    configure(course, BERLIN)
    due(course, 2026, 10, 24, 21, 59)
    told = bring_in(course, download(2026, 10, 24, 23, 30, 0), "moodle")
    assert stamp(course) == "2026-10-24 21:30:00 UTC"
    assert [outcome for outcome, _, _ in told] == ["imported"]


def test_a_time_that_the_zip_has_in_utc_stays(course):
    ((exact, content),) = download(2026, 10, 24, 23, 30, 0)
    exact.extra = struct.pack("<HHBi", 0x5455, 5, 1, 1_792_877_400)  # 2026-10-24 21:30 UTC
    due(course, 2026, 10, 24, 21, 59)
    told = bring_in(course, [(exact, content)], "moodle", zone="America/New_York")
    assert stamp(course) == "2026-10-24 21:30:00 UTC"
    assert [outcome for outcome, _, _ in told] == ["imported"]


def test_where_there_is_a_due_date_and_no_zone_a_person_is_told(course):
    make_zip(course.root / "all.zip", download(2026, 10, 24, 23, 30, 0))
    words = ["import", str(course.root / "all.zip"), "--from", "moodle", "--assignment", ASSIGNMENT]
    words += ["--course", str(course.root)]
    assert "--timezone" not in CliRunner().invoke(make_app(words), words).output
    due(course, 2026, 10, 24, 21, 59)
    for more, told in ([], True), (["--timezone", "UTC"], False):
        done = CliRunner().invoke(make_app(words), [*words, *more])
        assert done.exit_code == 0, done.output
        assert ("names no time zone, and its times were taken for UTC" in done.output) is told


def test_importing_again_with_the_zone_puts_times_right(course):
    files = download(2026, 10, 24, 23, 30, 0)
    bring_in(course, files, "moodle")
    assert stamp(course) == "2026-10-24 23:30:00 UTC"
    assert [each[0] for each in bring_in(course, files, "moodle")] == ["skipped"]
    ((outcome, _, why),) = bring_in(course, files, "moodle", zone="Europe/Berlin")
    assert (outcome, stamp(course)) == ("imported", "2026-10-24 21:30:00 UTC")
    assert "their time is put right" in why
    assert not (submitted(course) / ".replaced").exists()
    later = download(2026, 10, 24, 23, 40, 0, content="better")
    bring_in(course, later, "moodle", zone="Europe/Berlin")
    assert stamp(course) == "2026-10-24 21:40:00 UTC"


def test_a_zone_that_is_none_is_refused_before_anything_is_written(course):
    with pytest.raises(CourseError, match="--timezone is 'Berlin', which is no time zone"):
        bring_in(course, download(2026, 10, 24, 23, 30, 0), "moodle", zone="Berlin")
    assert not submitted(course).exists()
