"""What one student hands in is never taken for another's, whatever it is called."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.importing.doubts import Known
from autograder.importing.layouts import Sender
from autograder.importing.sorting import REFUSED, sort_entries
from tests.importing.zips import make_zip

MARKER = "_assignsubmission_file_"


def sort(names, lms, known=None):
    """The names in each student's submission, by number, and the rows on what was refused."""
    with zipfile.ZipFile(make_zip(io.BytesIO(), [(name, "") for name in names])) as archive:
        found = sort_entries(archive, lms, known or Known())
    submissions = {
        each.sender.number: [item.filename for item, _ in each.files] for each in found.submissions
    }
    return submissions, [row for row in found.rows if row.outcome == REFUSED]


@pytest.mark.parametrize(
    ("lms", "own", "name", "bobs"),
    [
        ("moodle", "Ada_1", f"Ada_1{MARKER}Bob_2{MARKER}x.ipynb", f"Bob_2{MARKER}x.ipynb"),
        ("moodle", "Ada_1", f"Ada_1{MARKER}_2{MARKER}", f"Bob_2{MARKER}/x.ipynb"),
        ("moodle", "Ada_1", f"Ada_1{MARKER}Eve_7{MARKER}_2{MARKER}x", f"Bob_2{MARKER}x.ipynb"),
        ("moodle", "Bob_2", f"Bob_2{MARKER}_1{MARKER}x.ipynb", f"Bob_2{MARKER}x.ipynb"),
        ("moodle", "Eve_2", f"Eve_2{MARKER}_1{MARKER}x.ipynb", f"Bob_2{MARKER}x.ipynb"),
        ("moodle", "Bob_2", f"Bob_2{MARKER}_1{MARKER}/x.ipynb", f"Bob_2{MARKER}/x.ipynb"),
        ("canvas", "ada_1", "ada_1_10_bob_2_20_x.ipynb", "bob_2_20_x.ipynb"),
        ("canvas", "ada_1", "ada_1_10_bob_LATE_2_20_x.ipynb", "bob_LATE_2_20_x.ipynb"),
        ("canvas", "ada_1", "ada_1_10_y_bob_2_text.html", "bob_2_20_x.ipynb"),
        ("canvas", "eve_2", "eve_2_1_30_x.ipynb", "bob_2_20_x.ipynb"),
    ],
)
def test_a_name_that_may_be_two_students_is_given_to_neither(lms, own, name, bobs):
    submissions, (row,) = sort([name, bobs], lms)
    assert submissions == {"2": [bobs]}
    sender, number = own.split("_")
    assert f"{sender} ({number})" in row.why
    assert "put it into place by hand" in row.why
    assert {sender.lower(), "bob"} & set(row.who.lower().split())


def test_both_are_named():
    _, (row,) = sort([f"Ada M_1{MARKER}Bob_2{MARKER}x", f"Bob H_2{MARKER}x"], "moodle")
    assert row.who == "Ada M or Bob H"
    assert "Ada M (1) or from Bob H (2)" in row.why


@pytest.mark.parametrize(
    ("lms", "names"),
    [
        ("moodle", [f"Ada_1{MARKER}Ada_1{MARKER}x.ipynb", f"Ada_1{MARKER}y.csv"]),
        ("moodle", [f"Ada_1{MARKER}notes_9{MARKER}x.ipynb"]),
        ("moodle", [f"Ada_1{MARKER}/Bob_2{MARKER}/x.ipynb", f"Ada_1{MARKER}/y.ipynb"]),
        ("canvas", ["ada_1_10_2026_05_01_x.ipynb", "ada_1_11_2_3_x.csv", "ada_1_12_LATE_2_3_x"]),
        ("canvas", ["ada_1_10_1_intro.ipynb", "ada_1_11_text.html"]),
        ("canvas", ["adabob2_LATE_1_10_x.ipynb", "adabob2_LATE_1_11_y-2.ipynb"]),
    ],
)
def test_the_first_place_counts_where_nobody_else_is_meant(lms, names):
    others = {"moodle": f"Bob_2{MARKER}/x.ipynb", "canvas": "bob_2_20_x.ipynb"}
    submissions, refused = sort([*names, others[lms]], lms)
    assert submissions == {"1": names, "2": [others[lms]]}
    assert not refused


