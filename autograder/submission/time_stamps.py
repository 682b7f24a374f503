"""Time stamps as programs and people write them, and what they are in UTC.

nbgrader's own reading takes a zone that it does not know for UTC ("CEST"), and "+0200" for 200
seconds. Here a time stamp is understood or refused.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from dateutil.parser import parse

from autograder.errors import CourseError

_TWO_DAYS = datetime(2000, 1, 1), datetime(2004, 2, 2)
"""What a date that is not all there is filled up with; of two kinds, so that it shows."""


class UnclearTimeError(ValueError):
    """The words are no time, or may be several; the message goes on from "The time stamp …"."""


def time_zone(name: str, setting: str) -> tzinfo:
    """The zone of this ``name``; :class:`CourseError` that names the ``setting`` if there is none.

    UTC has no need of the system's data, which may not be there.
    """
    if name.upper() == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except Exception:  # no such zone, a path, a folder, a name that no file may have
        raise CourseError(
            f"{setting} is {name!a}, which is no time zone. Write it as Europe/Berlin, "
            "America/New_York or UTC are written."
        ) from None


def utc(text: str, zone: tzinfo) -> datetime:
    """When ``text`` says that it was, in UTC and without a zone; ``zone`` is the course's.

    A time without a zone is the course's. Raises :class:`UnclearTimeError`.
    """
    words, named = _zone_at_the_end(text.split())
    wall, name, offset = _on_the_wall(" ".join(words))
    try:
        if offset is None:
            offset = _offset(wall, name, named or zone, zone)
        return wall - offset
    except OverflowError:
        raise UnclearTimeError("lies beyond all calendars") from None


def _zone_at_the_end(words: list[str]) -> tuple[list[str], tzinfo | None]:
    """The words before a zone's full name, such as Europe/Berlin, and that zone."""
    last = words[-1] if words else ""
    if last[:1].isdigit() or (last.isalpha() and last.isupper()):
        return words, None  # a date such as 24/10/2026, or CEST
    try:
        return words[:-1], ZoneInfo(last)
    except Exception:  # no such zone, a path, a folder, a name that no file may have
        if "/" in last:
            raise UnclearTimeError(f"ends in {last!a}, which is no time zone") from None
    return words, None


def _on_the_wall(text: str) -> tuple[datetime, str | None, timedelta | None]:
    """What a clock showed; the zone's short name and its offset from UTC, as far as it is said."""
    text = re.sub(r"(?:UTC|GMT)(?=[+-]\d)", "", text)  # dateutil would turn the sign round
    said: list[tuple[str | None, int | None]] = []

    def note(name: str | None, seconds: int | None) -> None:
        said.append((name, seconds))

    def read(**options: object) -> datetime:
        found: datetime = parse(text, tzinfos=note, **options)
        return found.replace(tzinfo=None)

    try:
        first, second = (read(default=default) for default in _TWO_DAYS)
        other = first if re.match(r"\d{4}", text) else read(default=_TWO_DAYS[0], dayfirst=True)
    except (ValueError, OverflowError):
        raise UnclearTimeError("is no time") from None
    if first != second:
        raise UnclearTimeError("is no time: the day, the month or the year is missing")
    if first != other:
        raise UnclearTimeError("may be two days: write the year first, then month and day")
    name, seconds = said[0] if said else (None, None)
    return first, name, None if seconds is None else timedelta(seconds=seconds)


def _offset(wall: datetime, name: str | None, zone: tzinfo, course: tzinfo) -> timedelta:
    """How far the clock was from UTC, by its zone's short ``name``, or by ``zone`` without one.

    The course's own zone is asked first what CST is, then all zones of the world, which have to
    agree.
    """
    if name is None:
        return _from_utc(wall.replace(tzinfo=zone))
    if name in ("UTC", "GMT"):
        return timedelta(0)
    for local in (wall.replace(tzinfo=course, fold=fold) for fold in (0, 1)):
        if local.tzname() == name:  # before and after the clocks go back
            return _from_utc(local)
    offsets = _called(name, course, wall.year) or _called_anywhere(name, wall.year)
    if len(offsets) == 1:
        return next(iter(offsets))
    shown = " or ".join(f"{datetime.now(timezone(each)):%z}" for each in sorted(offsets))
    doubt = f"may be {shown}" if shown else "no place has"
    raise UnclearTimeError(f"names the time zone {name!a}, which {doubt}")


def _from_utc(local: datetime) -> timedelta:
    offset = local.utcoffset()
    assert offset is not None
    return offset


def _called(name: str, zone: tzinfo, year: int) -> set[timedelta]:
    """The offsets that ``zone`` has while it is called ``name``, in some season of ``year``."""
    seasons = (datetime(year, month, 15, tzinfo=zone) for month in (1, 4, 7, 10))
    return {_from_utc(each) for each in seasons if each.tzname() == name}


@cache
def _called_anywhere(name: str, year: int) -> frozenset[timedelta]:
    zones = map(ZoneInfo, sorted(available_timezones()))
    return frozenset(offset for zone in zones for offset in _called(name, zone, year))
