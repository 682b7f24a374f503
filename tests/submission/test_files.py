"""Which files lie beside a submission while it runs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.submission import files, walking
from autograder.submission.files import assignment_files, own_files, without_clashes
from autograder.submission.walking import MAX_DEPTH


def write(folder, **contents: bytes) -> None:
    for name, content in contents.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_plain_files_are_taken_with_their_folders(tmp_path):
    write(tmp_path, data__values_dot_csv=b"1,2", helper_dot_py=b"x = 1")
    assert own_files(tmp_path) == ({"data/values.csv": b"1,2", "helper.py": b"x = 1"}, ())


def test_other_notebooks_lie_beside_the_graded_one(tmp_path):
    write(tmp_path, a_dot_ipynb=b"{}", b_dot_ipynb=b"[]", sub__a_dot_ipynb=b"1")
    found, notes = own_files(tmp_path, graded={"a.ipynb"})
    assert found == {"b.ipynb": b"[]", "sub/a.ipynb": b"1"}
    assert notes == ()


def test_notebooks_have_what_room_other_files_leave(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_OWN_BYTES", 10)
    write(tmp_path, a_dot_ipynb=b"1234", b_dot_csv=b"12345678", graded_dot_ipynb=b"1" * 20)
    found, notes = own_files(tmp_path, graded={"graded.ipynb"})
    assert set(found) == {"b.csv"}
    assert len(notes) == 1
    assert "'a.ipynb'" in notes[0]


def test_archives_and_hidden_files_are_not(tmp_path):
    write(tmp_path, b_dot_ZIP=b"", _dot_hidden=b"", __pycache____x_dot_pyc=b"")
    write(tmp_path, _dot_ipynb_checkpoints__x_dot_py=b"")
    assert own_files(tmp_path) == ({}, ())


def test_links_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    write(secret, gradebook_dot_db=b"marks")
    handed_in = tmp_path / "handed in"
    handed_in.mkdir()
    (handed_in / "file").symlink_to(secret / "gradebook.db")
    (handed_in / "folder").symlink_to(secret)
    (handed_in / "dangling").symlink_to("nowhere")
    assert own_files(handed_in) == ({}, ())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_passed_over(tmp_path):
    """To read a named pipe would wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    assert own_files(tmp_path) == ({}, ())


def test_what_is_too_large_is_left_out_and_named(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_OWN_BYTES", 10)
    write(tmp_path, a=b"12345", b=b"123456", c=b"12345")
    found, notes = own_files(tmp_path)
    assert found == {"a": b"12345", "c": b"12345"}
    assert notes == ("Files were left out, being too many or too large: 'b'.",)


def test_what_is_too_many_is_left_out_and_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_OWN_FILES", 3)
    write(tmp_path, **dict.fromkeys("abcdefghij", b""))
    found, notes = own_files(tmp_path)
    assert list(found) == ["a", "b", "c"]
    assert notes == (
        "Files were left out, being too many or too large: 'd', 'e', 'f', 'g', 'h' and 2 more.",
    )


def test_what_the_course_ignores_is_left_out_and_named(tmp_path):
    write(tmp_path, draw_dot_py=b"", unwanted__a_dot_py=b"", wanted__b_dot_py=b"x")
    found, notes = own_files(tmp_path, ["draw.py", "unw*"])
    assert found == {"wanted/b.py": b"x"}
    assert notes == (
        "Files were left out, because the course's configuration ignores such names: 'draw.py', "
        "'unwanted/a.py'.",
    )


def test_what_cannot_be_read_is_left_out_and_named(tmp_path, monkeypatch):
    """A notebook may lie among files that are none of its student's."""
    write(tmp_path, a=b"x", b=b"y")
    real = Path.read_bytes

    def read(path):
        if path.name == "b":
            raise PermissionError
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    found, notes = own_files(tmp_path)
    assert found == {"a": b"x"}
    assert notes == ("Files were left out, because they cannot be read: 'b'.",)


def test_of_more_than_anybody_hands_in_the_nearest_are_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_PATHS", 4)
    monkeypatch.setattr(walking, "MAX_PATHS", 4)
    write(tmp_path, a__b__c=b"", x=b"1", y=b"2", z=b"3")
    found, notes = own_files(tmp_path)
    assert found == {"x": b"1", "y": b"2", "z": b"3"}
    assert notes == (
        "There are more than 4 files and folders beside the notebook; those that are nested most "
        "were left out.",
    )


def test_a_name_that_is_no_text_is_left_out(tmp_path):
    """It cannot be written again where names are UTF-8."""
    try:
        (tmp_path / os.fsdecode(b"\xff")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system has only names in UTF-8")
    found, notes = own_files(tmp_path)
    assert found == {}
    assert notes == ("Files were left out, being too many or too large: '\\udcff'.",)


def test_of_an_assignments_files_the_ignored_are_left_out_at_any_depth(tmp_path):
    write(tmp_path, figures__draw_dot_py=b"", figures__a_dot_svg=b"x", draw_dot_py=b"")
    write(tmp_path, feedback__page_dot_html=b"", checks__core_dot_pyc=b"", checks__core_dot_py=b"y")
    ignored = ["draw.py", "feedback", "*.pyc"]
    assert assignment_files(tmp_path, ignored) == {"figures/a.svg": b"x", "checks/core.py": b"y"}


def test_what_clashes_with_the_assignments_own_files_is_left_out():
    taken = ["figures/layers.svg", "checks/core.py", "own.ipynb"]
    own = {"checks": b"", "figures/layers.svg/x": b"", "own.ipynb/y": b"", "checks/more.py": b"z"}
    kept, notes = without_clashes({**own, "figures/layers.svg": b"same"}, taken)
    assert kept == {"checks/more.py": b"z", "figures/layers.svg": b"same"}
    assert notes == (
        "Files were left out, because the assignment's own files are where they would be: "
        "'checks', 'figures/layers.svg/x', 'own.ipynb/y'.",
    )


def test_folders_are_looked_into_as_deep_as_anybody_nests(tmp_path):
    folder = tmp_path.joinpath(*["a"] * MAX_DEPTH)
    folder.mkdir(parents=True)
    (folder / "too_deep.txt").write_bytes(b"x")
    (folder.parent / "deep.txt").write_bytes(b"y")
    assert set(own_files(tmp_path)[0].values()) == {b"y"}
