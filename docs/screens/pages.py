"""The pages that are shown, and what of them a picture depends on."""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.feedback.whole_class import write_feedback
from autograder.report import charts
from autograder.report.writing import write_report
from autograder.sample_class import ASSIGNMENT
from docs.screens.accidents import table_of_accidents
from docs.screens.classroom import SHOWN


@dataclass(frozen=True)
class Screen:
    """A picture in this folder: which page it shows, from its top to the end of an element.

    ``page`` writes the page of a graded course and returns where it is. ``end`` is the element's
    CSS selector; what stands from ``rest`` on in the HTML is below it. ``drawn_by`` is the source
    of what draws pictures in the page, whose bytes depend on the version of what they are drawn
    with.
    """

    name: str
    page: Callable[[Course], Path]
    end: str
    rest: str
    drawn_by: str = ""

    @property
    def picture(self) -> Path:
        """The file that is committed."""
        return Path(__file__).parent / f"{self.name}.png"

    def digest(self, html: str) -> str:
        """What tells whether the picture of a page is current, as hexadecimal digits.

        Days and the bytes of embedded pictures make no difference, nor does what is not shown.
        """
        shown, found, _ = html.partition(self.rest)
        if not found:
            raise ValueError(f"The page of {self.name} has no {self.rest}")
        shown = re.sub(r"data:[^\"]*", "", shown)
        shown = re.sub(r"\d{4}-\d\d-\d\d", "", shown)
        return hashlib.sha256((shown + self.drawn_by).encode()).hexdigest()


def _feedback(course: Course) -> Path:
    (written,) = write_feedback(course, course.assignment(ASSIGNMENT), [SHOWN])
    if written.problem:
        raise RuntimeError(written.problem)
    return written.page


def _report(course: Course) -> Path:
    return write_report(course, course.assignment(ASSIGNMENT)).page


SCREENS = (
    Screen("feedback", _feedback, end=".summary", rest='<section class="notebook"'),
    Screen(
        "report",
        _report,
        end="#exercises figure",
        rest='<section id="cases"',
        drawn_by=inspect.getsource(charts),
    ),
    Screen("table", table_of_accidents, end="pre", rest="<footer>"),
)
