"""A terminal's colours: the text stays, nbconvert reads the same, nothing takes long."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from nbconvert.filters import strip_ansi

from autograder.feedback.terminal import terminal_html
from tests.feedback.reading import Read

NUMBERS = st.integers(0, 107) | st.sampled_from([1, 22, 31, 39, 49])
CODES = st.lists(NUMBERS, max_size=4).map(lambda numbers: f"\x1b[{';'.join(map(str, numbers))}m")
PALETTE = st.sampled_from(["\x1b[38;5;31m", "\x1b[48;2;1;31;32m", "\x1b[38;5;132;01m"])
TEXT = st.text(st.characters(exclude_characters="\x1b\x00\r"), max_size=8)
PIECES = st.lists(CODES | PALETTE | TEXT | st.just("<script>&"), max_size=12)


@given(PIECES)
def test_the_text_is_what_nbconvert_sees(pieces):
    text = "".join(pieces)
    read = Read(f"<pre>{terminal_html(text)}</pre>")
    assert read.text == strip_ansi(text)
    assert read.tags <= {"pre", "span"}


@given(st.text())
def test_whatever_is_printed_is_escaped(text):
    html = terminal_html(text)
    assert not re.search(r"<(?!/?span)", html)
    assert "\x1b" not in html


def test_colours_begin_and_end():
    html = terminal_html("a\x1b[1;31mb\x1b[39mc\x1b[0md\x1b[38;5;31me")
    assert html == ('a<span class="t-bold t-red">b</span><span class="t-bold">c</span>de')


def test_a_million_characters_of_codes_are_read_to_the_end():
    """A time that grows with the square of the text would be hours."""
    html = terminal_html("\x1b[31mx" * 170_000 + "\x1b[" * 200_000)
    assert html.count("t-red") == 170_000
