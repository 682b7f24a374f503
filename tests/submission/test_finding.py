"""The one notebook that counts is found by its name, else by what it answers, else by its time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.submission import finding
from autograder.submission.finding import CLEARLY_LATER_SECONDS, Found, find_notebook
from tests.submission.handed_in import DAY, NOON, answer, lay, other_notebook, snapshot, zipped
from tests.submission.samples import ASSIGNMENT, OWN_NAME, release_bytes

NONE = Found(None, "No notebook was handed in.")


def find(folder: Path) -> Found:
    return find_notebook(folder, ASSIGNMENT)


def name_found(folder: Path) -> str | None:
    found = find(folder)
    return found.notebook.name if found.notebook else None


def test_the_own_name_needs_no_note(tmp_path: Path) -> None:
    found = find(lay(tmp_path, {OWN_NAME: release_bytes()}))
    assert found.notebook is not None
    assert (found.notebook.name, found.notebook.content) == (OWN_NAME, release_bytes())
    assert found.notebook.saved == NOON
    assert (found.reason, found.notes) == ("", ())


def test_the_own_name_wins_over_later_notebooks(tmp_path: Path) -> None:
    lay(tmp_path, {OWN_NAME: answer("old")})
    later = {"sub/new.ipynb": answer("new"), f"sub/{OWN_NAME}": answer("newer")}
    lay(tmp_path, later, saved_at=NOON + DAY)
    found = find(tmp_path)
    assert found.notebook is not None
    assert found.notebook.content == answer("old")
    assert len(found.notes) == 1
    assert all(name in found.notes[0] for name in later)


@pytest.mark.parametrize(
    "name",
    [
        "homework.ipynb",
        "Homework 1 (final) .ipynb",
        "Übung – été.ipynb",
        "卷积.ipynb",
        f"{ASSIGNMENT.name}-Copy1.ipynb",
        f"{ASSIGNMENT.name}.IPYNB",
        "my hand-in/week 3/homework.ipynb",
    ],
)
def test_a_renamed_notebook_is_found_and_noted(tmp_path: Path, name: str) -> None:
    found = find(lay(tmp_path, {name: answer()}))
    assert found.notebook is not None
    assert (found.notebook.name, found.notebook.content) == (name, answer())
    assert len(found.notes) == 1
    assert name in found.notes[0]


def test_an_unreadable_notebook_is_still_the_one(tmp_path: Path) -> None:
    assert name_found(lay(tmp_path, {"broken.ipynb": b'{"cells": ['})) == "broken.ipynb"


def test_a_notebook_that_answers_wins_over_another_subject(tmp_path: Path) -> None:
    lay(tmp_path, {"a.ipynb": answer()})
    lay(tmp_path, {"statistics.ipynb": other_notebook()}, saved_at=NOON + DAY)
    assert name_found(tmp_path) == "a.ipynb"


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"report.pdf": b"%PDF", "notes.txt": b""},
        {".ipynb_checkpoints/a-checkpoint.ipynb": answer()},
        {"__MACOSX/a.ipynb": answer(), "._a.ipynb": answer()},
        {"sub/.hidden/a.ipynb": answer(), "sub/__MACOSX/deep/a.ipynb": answer()},
    ],
    ids=["nothing", "other-files", "checkpoints", "macosx", "deep"],
)
def test_without_a_notebook_there_is_a_reason(tmp_path: Path, files: dict[str, bytes]) -> None:
    assert find(lay(tmp_path, files)) == NONE


def test_copies_that_an_editor_makes_do_not_count(tmp_path: Path) -> None:
    lay(tmp_path, {"mine.ipynb": answer("mine")})
    editor = {".ipynb_checkpoints/mine-checkpoint.ipynb": answer("older")}
    lay(tmp_path, editor, saved_at=NOON + DAY)
    assert name_found(tmp_path) == "mine.ipynb"


@pytest.mark.parametrize("distance", [CLEARLY_LATER_SECONDS, DAY])
def test_of_two_attempts_the_clearly_later_counts(tmp_path: Path, distance: float) -> None:
    lay(tmp_path, {"attempt b.ipynb": answer("first")})
    lay(tmp_path, {"attempt a.ipynb": answer("second")}, saved_at=NOON + distance)
    found = find(tmp_path)
    assert found.notebook is not None
    assert found.notebook.name == "attempt a.ipynb"
    assert any("latest" in note and "attempt b.ipynb" in note for note in found.notes)


def test_of_two_attempts_with_the_own_name_the_later_counts(tmp_path: Path) -> None:
    lay(tmp_path, {f"attempt a/{OWN_NAME}": answer("first")})
    lay(tmp_path, {f"attempt b/{OWN_NAME}": answer("second")}, saved_at=NOON + DAY)
    assert name_found(tmp_path) == f"attempt b/{OWN_NAME}"


@pytest.mark.parametrize("distance", [0, 1, CLEARLY_LATER_SECONDS - 1])
def test_of_two_attempts_at_about_the_same_time_none_counts(
    tmp_path: Path, distance: float
) -> None:
    lay(tmp_path, {"a.ipynb": answer("first")})
    lay(tmp_path, {"b.ipynb": answer("second")}, saved_at=NOON + distance)
    found = find(tmp_path)
    assert found.notebook is None
    for part in ("'a.ipynb'", "'b.ipynb'", "cannot be told", "Hand in the one that counts"):
        assert part in found.reason


def test_identical_copies_are_one(tmp_path: Path) -> None:
    lay(
        tmp_path,
        {"a.ipynb": answer(), "copy/a.ipynb": answer(), "a.zip": zipped({"a.ipynb": answer()})},
    )
    found = find(tmp_path)
    assert found.notebook is not None
    assert found.notebook.content == answer()


def test_the_latest_attempt_may_be_there_twice(tmp_path: Path) -> None:
    lay(tmp_path, {"old.ipynb": answer("old")}, saved_at=NOON - DAY)
    lay(tmp_path, {"new.ipynb": answer("new"), "new-Copy1.ipynb": answer("new")})
    found = find(tmp_path)
    assert found.notebook is not None
    assert found.notebook.content == answer("new")


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_the_own_name_wins_inside_a_folder(tmp_path: Path, packed: bool) -> None:
    files = {f"hw/{OWN_NAME}": answer("this"), "hw/draft.ipynb": answer("draft")}
    lay(tmp_path, {"hw.zip": zipped(files)} if packed else files)
    found = find(tmp_path)
    assert found.notebook is not None
    assert found.notebook.content == answer("this")


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MAX_BYTES", len(answer()))
    lay(tmp_path, {"a.ipynb": answer(), "large.ipynb": answer() + b" "})
    assert name_found(tmp_path) == "a.ipynb"


@pytest.mark.parametrize("name", [OWN_NAME, "sub/renamed.IPYNB"])
def test_the_reason_says_that_the_notebook_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(finding, "MAX_BYTES", 10)
    found = find(lay(tmp_path, {name: answer()}))
    assert found.notebook is None
    assert "larger than" in found.reason
    assert "submit it again" in found.reason


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = lay(tmp_path / "outside", {"a.ipynb": answer("secret"), "sub/b.ipynb": answer()})
    folder = lay(tmp_path / "handed in", {"notes.txt": b""})
    (folder / OWN_NAME).symlink_to(outside / "a.ipynb")
    (folder / "link").symlink_to(outside, target_is_directory=True)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "dangling.ipynb").symlink_to(tmp_path / "nowhere.ipynb")
    assert find(folder) == NONE


def test_the_folder_itself_may_be_reached_through_a_link(tmp_path: Path) -> None:
    lay(tmp_path / "real", {"sub/a.ipynb": answer()})
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    assert name_found(tmp_path / "link") == "sub/a.ipynb"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / OWN_NAME)
    (tmp_path / "folder.ipynb").mkdir()
    (tmp_path / "folder.zip").mkdir()
    assert find(tmp_path) == NONE


def test_the_reason_does_not_deny_the_name_of_two_attempts(tmp_path: Path) -> None:
    lay(tmp_path, {f"first/{OWN_NAME}": answer("first"), f"second/{OWN_NAME}": answer("second")})
    found = find(tmp_path)
    assert found.notebook is None
    assert "none of them is called" not in found.reason


def test_a_file_that_may_not_be_read_does_not_hide_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_bytes(path: Path) -> bytes:
        if path.name == "locked.ipynb":
            raise PermissionError(13, "Permission denied")
        return path.open("rb").read()

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert name_found(lay(tmp_path, {"a.ipynb": answer(), "locked.ipynb": b""})) == "a.ipynb"


def test_finding_changes_nothing(tmp_path: Path) -> None:
    lay(tmp_path, {"a.ipynb": answer(), "b.zip": zipped({"hw/c.ipynb": answer("c")})})
    before = snapshot(tmp_path)
    find(tmp_path)
    assert snapshot(tmp_path) == before
