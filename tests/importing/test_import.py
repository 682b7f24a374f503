"""Downloads go in, submissions come out."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.errors import CourseError
from autograder.importing import placing
from autograder.importing.identities import read_identities
from autograder.nbgrader.configuration import course_directory
from tests.cli.test_commands import run
from tests.export.test_export import exported, rows
from tests.grading.classes import class_of, database, grade
from tests.importing.downloads import (
    MOODLE,
    NOTEBOOK,
    bring_in,
    due,
    inside,
    students,
    submitted,
    when,
)
from tests.importing.zips import MADE, entry, make_zip
from tests.submissions import ASSIGNMENT, solved, untouched


@pytest.fixture
def course(tmp_path):
    return class_of(tmp_path / "course", {})


def test_canvas_download(course):
    told = bring_in(
        course,
        [
            (f"testaprobe_11_100_{NOTEBOOK}", "first"),
            (f"testaprobe_11_120_{ASSIGNMENT}-1.ipynb", "second"),
            ("testaprobe_11_121_data.csv", "1,2"),
            (f"試験雷_LATE_12_103_{NOTEBOOK}", "late"),
            ("typed_13_text.html", "<p>"),
            ("__MACOSX/._x", "clutter"),
            ("readme.txt", "?"),
        ],
    )
    assert students(course) == ["testaprobe_11", "試験雷_12"]
    own = inside(course, "testaprobe_11")
    assert own[NOTEBOOK] == b"second"
    assert own["data.csv"] == b"1,2"
    assert set(own) == {NOTEBOOK, "data.csv", "timestamp.txt"}
    assert inside(course, "試験雷_12")[NOTEBOOK] == b"late"
    skipped = {who: why for outcome, who, why in told if outcome == "skipped"}
    assert skipped["testaprobe"] == "an earlier attempt"
    assert "typed into Canvas" in skipped["typed"]
    assert "not named as Canvas" in skipped[""]
    assert sum(outcome == "imported" for outcome, _, _ in told) == 2


def test_moodle_download_with_folders_and_without(course):
    bring_in(
        course,
        [
            (f"Testa Probe_31{MOODLE}/sub folder/{NOTEBOOK}", "a"),
            (f"Testa Probe_32{MOODLE}/{NOTEBOOK}", "another of that name"),
            (f"Ève O'Test_33{MOODLE}{NOTEBOOK}", "c"),
        ],
        "moodle",
    )
    assert students(course) == ["Testa_Probe_31", "Testa_Probe_32", "Ève_O_Test_33"]
    assert inside(course, "Testa_Probe_31")[f"sub folder/{NOTEBOOK}"] == b"a"
    assert inside(course, "Testa_Probe_32")[NOTEBOOK] == b"another of that name"


def test_the_time_is_the_entrys_in_utc(course):
    bring_in(course, [(f"Testa_31{MOODLE}/{NOTEBOOK}", "a")], "moodle")
    assert when(course, "Testa_31") == datetime(*MADE)


def test_an_exact_time_in_the_zip_is_preferred(course):
    item = entry(f"Testa_31{MOODLE}/{NOTEBOOK}")
    item.extra = b"UT\x05\x00\x01" + (1772000000).to_bytes(4, "little")
    bring_in(course, [(item, "a")], "moodle")
    assert when(course, "Testa_31") == datetime(2026, 2, 25, 6, 13, 20)


def test_canvas_knows_who_is_late_and_its_zip_does_not_know_when(course):
    """The zip was made after the due date; who was on time must not pay for that."""
    due(course, 2026, 3, 1)
    told = bring_in(course, [(f"a_1_9_{NOTEBOOK}", "a"), (f"b_LATE_2_9_{NOTEBOOK}", "b")])
    assert when(course, "a_1") == datetime(2026, 3, 1)
    assert when(course, "b_2") == datetime(*MADE)
    assert "on time" in told[0][2]
    due(course, 2026, 3, 30)
    bring_in(course, [(f"c_LATE_3_9_{NOTEBOOK}", "c")])
    assert when(course, "c_3") == datetime(2026, 3, 30, 0, 0, 1)


def test_a_students_own_timestamp_does_not_count(course):
    told = bring_in(
        course,
        [(f"T_31{MOODLE}/{NOTEBOOK}", "a"), (f"T_31{MOODLE}/TimeStamp.txt", "1999-01-01")],
        "moodle",
    )
    assert when(course, "T_31") == datetime(*MADE)
    assert set(inside(course, "T_31")) == {NOTEBOOK, "timestamp.txt"}
    assert told[0][0] == "skipped"


@pytest.mark.parametrize("own", ["timestamp.txt/x.py", "TIMESTAMP.TXT. ", "timestamp.txt"])
def test_no_file_or_folder_takes_its_place_nor_stops_the_others(course, own):
    """A folder of that name would be in the way of the grader's file."""
    names = [f"T_31{MOODLE}/{own}", f"T_31{MOODLE}/{NOTEBOOK}", f"U_32{MOODLE}/{NOTEBOOK}"]
    told = bring_in(course, [(name, "a") for name in names], "moodle")
    assert [outcome for outcome, _, _ in told] == ["skipped", "imported", "imported"]
    assert when(course, "T_31") == datetime(*MADE)
    assert set(inside(course, "T_31")) == {NOTEBOOK, "timestamp.txt"}


