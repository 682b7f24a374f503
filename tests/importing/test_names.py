"""Names become safe, stay apart, and never lead out."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.importing.names import path_parts, safe_file_name, safe_student

ANY = st.text(st.one_of(st.sampled_from("./\\:\0 -_é李'"), st.characters()), min_size=1)


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/etc/x", "\\\\server\\x", "C:\\x", "c:x", "..", "a\\..\\..\\x"]
)
def test_what_leads_out_has_no_parts(name):
    assert path_parts(name) is None


def test_what_stays_within_has_its_parts():
    assert path_parts("./a//b c/x..ipynb") == ("a", "b c", "x..ipynb")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("con", "_con"),
        ("NUL.ipynb", "_NUL.ipynb"),
        ("console.py", "console.py"),
        ("..", "_"),
        ("a. ", "a"),
        ('a<b>"c', "a_b__c"),
        ("e\u0301.py", "é.py"),
        ("gpj\u202e.exe", "gpj_.exe"),
        ("実験 1.ipynb", "実験 1.ipynb"),
    ],
)
def test_odd_file_names(name, safe):
    assert safe_file_name(name) == safe


def test_long_names_stay_apart_and_keep_their_suffix():
    one, other = (safe_file_name("実" * 300 + end + ".ipynb") for end in "ab")
    assert one != other
    assert one.endswith(".ipynb")
    assert len(one.encode()) <= 180


@given(ANY)
def test_a_safe_file_name_is_one_part_and_stays_as_it_is(name):
    safe = safe_file_name(name)
    assert PurePosixPath(safe).name == safe
    assert safe not in ("", ".", "..")
    assert len(safe.encode()) <= 180
    assert safe_file_name(safe) == safe


@given(ANY, st.integers(0, 10**12), st.integers(0, 10**12))
def test_two_students_never_share_a_folder(name, one, other):
    first, second = safe_student(name, str(one)), safe_student(name.upper(), str(other))
    assert (first.casefold() == second.casefold()) <= (one == other)
    assert safe_file_name(first) == first
    assert len(first) <= 128
    assert not first.startswith((".", "-"))


def test_students_of_any_script():
    assert safe_student("Testa Çöma", "12") == "Testa_Çöma_12"
    assert safe_student("試験 雷", "12") == "試験_雷_12"
    assert safe_student("../..", "12") == "student_12"
    assert safe_student("x*?[a]", "12") == "x_a_12"
