"""The course's rule for lateness, ``c.AssignLatePenalties``, asked outside of nbgrader's commands.

Whatever the rule looks at in nbgrader's preprocessor, it finds here, too.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from traitlets.config import Config

from autograder.errors import CourseError
from autograder.nbgrader.late_days import extended
from autograder.nbgrader.time_zone import course_zone

if TYPE_CHECKING:
    from nbgrader.api import Gradebook


class LateRule:
    """What lateness costs in one assignment. Times are in UTC, without a zone."""

    def __init__(self, config: Config, gradebook: Gradebook, assignment: str) -> None:
        """Read the course's time zone; the rule itself is made when somebody is late."""
        self._config, self._gradebook, self._assignment = config, gradebook, assignment
        self.zone = course_zone(config)

    def due(self, due: datetime | None, extension: timedelta | None) -> datetime | None:
        """A student's own due date."""
        return None if due is None else extended(due, extension, self.zone)

    def penalty(
        self, student: str, score: float, due: datetime | None, when: datetime | None
    ) -> float | None:
        """The points to subtract from ``score``, from 0 to all of it; None if it is not late.

        Raises :class:`CourseError` if the rule cannot be used.
        """
        if due is None or when is None or when <= due:
            return None
        self._asking.due, self._asking.student_id = due, student
        try:
            penalty = self._asking.plugin_inst.late_submission_penalty(
                student, score, (when - due).total_seconds()
            )
            if penalty is None:
                return None
            if not math.isfinite(penalty):
                raise ValueError(f"it gives {penalty}")
            return float(self._asking._check_late_penalty(SimpleNamespace(score=score), penalty))
        except CourseError:
            raise
        except Exception as error:
            name = type(self._asking.plugin_inst).__name__
            raise CourseError(
                f"The late penalty of {student} cannot be computed: {name} failed "
                f"({type(error).__name__}: {error}). Correct it, or name another rule as "
                "c.AssignLatePenalties.plugin_class in nbgrader_config.py."
            ) from None

    @cached_property
    def _asking(self) -> Any:
        """nbgrader's preprocessor, which makes the rule and is its parent; imported when needed."""
        from nbgrader.preprocessors import AssignLatePenalties

        try:
            asking = AssignLatePenalties(config=self._config)
            asking.init_plugin()
        except CourseError:
            raise
        except Exception as error:
            raise CourseError(
                f"The rule for lateness cannot be used: {error} Correct "
                "c.AssignLatePenalties.plugin_class in nbgrader_config.py."
            ) from None
        asking.gradebook = self._gradebook
        asking.db_url = self._gradebook.engine.url.render_as_string(hide_password=False)
        asking.assignment_id = asking.notebook_id = self._assignment
        return asking