def test_a_file_called_like_anothers_changes_nothing_of_his(course):
    bobs = f"Bob Honest_2{MOODLE}{NOTEBOOK}"
    bring_in(course, [(bobs, "bob's")], "moodle")
    newer = entry(f"Ada Mallory_1{MOODLE}{bobs}", saved=(2026, 4, 1, 0, 0, 0))
    told = bring_in(course, [(newer, "ada's"), (bobs, "bob's"), (f"Z_3{MOODLE}x", "z")], "moodle")
    assert [outcome for outcome, _, _ in told] == ["refused", "skipped", "imported"]
    assert told[0][1] == "Ada Mallory or Bob Honest"
    assert "Ada Mallory (1) or from Bob Honest (2)" in told[0][2]
    assert students(course) == ["Bob_Honest_2", "Z_3"]
    assert inside(course, "Bob_Honest_2")[NOTEBOOK] == b"bob's"


def test_a_new_student_is_not_given_the_id_of_one_whom_the_gradebook_describes(course):
    with Gradebook(database(course)) as gradebook:
        gradebook.add_student("li_12", first_name="Somebody", last_name="Else")
        gradebook.db.commit()
    bring_in(course, [(f"li_12_9_{NOTEBOOK}", "a")])
    assert students(course) == ["li_12_"]


def test_only_a_newer_download_replaces_and_the_old_one_is_kept(course):
    name = f"a_1_9_{NOTEBOOK}"
    bring_in(course, [(name, "first")])
    assert bring_in(course, [(name, "first")])[0][::2] == ("skipped", "it is there already")
    older = entry(name, saved=(2026, 3, 1, 0, 0, 0))
    assert bring_in(course, [(older, "older")])[0][0] == "skipped"
    assert inside(course, "a_1")[NOTEBOOK] == b"first"
    newer = entry(name, saved=(2026, 3, 3, 0, 0, 0))
    assert bring_in(course, [(newer, "newer")])[0][0] == "imported"
    assert inside(course, "a_1")[NOTEBOOK] == b"newer"
    assert bring_in(course, [(older, "older")], force=True)[0][0] == "imported"
    assert inside(course, "a_1")[NOTEBOOK] == b"older"
    kept = sorted(path.read_text() for path in submitted(course).glob(f".replaced/**/{NOTEBOOK}"))
    assert kept == ["first", "newer"]
    assert students(course) == ["a_1"]


def test_a_failed_move_leaves_what_was_there(course, monkeypatch):
    name = f"a_1_9_{NOTEBOOK}"
    bring_in(course, [(name, "first")])
    rename = placing.Path.rename

    def fails(self, target):
        if self.name == "submission":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(placing.Path, "rename", fails)
    with pytest.raises(OSError, match="No space"):
        bring_in(course, [(name, "second")], force=True)
    assert inside(course, "a_1")[NOTEBOOK] == b"first"


def test_names_that_are_one_on_other_systems_do_not_overwrite_each_other(course):
    parts = ["é.csv", "e\u0301.csv", "É.CSV", "con.csv", "a/x.csv", "A/x.csv", "x" * 300 + ".csv"]
    bring_in(course, [(f"T_31{MOODLE}/{part}", part) for part in parts], "moodle")
    own = inside(course, "T_31")
    del own["timestamp.txt"]
    assert sorted(own.values()) == sorted(part.encode() for part in parts)
    assert len({name.casefold() for name in own}) == len(parts)
    assert own["_con.csv"] == b"con.csv"


def test_names_in_utf8_without_saying_so(course):
    path = make_zip(course.root / "x.zip", [(f"試験_31{MOODLE}/{NOTEBOOK}", "a")])
    data = path.read_bytes()
    for mark, place in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        at = data.index(mark) + place
        data = data[:at] + bytes([data[at] & ~0x08]) + data[at + 1 :]
    path.write_bytes(data)
    bring_in(course, path, "moodle")
    assert students(course) == ["試験_31"]


