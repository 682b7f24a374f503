"""Days as people count them: from one time of day to the same on the next, by the course's clocks.

All times are in UTC and have no zone, as in the gradebook. Where the clocks were changed in
between, a day has 23 or 25 hours; where a time of day came twice, or not at all, the later is
meant.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo


def days_later(when: datetime, days: int, zone: tzinfo) -> datetime:
    """The same time of day in ``zone``, so many ``days`` after ``when``."""
    if not days:
        return when
    there = _local(when, zone).replace(tzinfo=None) + timedelta(days=days)
    return max(_utc(there.replace(tzinfo=zone, fold=fold)) for fold in (0, 1))


def extended(due: datetime, extension: timedelta | None, zone: tzinfo) -> datetime:
    """The due date with an ``extension``, whose days are days by the clock.

    nbgrader adds 24 hours for each; nobody is late who is not late by that.
    """
    if not extension:
        return due
    by_clock = days_later(due, extension.days, zone) + (extension - timedelta(extension.days))
    return max(due + extension, by_clock)


def started_days(begin: datetime, end: datetime, zone: tzinfo) -> int:
    """How many days have begun from ``begin`` until ``end``; a day that is just over is one."""
    days = max((_local(end, zone).date() - _local(begin, zone).date()).days - 1, 0)
    while days_later(begin, days, zone) < end:
        days += 1
    return days


def _local(when: datetime, zone: tzinfo) -> datetime:
    return when.replace(tzinfo=UTC).astimezone(zone)


def _utc(local: datetime) -> datetime:
    return local.astimezone(UTC).replace(tzinfo=None)
