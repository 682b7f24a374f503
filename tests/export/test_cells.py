"""What goes into a cell comes out of it, and no spreadsheet runs it."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.export.cells import defused, number, to_csv

RISKY = "=+-@＝＋－＠\t\r\n;, \"'0aé李"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "=1+1",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "  =1",
            "＝1",
            "\u200b=1",
            "\r=1",
        ),
        *(
            "\ufeff=1",
            '"=1',
            "'=1",
            "“=1",
            "\x00=1",
            "\x9b=1",
            "\u202e=1",
            "\u2066@x",
            "﹦1",
            "−1+x",
        ),
        *("\tada", "\rada", "\nada", "+1e5", "-٣"),
    ],
)
def test_a_formula_gets_an_apostrophe(text):
    assert defused(text) == f"'{text}"


def test_a_formula_after_a_separator_of_other_countries_gets_one_too():
    assert defused("a;=1+1") == "a;'=1+1"
    assert defused(';"=1+1') == ";\"'=1+1"
    assert defused("a,b; ＝c|@d") == "a,b; '＝c|'@d"


@pytest.mark.parametrize(
    "text", ["", "12", "-3.5", "007", "Öz, Ève", "a=b", "O'Neil-Test", "李 雷"]
)
def test_other_text_and_numbers_stay(text):
    assert defused(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5.0, "5"),
        (0.5, "0.5"),
        (-0.00001, "0"),
        (1 / 3, "0.3333"),
        (1234.5678, "1234.5678"),
        (100, "100"),
    ],
)
def test_numbers_are_written_plainly(value, text):
    assert number(value) == text


TEXT = st.text(
    st.one_of(
        st.sampled_from(RISKY), st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    )
)


@given(TEXT.filter(bool), TEXT)
def test_any_names_survive_quoting_and_run_nowhere(first, second):
    (read,) = csv.reader(io.StringIO(to_csv([[first, second]]), newline=""))
    assert [cell.replace("'", "") for cell in read] == [
        name.replace("'", "") for name in (first, second)
    ]
    for cell in read:
        assert re.fullmatch(r"[+-]?[0-9.]+", cell) or cell.strip()[:1] not in tuple("=+-@＝＋－＠")
        assert cell.count("'") or cell in (first, second)


@given(st.lists(st.lists(st.one_of(TEXT, st.none(), st.integers(-999, 999)), min_size=2)))
def test_what_was_written_is_read_again(table):
    """Texts that are no formulas come back as they were, and numbers are not in quotes."""
    text = to_csv(table)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read == [[_in_a_cell(cell) for cell in row] for row in table]
    bare = re.sub(r'"(?:[^"]|"")*"', "", text)
    assert not set(bare) - set("-0123456789,\r\n")


def _in_a_cell(cell):
    return "" if cell is None else defused(cell) if isinstance(cell, str) else str(cell)


@given(TEXT)
def test_a_reader_that_splits_elsewhere_finds_no_formula_either(text):
    for cell in re.split(r"[;,\t\r\n|]", to_csv([["ada", text]])):
        bare = cell.strip().strip("\"'").strip()
        assert not bare.startswith(("=", "@", "＝", "＠")) or "'" in cell


def test_what_is_no_proper_text_is_written_as_escapes():
    assert to_csv([["a\udcff", 1]]).encode() == b'"a\\udcff",1\r\n'
