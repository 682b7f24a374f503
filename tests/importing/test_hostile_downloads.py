"""Downloads that are hostile or damaged: what is so stays out, and the rest does not."""

from __future__ import annotations

import stat
import zipfile
from types import SimpleNamespace

import pytest

from autograder.errors import CourseError
from autograder.importing.archive import Limits
from autograder.importing.sorting import sort_entries
from tests.grading.classes import class_of
from tests.importing.downloads import (
    NOTEBOOK,
    bring_in,
    folder,
    inside,
    students,
)
from tests.importing.zips import entry, make_zip, set_flag


@pytest.fixture
def course(tmp_path):
    return class_of(tmp_path / "course", {})


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (f"../../b_2_9_{NOTEBOOK}", "leads out"),
        (f"/tmp/b_2_9_{NOTEBOOK}", "leads out"),
        (f"b_2_9_x\\..\\..\\{NOTEBOOK}", "leads out"),
        (entry(f"b_2_9_{NOTEBOOK}", mode=stat.S_IFLNK | 0o777), "a link or a device"),
    ],
)
def test_hostile_entries_are_refused_and_the_rest_imported(course, name, why):
    told = bring_in(course, [(name, "/etc/passwd"), (f"a_1_9_{NOTEBOOK}", "a")])
    assert told[0][0] == "refused"
    assert why in told[0][2]
    assert told[1][0] == "imported"
    assert students(course) == ["a_1"]
    outside = list(course.root.parent.rglob("b_2*"))
    assert outside == []


@pytest.mark.parametrize("name", ["", "/", "\\", "//"])
def test_an_entry_without_a_name_is_passed_over(name):
    """Python's zipfile reads such a name, and does not bear to be asked about it."""
    archive = SimpleNamespace(infolist=lambda: [zipfile.ZipInfo(name)])
    found = sort_entries(archive, "canvas")
    assert (found.rows, found.submissions) == ([], [])


def test_encrypted_and_damaged_entries_are_refused(course):
    files = [(f"b_2_9_{NOTEBOOK}", "b"), (f"a_1_9_{NOTEBOOK}", "a")]
    path = set_flag(make_zip(course.root / "locked.zip", files), 1)
    told = bring_in(course, path)
    assert told[0][0] == "refused"
    assert "encrypted" in told[0][2]
    path = make_zip(course.root / "bad.zip", [(f"b_2_9_{NOTEBOOK}", "b" * 50), ("c_3_9_x", "c")])
    data = path.read_bytes()
    place = data.index(NOTEBOOK.encode()) + len(NOTEBOOK)
    path.write_bytes(data[:place] + b"\xff\xff" + data[place + 2 :])
    told = bring_in(course, path)
    assert told[0][:2] == ("refused", "b_2")
    assert "damaged" in told[0][2]
    assert students(course) == ["a_1", "c_3"]


def test_a_download_that_lost_its_first_byte_is_refused_entry_by_entry(course):
    """The system refuses to look where the first entry would begin; the import ended there."""
    path = make_zip(course.root / "cut.zip", [(f"b_2_9_{NOTEBOOK}", "b")])
    path.write_bytes(path.read_bytes()[1:])
    ((outcome, _, why),) = bring_in(course, path)
    assert outcome == "refused"
    assert "damaged" in why


def test_a_part_that_is_refused_does_not_replace_what_is_whole(course):
    name = f"a_1_9_{NOTEBOOK}"
    bring_in(course, [(name, "whole")])
    newer = [entry(n, saved=(2026, 4, 1, 0, 0, 0)) for n in (name, "a_1_9_data.csv")]
    path = make_zip(course.root / "b.zip", [(newer[0], "x"), (newer[1], "1")])
    told = bring_in(course, set_flag(path, 1))
    assert [outcome for outcome, _, _ in told] == ["refused", "skipped"]
    assert inside(course, "a_1")[NOTEBOOK] == b"whole"


def test_bombs_are_refused_by_what_they_unpack_to(course):
    tight = Limits(bytes_each=3_000, bytes_in_all=5_000, ratio=10, ratio_from=1_000, files_each=2)
    noise = bytes(range(256)) * 8
    told = bring_in(
        course,
        [
            (f"bomb_1_9_{NOTEBOOK}", b"0" * 2_900),
            ("large_2_9_x.bin", stored(noise * 2)),
            ("many_3_9_a.txt", "a"),
            ("many_3_9_b.txt", "b"),
            ("many_3_9_c.txt", "c"),
            ("good_4_9_x.bin", stored(noise)),
            ("good_5_9_x.bin", stored(noise)),
            ("last_6_9_x.bin", stored(noise)),
        ],
        limits=tight,
    )
    refused = {who: why for outcome, who, why in told if outcome == "refused"}
    assert set(refused) == {"bomb_1", "large_2", "many_3", "last_6"}
    assert "zip bombs" in refused["bomb_1"]
    assert "too large" in refused["large_2"]
    assert "too large" in refused["last_6"]
    assert "more than 2 files" in refused["many_3"]
    assert students(course) == ["good_4", "good_5", "many_3"]


def stored(content):
    """Content that does not compress, so that only its size is suspicious."""
    import random

    return random.Random(0).randbytes(len(content))


def test_a_size_that_the_zip_lies_about_is_counted(course):
    path = make_zip(course.root / "liar.zip", [(f"a_1_9_{NOTEBOOK}", b"0" * 50_000)])
    data = path.read_bytes().replace((50_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(data)
    told = bring_in(course, path, limits=Limits(bytes_each=20_000))
    assert told[0][0] == "refused"
    assert not folder(course, "a_1").exists()


def test_too_many_entries_and_no_zips_are_explained(course):
    with pytest.raises(CourseError, match="3 entries"):
        bring_in(course, [(f"a_{n}_9_x", "") for n in range(3)], limits=Limits(entries=2))
    path = course.root / "no.zip"
    path.write_text("nothing of the kind")
    with pytest.raises(CourseError, match="not a zip"):
        bring_in(course, path)
    with pytest.raises(CourseError, match="right --from"):
        bring_in(course, [(f"a_1_9_{NOTEBOOK}", "a")], "moodle")
