"""Of what was printed and written over, the page shows what a screen shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.feedback import formgrader_cells
from autograder.feedback.outputs import outputs_html
from autograder.feedback.overwritten import what_is_left
from autograder.feedback.safe_html import make_outputs_safe


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("".join(f"\rstep {number}" for number in range(200)) + "\n", "step 199\n"),
        (" 10%|#   | 1/10\r100%|####| 10/10\ndone", "100%|####| 10/10\ndone"),
        ("long line\rshort", "shortline"),
        ("Windows\r\nlines\r\n", "Windows\nlines\n"),
        ("stays\r", "stays"),
        ("stays\r\r\n", "stays\n"),
        ("9\b8\b7", "7"),
        ("\b\bno more than there is", "no more than there is"),
        ("a\n\b\bb", "a\nb"),
        ("one\rtw\bo", "toe"),
    ],
)
def test_what_was_written_over_is_left_out(printed: str, shown: str) -> None:
    assert what_is_left(printed) == shown


@given(st.text(alphabet="ab \n\r", max_size=60))
def test_it_is_what_a_screen_shows(printed: str) -> None:
    """Of a screen that knows no more than where it writes."""
    lines: list[dict[int, str]] = [{}]
    place = 0
    for character in printed:
        if character == "\n":
            lines.append({})
        if character in "\r\n":
            place = 0
        else:
            lines[-1][place] = character
            place += 1
    assert what_is_left(printed) == "\n".join("".join(line.values()) for line in lines)


@given(st.text(alphabet="ab\n\r\b", max_size=60))
def test_nothing_is_left_to_write_over(printed: str) -> None:
    shown = what_is_left(printed)
    assert not set(shown) & {"\r", "\b"}
    assert shown.count("\n") == printed.count("\n")


def test_a_page_shows_a_progress_bar_once() -> None:
    bar = "".join(f"\rstep {number}" for number in range(200)) + "\n"
    outputs = [new_output("stream", name=name, text=bar) for name in ("stdout", "stderr")]
    cell = new_code_cell("", outputs=outputs)
    make_outputs_safe(new_notebook(cells=[cell]))
    assert outputs_html(cell, str).count("step") == 2


def test_the_formgrader_shows_it_once_too() -> None:
    shown, _ = formgrader_cells.terminal("".join(f"\rstep {number}" for number in range(200)))
    assert shown.count("step") == 1


def test_it_takes_as_long_as_the_text_is() -> None:
    """A million characters that are written over a hundred thousand times: by hand, not at all."""
    assert what_is_left("x" * 1_000_000 + "\ry" * 100_000)[:2] == "yx"
