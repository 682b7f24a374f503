"""Hazard 26: text on which a careless expression takes the square of its length, or worse."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from autograder.execution.limits import DEFAULT_LIMITS
from autograder.feedback.addresses import is_link, is_picture, without_others
from autograder.feedback.formulas import with_formulas
from autograder.feedback.highlighting import highlight
from autograder.feedback.pictures import with_pictures
from autograder.feedback.terminal import terminal_html
from autograder.grading.judging import gather
from autograder.release.scaffold import is_untouched
from autograder.submission.conflicts import both_versions, notes_on_cells
from autograder.submission.mending import mend
from autograder.submission.reading import UnreadableNotebookError, parse_notebook
from autograder.submission.restoring import restore
from autograder.submission.skimming import skim
from tests.submission.samples import ASSIGNMENT, source_notebook

TOKENS = (
    *(
        "\\[",
        "\\(",
        "$$",
        "$",
        "\\begin{a}",
        "\\begin{",
        "$a\\",
        "<",
        "<a ",
        '<a b="',
        "</",
        "<img src=",
    ),
    *('"', "'", '"""', "'''", "\\", '\\"', "rb'", "0x", "1_", "@", "% ", "\n", " ", "\t", "# "),
    *(
        "(<",
        "(<a",
        "(1",
        "(<a>, line ",
        "\x1b[",
        "\x1b[1;",
        "\x1b[38;5;1m",
        "data:image/png;base64,",
    ),
    *(
        "def ",
        "def zero_pad ",
        "def\n",
        "a\n",
        "f'{",
        "[",
        "{",
        "{}",
        "[],",
        '"outputs":[',
        "http://",
    ),
    *(",", ",\n", '",\n"', '"\n', "}\n", "<<<<<<< a\n", "\n=======\n", "\n>>>>>>> b\n<<<<<<< a"),
    *("x.png/", "../", "%2e", "&#9;", "-", "not ", "lambda:", "a.b"),
)
SHORT, LONG = 8_000, 32_000


def _told(text: str) -> None:
    """A cell's error, as a student's code may word it."""
    executed = source_notebook()
    for cell in executed.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "zero_pad":
            said = {"ename": text, "evalue": text, "traceback": []}
            cell.outputs = [nbformat.v4.new_output("error", **said)]
    gather(executed, source_notebook(), ASSIGNMENT, DEFAULT_LIMITS)


def _read(text: str) -> None:
    with contextlib.suppress(UnreadableNotebookError):
        parse_notebook(text.encode())


def _marked(text: str) -> None:
    cell = nbformat.v4.new_code_cell(text)
    notes_on_cells([cell])
    both_versions(text.encode())


def _restored(text: str) -> None:
    cell = nbformat.v4.new_code_cell(text)
    restore(nbformat.v4.new_notebook(cells=[cell]), source_notebook())


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "formulas": with_formulas,
    "pictures": lambda text: with_pictures(f"<img>{text}", Path()),
    "addresses": lambda text: (without_others(text), is_link(text), is_picture(text)),
    "highlighting": highlight,
    "terminal": terminal_html,
    "told": _told,
    "untouched": lambda text: is_untouched(text, "def zero_pad(X, pad):\n    return None\n"),
    "skimming": lambda text: skim(text.encode()),
    "reading": _read,
    "mending": mend,
    "conflicts": _marked,
    "restoring": _restored,
}


def _seconds(function: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    function(text)
    return time.process_time() - start


@pytest.mark.parametrize("name", FUNCTIONS)
def test_four_times_the_text_takes_no_more_than_a_few_times_as_long(name: str) -> None:
    """Quadratic is 16 times. What takes no time at all has no ratio, so a moment is added."""
    function, slow = FUNCTIONS[name], []
    function("x")
    for token in TOKENS:
        short = _seconds(function, token * (SHORT // len(token)))
        long = _seconds(function, token * (LONG // len(token)))
        if long > 10 * short + 0.5:
            slow.append((token, short, long))
    assert not slow