def test_an_earlier_download_and_the_gradebook_tell_of_others_too():
    name = f"Ada_1{MARKER}Bob_2{MARKER}x.ipynb"
    assert sort([name], "moodle")[0] == {"1": [name]}
    assert sort([name], "moodle", Known([Sender("2", "Bob")]))[0] == {}
    name = "bob_5_123_456_x.ipynb"  # by bob, or by a student who took the name bob_5
    assert sort([name], "canvas")[0] == {"5": [name]}
    assert sort([name], "canvas", Known(by_number={"123": "eve"}))[0] == {}
    assert sort(["x_5_123_456_x"], "canvas", Known([Sender("5", "bob")]))[0] == {}


def test_one_number_with_two_names_is_given_to_whom_it_is_known_of():
    names = ["ada_1_10_x.ipynb", "eve_1_11_x.ipynb"]
    submissions, refused = sort(names, "canvas")
    assert (submissions, len(refused)) == ({}, 2)
    assert "eve (1) or from ada (1)" in refused[1].why
    submissions, refused = sort(names, "canvas", Known([Sender("1", "ada")]))
    assert (submissions, len(refused)) == ({"1": [names[0]]}, 1)


def test_what_moodle_adds_is_no_submission():
    names = [f"Ada_1_assignsubmission_mahara_/Bob_2{MARKER}/x", "Ada_1_assignfeedback_file_x.pdf"]
    assert sort([*names, f"Ada_1{MARKER}"], "moodle") == ({}, [])


NUMBERS = ("1", "2", "31")
PIECES = st.sampled_from(
    [
        *("_", "_1_", "_2_", "_31_", "_7_8_", "10", "-2", ".ipynb", "text.html", "LATE_"),
        *(f"_2{MARKER}", f"_31{MARKER}", MARKER, "anon_a1B2c", "Ada", "bob", "é", " "),
    ]
)
ANY_NAME = st.lists(PIECES, max_size=8).map("".join)
PLAIN = st.sampled_from(["Ada", "bob", "Bob Honest", "Ève 2", "31", "LATE", "anon", ""])


def _assert_own(names, lms, known=None):
    submissions, _ = sort([*names], lms, known)
    for number, files in submissions.items():
        assert all(names[file] in (number, None) for file in files if number in names.values())


@given(st.tuples(*[PLAIN] * 3), st.lists(st.tuples(st.integers(0, 2), ANY_NAME), max_size=6))
def test_no_file_name_makes_it_another_students(students, uploads):
    moodle, canvas = {}, {}
    for place, (who, file) in enumerate(uploads):
        name, number = students[who], NUMBERS[who]
        moodle[f"{name}_{number}{MARKER}{file}{place}"] = number
        moodle[f"{name}_{number}{MARKER}/{file}/{file}{place}"] = number
        canvas[f"{name.lower().replace(' ', '')}_{number}_{100 + place}_{file}{place}"] = number
    _assert_own(moodle, "moodle")
    _assert_own(canvas, "canvas")


@given(ANY_NAME, st.tuples(PLAIN, PLAIN), ANY_NAME, st.sampled_from(["", "/"]))
def test_no_name_of_a_student_does_either(name, others, file, folder):
    """Moodle makes underscores in names to blanks; and who has handed in would be safe without."""
    moodle = {f"{name}_1{MARKER}{folder}{file}.ipynb": "1"}
    for other, number in zip(others, NUMBERS[1:], strict=True):
        moodle[f"{other}_{number}{MARKER}{folder}x.ipynb"] = number
    _assert_own(moodle, "moodle")


@given(
    st.one_of(
        st.sampled_from(["bob_2", "x_2", "bob_2_7_y", "_31", "ève_31_1_2"]),
        ANY_NAME.filter(lambda name: "LATE" not in name),
    ),
    ANY_NAME,
)
def test_nor_in_canvas_where_the_gradebook_knows_the_numbers(name, file):
    canvas = {f"{name}_1_10_{file}.ipynb": "1", "bob_2_20_x.ipynb": "2", "ève_31_21_x": "31"}
    _assert_own(canvas, "canvas", Known(by_number={number: f"id{number}" for number in NUMBERS}))
