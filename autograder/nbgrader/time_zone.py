"""The course's time zone: nbgrader's own setting, ``c.Exchange.timezone``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from autograder.submission.time_stamps import time_zone

SETTING = "c.Exchange.timezone"


def course_zone(config: Mapping[str, Any]) -> tzinfo:
    """The zone that a course's configuration names; UTC, nbgrader's default, if it names none.

    Raises :class:`autograder.errors.CourseError` if there is no such zone.
    """
    return time_zone(str(config.get("Exchange", {}).get("timezone", "UTC")), SETTING)


def names_zone(config: Mapping[str, Any]) -> bool:
    """Whether the course's configuration names a zone at all."""
    return "timezone" in config.get("Exchange", {})
