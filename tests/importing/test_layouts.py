"""Who handed what in, by the names that each LMS documents or its source gives."""

from __future__ import annotations

import pytest

from autograder.importing.layouts import canvas, earlier_attempts, moodle


@pytest.mark.parametrize(
    ("name", "sender", "path", "late", "attempt"),
    [
        ("probetesta_123_456_lab.ipynb", ("123", "probetesta"), "lab.ipynb", False, (0, 456)),
        ("probetesta_LATE_123_456_lab-2.ipynb", ("123", "probetesta"), "lab.ipynb", True, (2, 456)),
        ("試験雷_1_2_実験_3_4_.ipynb", ("1", "試験雷"), "実験_3_4_.ipynb", False, (0, 2)),
        ("latedoe_1_2_LATE_5_6_x.ipynb", ("1", "latedoe"), "LATE_5_6_x.ipynb", False, (0, 2)),
        ("anon_a1B2c_456_lab.ipynb", ("anon_a1B2c", ""), "lab.ipynb", False, (0, 456)),
        ("LATE_anon_a1B2c_456_lab.ipynb", ("anon_a1B2c", ""), "lab.ipynb", True, (0, 456)),
        ("probe_1_2_data-1.csv", ("1", "probe"), "data-1.csv", False, (0, 2)),
        ("again/probe_1_2_my.zip", ("1", "probe"), "my.zip", False, (0, 2)),
    ],
)
def test_canvas_names(name, sender, path, late, attempt):
    handed = canvas(tuple(name.split("/")))
    assert (handed.sender.number, handed.sender.name) == sender
    assert ("/".join(handed.path), handed.late, handed.attempt) == (path, late, attempt)


def test_canvas_texts_are_skipped_and_other_names_unknown():
    assert "typed into Canvas" in canvas(("probe_12_text.html",)).skip
    assert "typed into Canvas" in canvas(("probe_LATE_12_link.html",)).skip
    assert canvas(("readme.txt",)) is None
    assert canvas(("probe_12_readme.txt",)) is None


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Probe Testa_12_assignsubmission_file_/lab.ipynb", "lab.ipynb"),
        ("Probe Testa_12_assignsubmission_file/src/lab.ipynb", "src/lab.ipynb"),
        ("Probe Testa_12_assignsubmission_file_lab_1.ipynb", "lab_1.ipynb"),
        ("all/Probe Testa_12_assignsubmission_file_/a b/c.csv", "a b/c.csv"),
    ],
)
def test_moodle_names(name, path):
    handed = moodle(tuple(name.split("/")))
    assert (handed.sender.number, handed.sender.name) == ("12", "Probe Testa")
    assert ("/".join(handed.path), handed.late) == (path, None)


def test_moodle_texts_are_skipped_and_other_names_unknown():
    online = moodle(("Probe_12_assignsubmission_onlinetext_", "onlinetext.html"))
    assert "typed into Moodle" in online.skip
    assert moodle(("Probe", "lab.ipynb")) is None


def test_the_latest_attempt_of_each_student_stays():
    names = [
        "probe_1_30_lab-10.ipynb",
        "probe_1_10_lab.ipynb",
        "probe_1_20_lab-9.ipynb",
        "testa_2_10_lab.ipynb",
        "probe_1_40_other.ipynb",
        "probe_1_5_d-1.csv",
        "probe_1_6_d-2.csv",
    ]
    replaced = earlier_attempts([canvas((name,)) for name in names])
    assert replaced == {1, 2}


def test_of_two_alike_one_stays():
    handed = canvas(("probe_1_10_lab.ipynb",))
    assert earlier_attempts([handed, handed]) == {0}