def test_students_whom_the_gradebook_knows_keep_their_ids(course):
    with Gradebook(database(course)) as gradebook:
        gradebook.add_student("testa", lms_user_id="11")
        gradebook.add_student("probe", first_name="Probe", last_name="ÈVE")
        gradebook.add_student("../evil", lms_user_id="12")
        gradebook.db.commit()
    bring_in(course, [(f"xy_11_9_{NOTEBOOK}", "a"), (f"evil_12_9_{NOTEBOOK}", "b")])
    bring_in(course, [(f"probe  e\u0300ve_7{MOODLE}/{NOTEBOOK}", "c")], "moodle")
    assert students(course) == ["evil_12", "probe", "testa"]


def test_two_of_one_name_are_never_taken_for_the_gradebooks_one(course):
    with Gradebook(database(course)) as gradebook:
        gradebook.add_student("probe", first_name="Probe", last_name="Test")
        gradebook.db.commit()
    bring_in(course, [(f"Probe Test_7{MOODLE}/{NOTEBOOK}", "a")], "moodle")
    bring_in(course, [(f"Probe Test_8{MOODLE}/{NOTEBOOK}", "b")], "moodle")
    assert students(course) == ["Probe_Test_8", "probe"]
    assert inside(course, "probe")[NOTEBOOK] == b"a"


def test_who_is_who_is_remembered(course):
    bring_in(course, [(f"before_11_9_{NOTEBOOK}", "a")])
    newer = entry(f"renamed_11_10_{NOTEBOOK}", saved=(2026, 4, 1, 0, 0, 0))
    bring_in(course, [(newer, "b")])
    assert students(course) == ["before_11"]
    assert read_identities(course_directory(course), ASSIGNMENT)["before_11"].number == "11"
    (submitted(course) / ".lms" / f"{ASSIGNMENT}.json").write_text("{")
    with pytest.raises(CourseError, match="who is who"):
        bring_in(course, [(newer, "b")])


def test_from_download_to_grades(course):
    """Import, grade with zips inside a zip, and export for the same LMS."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(f"my work/{NOTEBOOK}", nbformat.writes(solved()))
    bring_in(
        course,
        [
            ("testa_11_100_work.zip", inner.getvalue()),
            (f"probe_12_101_{ASSIGNMENT}-3.ipynb", nbformat.writes(untouched())),
        ],
    )
    outcomes = grade(course)
    assert {name: each.score for name, each in outcomes.items()} == {"testa_11": 100, "probe_12": 0}
    found = {row["ID"]: row[ASSIGNMENT] for row in rows(exported(course, "canvas"))[1:]}
    assert found == {"11": "100", "12": "0"}


def test_the_command_tells_and_fails_if_anything_was_refused(course):
    make_zip(course.root / "a.zip", [(f"a_1_9_{NOTEBOOK}", "a")])
    words = ("--from", "canvas", "--assignment", ASSIGNMENT)
    done = run("import", "a.zip", *words, cwd=course.root)
    assert "imported" in done.stdout
    assert "a_1" in done.stdout
    make_zip(course.root / "b.zip", [("../\x1b[2Jb_2_9_x", "b"), ("c_3_9_x.ipynb", "c")])
    done = run("import", "b.zip", *words, cwd=course.root, check=False)
    assert done.returncode == 1
    assert "refused" in done.stdout
    assert "\x1b[2J" not in done.stdout
    assert students(course) == ["a_1", "c_3"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere.zip", "--from", "canvas", "--assignment", ASSIGNMENT], "does not exist"),
        (["nbgrader_config.py", "--from", "canvas", "--assignment", ASSIGNMENT], "not a zip"),
        (["nbgrader_config.py", "--from", "canvas", "--assignment", "x"], "no assignment 'x'"),
        (["nbgrader_config.py", "--from", "blackboard", "--assignment", "x"], "canvas"),
    ],
)
def test_bad_input_is_explained(course, words, told):
    done = run("import", *words, cwd=course.root, check=False)
    assert done.returncode not in (0, 70)
    assert told in " ".join(done.stderr.replace("│", " ").split())


def test_two_of_one_name_in_one_download_get_ids_of_their_own(course):
    with Gradebook(database(course)) as gradebook:
        gradebook.add_student("probe", first_name="Probe", last_name="Test")
        gradebook.db.commit()
    both = [(f"Probe Test_{number}{MOODLE}/{NOTEBOOK}", "a") for number in (7, 8)]
    bring_in(course, both, "moodle")
    assert students(course) == ["Probe_Test_7", "Probe_Test_8"]
