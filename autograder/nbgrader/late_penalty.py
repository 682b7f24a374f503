"""A penalty for lateness: so many percent of the score for each started day, down to a floor.

In ``nbgrader_config.py``::

    c.AssignLatePenalties.plugin_class = "autograder.nbgrader.late_penalty.PercentPerDay"
    c.PercentPerDay.percent_per_day = 10
    c.PercentPerDay.grace_minutes = 15
    c.PercentPerDay.floor_percent = 50

`autograder grade` and `nbgrader autograde` then both subtract it from what is late by the
gradebook's due date and the submission's ``timestamp.txt``. Days are those of the course's time
zone, ``c.Exchange.timezone``: the night in which the clocks are changed costs nobody a day.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Any

from nbgrader.plugins import BasePlugin
from traitlets import Float, TraitError

from autograder.errors import CourseError
from autograder.nbgrader.late_days import extended, started_days
from autograder.nbgrader.time_zone import course_zone

_DAY_SECONDS = 24 * 60 * 60


class PenaltySettingError(CourseError, TraitError):
    """A setting of the penalty makes no sense; an error of ours and of traitlets."""


class _Amount(Float[float, Any]):
    """A number in a range, which says what is wrong as an instructor would want to read it."""

    def validate(self, obj: Any, value: Any) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        low, high = self.min, self.max
        if is_number and math.isfinite(value) and low <= value <= high:
            return float(value)
        allowed = f"from {low:g} to {high:g}" if math.isfinite(high) else f"of {low:g} or more"
        raise PenaltySettingError(
            f"c.{type(obj).__name__}.{self.name} is {value!r}: it must be a number {allowed}. "
            "Correct it in nbgrader_config.py."
        )


class PercentPerDay(BasePlugin):
    """Subtracts a share of the score for every day that has begun after the grace period."""

    percent_per_day = _Amount(
        10.0, min=0.0, max=100.0, help="Percent of the score that each started day costs."
    ).tag(config=True)

    grace_minutes = _Amount(
        15.0, min=0.0, max=math.inf, help="Minutes after the due date that cost nothing."
    ).tag(config=True)

    floor_percent = _Amount(
        50.0, min=0.0, max=100.0, help="Percent of the score that is kept, however late."
    ).tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """The points to subtract from ``score``; None if there are none to subtract.

        A day begins when the grace period, or the day before, is over: with the defaults 16
        minutes late costs 10 %, and so does a day and 15 minutes.
        """
        due, late = self._lateness(student_id, total_seconds_late)
        after_grace = late - self.grace_minutes * 60
        if after_grace <= 0 or score <= 0:
            return None
        percent = self._days(due, late, after_grace) * self.percent_per_day
        return score * min(percent, 100.0 - self.floor_percent) / 100 or None

    def _days(self, due: datetime | None, late: float, after_grace: float) -> int:
        """How many days have begun; without a due date, of 24 hours each."""
        if due is None:
            return math.ceil(after_grace / _DAY_SECONDS)
        begin = due + timedelta(minutes=self.grace_minutes)
        return started_days(begin, due + timedelta(seconds=late), course_zone(self.config))

    def _lateness(self, student: str, seconds: float) -> tuple[datetime | None, float]:
        """The student's own due date, in UTC, and by how many seconds it is over.

        nbgrader tells only the ``seconds``, with 24 hours for each day of an extension. ``parent``
        is what asks: ours knows the due date, nbgrader's has the gradebook open.
        """
        if due := getattr(self.parent, "due", None):
            return due, seconds
        gradebook = getattr(self.parent, "gradebook", None)
        if gradebook is None:
            return None, seconds
        submission = gradebook.find_submission(self.parent.assignment_id, student)
        zone = course_zone(self.config)
        due = extended(submission.assignment.duedate, submission.extension, zone)
        return due, (submission.timestamp - due).total_seconds()
