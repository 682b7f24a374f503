"""The one notebook that counts is found by its name, else by what it answers, else by its time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.grading.answered import Stubs
from autograder.submission import finding
from autograder.submission.finding import CLEARLY_LATER_SECONDS, Found, find_notebook
from tests.submission.handed_in import DAY, NOON, answer, lay, other_notebook, snapshot, zipped
from tests.submission.samples import (
    ASSIGNMENT,
    OWN_NAME,
    release_bytes,
    release_data,
    saved,
    source_notebook,
)

NONE = Found(None, "No notebook was handed in.")


def find(folder: Path) -> Found:
    return find_notebook(folder, ASSIGNMENT)


def name_found(folder: Path) -> str | None:
    found = find(folder)
    return found.notebook.name if found.notebook else None


def test_the_own_name_needs_no_note(tmp_path: Path) -> None:
    found = find(lay(tmp_path, {OWN_NAME: release_bytes()}))
    assert found.notebook is not None
    assert (found.notebook.name, found.content) == (OWN_NAME, release_bytes())
    assert found.notebook.saved == NOON
    assert (found.reason, found.notes) == ("", ())


def test_the_own_name_wins_over_later_notebooks(tmp_path: Path) -> None:
    lay(tmp_path, {OWN_NAME: answer("old")})
    later = {"sub/new.ipynb": answer("new"), f"sub/{OWN_NAME}": answer("newer")}
    lay(tmp_path, later, saved_at=NOON + DAY)
    found = find(tmp_path)
    assert found.notebook is not None
    assert found.content == answer("old")
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
    assert (found.notebook.name, found.content) == (name, answer())
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
        {".ipynb_checkpoints/a-checkpoint.ipynb": answer()},
        {"__MACOSX/a.ipynb": answer(), "._a.ipynb": answer()},
        {"sub/.hidden/a.ipynb": answer(), "sub/__MACOSX/deep/a.ipynb": answer()},
    ],
    ids=["nothing", "checkpoints", "macosx", "deep"],
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
    assert found.content == answer()


def test_the_latest_attempt_may_be_there_twice(tmp_path: Path) -> None:
    lay(tmp_path, {"old.ipynb": answer("old")}, saved_at=NOON - DAY)
    lay(tmp_path, {"new.ipynb": answer("new"), "new-Copy1.ipynb": answer("new")})
    found = find(tmp_path)
    assert found.notebook is not None
    assert found.content == answer("new")


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_the_own_name_wins_inside_a_folder(tmp_path: Path, packed: bool) -> None:
    files = {f"hw/{OWN_NAME}": answer("this"), "hw/draft.ipynb": answer("draft")}
    lay(tmp_path, {"hw.zip": zipped(files)} if packed else files)
    found = find(tmp_path)
    assert found.notebook is not None
    assert found.content == answer("this")


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
    folder = lay(tmp_path / "handed in", {})
    folder.mkdir()
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


# An untouched original, or a damaged one, beside an attempt

STUBS = Stubs.of(source_notebook())


def attempted(folder: Path) -> Found:
    return find_notebook(folder, ASSIGNMENT, STUBS.are_filled_in)


@pytest.mark.parametrize(
    "original",
    [release_bytes(), saved(release_data()), b"<!DOCTYPE html><html></html>", b'{"cells": ['],
    ids=["untouched", "saved-again", "web-page", "cut-off"],
)
@pytest.mark.parametrize("name", ["x (1).ipynb", "final/x.ipynb", f"final/{OWN_NAME}"])
def test_the_own_name_does_not_win_over_answers_without_any(
    tmp_path: Path, original: bytes, name: str
) -> None:
    found = attempted(lay(tmp_path, {OWN_NAME: original, name: answer()}))
    assert found.notebook is not None
    assert found.notebook.name == name
    assert f"Handed in too, without any answer: {OWN_NAME!r}." in found.notes


def test_of_renamed_copies_the_one_with_answers_counts(tmp_path: Path) -> None:
    lay(tmp_path, {"a.ipynb": answer()})
    lay(tmp_path, {"b.ipynb": release_bytes()}, saved_at=NOON + DAY)
    found = attempted(tmp_path)
    assert found.notebook is not None
    assert found.notebook.name == "a.ipynb"


@pytest.mark.parametrize("other", [other_notebook(), release_bytes(), b"<html>"])
def test_the_untouched_original_is_graded_where_nothing_answers(
    tmp_path: Path, other: bytes
) -> None:
    assert name_found(lay(tmp_path, {OWN_NAME: release_bytes(), "b.ipynb": other})) == OWN_NAME
    found = attempted(tmp_path)
    assert found.notebook is not None
    assert found.notebook.name == OWN_NAME


def test_an_attempt_of_the_own_name_wins_over_a_better_one(tmp_path: Path) -> None:
    found = attempted(lay(tmp_path, {OWN_NAME: answer("begun"), "b.ipynb": answer("done")}))
    assert found.content == answer("begun")


def test_only_so_much_is_looked_into_for_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MAX_BYTES", 3 * len(answer()))
    looked: list[bytes] = []
    files = {f"{number}.ipynb": answer(str(number)) for number in range(9)}
    find_notebook(lay(tmp_path, files), ASSIGNMENT, lambda content: not looked.append(content))
    assert len(looked) == 3


def test_a_copy_is_no_other_notebook(tmp_path: Path) -> None:
    """nbgrader's hook puts one under the assignment's name."""
    found = find(lay(tmp_path, {OWN_NAME: answer(), "mine.ipynb": answer()}))
    assert found.notes == ()


def test_what_is_found_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = find(lay(tmp_path, {OWN_NAME: answer(), "other.ipynb": answer("another")}))
    assert found.content == answer()
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read again"))
    assert found.content == answer()


# Names that do not say what a file is


@pytest.mark.parametrize(
    "name",
    [
        f"{OWN_NAME}.txt",
        f"{OWN_NAME}.json",
        f"{ASSIGNMENT.name}.json",
        f"{ASSIGNMENT.name}.txt",
        f"{ASSIGNMENT.name}.ipnyb",
        f"{OWN_NAME}.download",
        ASSIGNMENT.name,
        f"hand-in/{OWN_NAME}.txt",
    ],
)
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "zip"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_notebook_is_known_by_what_is_in_it(
    tmp_path: Path, name: str, packed: bool, encoding: str
) -> None:
    files = {name: answer().decode().encode(encoding), "notes.txt": b"cells"}
    found = find(lay(tmp_path, {"hw.zip": zipped(files)} if packed else files))
    assert found.notebook is not None
    assert found.notebook.name.endswith(name)
    assert any(name in note for note in found.notes)


def test_a_file_that_is_called_a_notebook_comes_first(tmp_path: Path) -> None:
    lay(tmp_path, {"a.ipynb": answer()})
    lay(tmp_path, {"b.ipynb.txt": answer("later")}, saved_at=NOON + DAY)
    assert name_found(tmp_path) == "a.ipynb"


# What was handed in instead


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (f"{ASSIGNMENT.name}.html", "Submit the notebook itself"),
        ("hw.tar.gz", "Of archives only zips are opened"),
        ("hw.rar", "Of archives only zips are opened"),
        (f"{ASSIGNMENT.name}.py", f"Submit the notebook itself, {OWN_NAME!r}"),
        ("sub/scan.pdf", "Submit the notebook itself"),
        ("data.json", "Submit the notebook itself"),
    ],
)
def test_the_reason_names_what_was_handed_in_instead(tmp_path: Path, name: str, said: str) -> None:
    reason = find(lay(tmp_path, {name: b"x", "timestamp.txt": b"2025-03-05"})).reason
    assert reason.startswith(f"No notebook was handed in, only {name!r}.")
    assert said in reason


def test_the_reason_names_a_zip_without_a_notebook(tmp_path: Path) -> None:
    reason = find(lay(tmp_path, {"hw.zip": zipped({"a.py": b"x"})})).reason
    assert "'hw.zip'" in reason
    assert "Submit it again" in reason


def test_the_reason_names_what_lies_beside_the_folder(tmp_path: Path) -> None:
    lay(tmp_path, {"ben/hw1/notes.txt": b"", "ben/hw.ipynb": answer()})
    assert find(tmp_path / "ben/hw1").reason.endswith("Beside the folder 'hw1' lies 'hw.ipynb'.")
