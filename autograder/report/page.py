"""The report as one HTML page that holds everything it needs: nothing is loaded, nothing runs."""

from __future__ import annotations

from datetime import date

from jinja2 import Environment, StrictUndefined

from autograder.report.charts import STATUS_WORDS, exercise_chart, score_chart
from autograder.report.submission import DAMAGED, NOT_ENTERED, TO_GRADE
from autograder.report.summary import Summary
from autograder.report.template import PAGE, STYLE
from autograder.verdicts import Attention, Status

_MOST_NOTES = 3
"""More of one submission's notes would crowd out the other submissions."""

_REASONS = {
    Attention.UNREADABLE: "What was handed in cannot be read.",
    Attention.CRASHED: "It ended its own Python process, or used more memory, output, threads or "
    "files than a submission may.",
    Attention.TIMED_OUT: "It ran out of time.",
    Attention.TAMPERED: "It may have been tampered with: it changed the points of a cell, or "
    "reported its results itself.",
    Attention.UNCOUNTED: "Lines of an answer may have been kept from being counted, as the note on "
    "that exercise says.",
    Attention.MISSING_PACKAGE: "It imports what is not installed where it was graded, and "
    "may have worked where it was written.",
    Attention.ANOTHER_NOTEBOOK: "It is another notebook than the one that was handed out.",
    Attention.NOT_ATTEMPTED: "Nothing was attempted.",
    NOT_ENTERED: "It is not in the gradebook, so the score is the autograder's: grade this student "
    "again, with --force.",
    TO_GRADE: "A person is to give points, or to look at those that were given.",
    DAMAGED: "Its autograded notebook is damaged: grade this student again, with --force.",
}


def render(summary: Summary, made: date) -> str:
    """The page. All text in it is escaped, whoever wrote it."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update(points=_points, amount=_amount, percent=_percent, in_words=_in_words)
    return environment.from_string(PAGE).render(
        summary=summary,
        made=made.isoformat(),
        style=STYLE,
        scores=score_chart(summary),
        exercises=exercise_chart(summary),
        statuses=STATUS_WORDS,
        passed=Status.PASSED,
        most_notes=_MOST_NOTES,
    )


def _points(value: float | None) -> str:
    """With one decimal place at most, none if it is a whole number; a dash for none at all."""
    return "–" if value is None else f"{value:.1f}".removesuffix(".0")


def _amount(value: float) -> str:
    """A measured amount, with as many places as say something."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _percent(share: float) -> str:
    """Whole per cent; 0 and 100 only if it is exactly none and all."""
    if 0 < share < 1:
        share = min(max(share, 0.01), 0.99)
    return f"{share:.0%}".replace("%", " %")


def _in_words(reason: str) -> str:
    return _REASONS.get(reason, reason)
