"""The report's charts: SVG pictures inside of the page, each with its content in words.

Colours are Okabe and Ito's, which colour-blind people can tell apart; hatching and labels say the
same without colour. The pictures are data addresses: as ``<img>`` they have an alt text, and the
identifiers in one picture cannot meet those in another.
"""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator, PercentFormatter

from autograder.report.summary import Summary
from autograder.verdicts import Status

BINS = 10
"""Into so many equal parts the range of scores is divided."""

_BLUE, _ORANGE, _VERMILLION = "#0072B2", "#E69F00", "#D55E00"
_SKY, _GREY = "#56B4E9", "#DDDDDD"
_INK = "#222222"

_LOOKS = {
    Status.PASSED: ("all cases passed", _BLUE, ""),
    Status.PARTLY: ("some cases passed", _SKY, "//"),
    Status.FAILED: ("no case passed", _ORANGE, "xx"),
    Status.TIMED_OUT: ("ran out of time", _VERMILLION, ".."),
    Status.NOT_ATTEMPTED: ("not attempted", _GREY, ""),
}
STATUS_WORDS = {status: words for status, (words, _, _) in _LOOKS.items()}
"""What the report calls the statuses of an exercise."""

_STYLE: dict[Any, Any] = {
    "font.family": "DejaVu Sans",  # it comes with matplotlib
    "font.size": 10,
    "hatch.linewidth": 0.6,
    "hatch.color": "white",
    "svg.fonttype": "path",
    "svg.hashsalt": "report",  # the same numbers draw the same file
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _INK,
    "text.color": _INK,
}
_LABELLED_FROM = 0.07
"""A smaller part of a bar has no room for its label."""


@dataclass(frozen=True)
class Chart:
    """A picture: its ``address``, which holds all of it, and ``alt``, what it shows in words."""

    address: str
    alt: str


def score_chart(summary: Summary) -> Chart | None:
    """How many submissions reached how many points; None if none has a score."""
    mean, median = summary.mean, summary.median
    if mean is None or median is None:
        return None
    width = summary.max_score / BINS
    counts = score_counts(summary)
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(8, 3.2), layout="constrained")
        axes = figure.add_subplot()
        lefts = [number * width for number in range(BINS)]
        bars = axes.bar(
            lefts, counts, width, align="edge", color=_BLUE, edgecolor="white", label="_"
        )
        axes.bar_label(bars, [str(count) if count else "" for count in counts], padding=2)
        # The lines have a white edge, so that they can be seen in front of a bar, too.
        line: dict[str, Any] = {
            "linewidth": 1.8,
            "path_effects": [withStroke(linewidth=4, foreground="white")],
        }
        axes.axvline(mean, color=_VERMILLION, linestyle="--", label=f"mean {mean:.1f}", **line)
        axes.axvline(median, color="black", linestyle=":", label=f"median {median:.1f}", **line)
        axes.set_xlim(0, summary.max_score)
        axes.set_xticks([*lefts, summary.max_score])
        axes.set_xlabel("points")
        axes.set_ylabel("submissions")
        axes.set_ylim(0, max(counts) * 1.12)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        figure.legend(loc="outside upper right", ncols=2, frameon=False)
        return Chart(_address(figure), _score_words(summary, counts, width))


def score_counts(summary: Summary) -> list[int]:
    """How many scores lie in each part of the range; a part's upper end belongs to the next one.

    The last part has both its ends.
    """
    counts = [0] * BINS
    for score in summary.scores:
        share = min(max(score / summary.max_score, 0.0), 1.0)  # whatever a person has written
        counts[min(math.floor(share * BINS), BINS - 1)] += 1
    return counts


def exercise_chart(summary: Summary) -> Chart | None:
    """For every exercise, the shares of its statuses; None if no submission could be read."""
    if not summary.scores:
        return None
    names = [exercise.name for exercise in summary.exercises]
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(8, 1.1 + 0.42 * len(names)), layout="constrained")
        axes = figure.add_subplot()
        starts = [0.0] * len(names)
        for status, (words, colour, hatch) in _LOOKS.items():
            shares = [exercise.share(status) for exercise in summary.exercises]
            if not any(shares):
                continue  # nor in the legend
            axes.barh(
                *(names, shares, 0.72, starts),
                color=colour,
                hatch=hatch,
                edgecolor="white",
                label=words,
            )
            _label_parts(axes, starts, shares)
            starts = [start + share for start, share in zip(starts, shares, strict=True)]
        axes.invert_yaxis()
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        axes.set_xlabel("share of the graded submissions")
        figure.legend(
            loc="outside upper center",
            ncols=len(_LOOKS),
            frameon=False,
            fontsize=8.5,
            handleheight=1.4,
        )
        return Chart(_address(figure), " ".join(_exercise_words(summary)))


def _label_parts(axes: Axes, starts: list[float], shares: list[float]) -> None:
    """The share, on white so that it can be read whatever lies behind it."""
    ground = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}
    for row, (start, share) in enumerate(zip(starts, shares, strict=True)):
        if share >= _LABELLED_FROM:
            middle = start + share / 2
            axes.text(
                *(middle, row, f"{100 * share:.0f} %"),
                ha="center",
                va="center",
                fontsize=8.5,
                bbox=ground,
            )


def _score_words(summary: Summary, counts: list[int], width: float) -> str:
    parts = (
        f"{number * width:g} to {(number + 1) * width:g} points: {count}"
        for number, count in enumerate(counts)
    )
    return (
        f"Histogram of the scores of {len(summary.scores)} submissions. {'; '.join(parts)}. "
        f"Mean {summary.mean:.1f}, median {summary.median:.1f}."
    )


def _exercise_words(summary: Summary) -> Iterator[str]:
    yield "Bars for each exercise."
    for exercise in summary.exercises:
        shares = (
            f"{words} {exercise.share(status):.0%}"
            for status, words in STATUS_WORDS.items()
            if exercise.statuses[status]
        )
        yield f"{exercise.name}: {', '.join(shares)}."


def _address(figure: Figure) -> str:
    file = io.BytesIO()
    # Without the date, so that the same numbers draw the same file.
    figure.savefig(file, format="svg", metadata={"Date": None})
    return f"data:image/svg+xml;base64,{base64.b64encode(file.getvalue()).decode()}"
