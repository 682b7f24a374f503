"""A submission is laid out for grading as plain files; what was handed in stays as it is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.submission.finding import Found, find_notebook
from autograder.submission.staging import stage
from tests.submission.handed_in import NOON, answer, lay, snapshot, zipped
from tests.submission.samples import ASSIGNMENT, OWN_NAME


def staged(folder: Path) -> tuple[Found, Path]:
    """Stage what is in ``folder``; checks that nothing there changes."""
    before = snapshot(folder)
    destination = folder.parent / "staged" / "deep"
    found = stage(folder, ASSIGNMENT, destination)
    assert snapshot(folder) == before
    return found, destination


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.parametrize(
    "files",
    [
        {OWN_NAME: answer()},
        {"Übung 3.ipynb": answer()},
        {"hw/a.ipynb": answer()},
        {"hand-in.zip": zipped({"hw/a.ipynb": answer()})},
    ],
    ids=["own-name", "renamed", "in-a-folder", "in-a-zip"],
)
def test_the_notebook_gets_its_proper_name(tmp_path: Path, files: dict[str, bytes]) -> None:
    folder = lay(tmp_path / "handed in", files)
    found, destination = staged(folder)
    assert found == find_notebook(folder, ASSIGNMENT)
    assert (destination / OWN_NAME).read_bytes() == answer()
    assert list(destination.rglob("*.ipynb")) == [destination / OWN_NAME]


def test_plain_files_come_along(tmp_path: Path) -> None:
    files = {"timestamp.txt": b"2025-03-05", "data/März.csv": b"1,2", "my module.py": b"x = 1"}
    _, destination = staged(lay(tmp_path / "handed in", {OWN_NAME: answer(), **files}))
    for name, content in files.items():
        assert (destination / name).read_bytes() == content
        assert (destination / name).stat().st_mtime == NOON
    assert names(destination) == {OWN_NAME, "data", *files}


def test_other_notebooks_zips_and_hidden_files_stay_behind(tmp_path: Path) -> None:
    files = {
        OWN_NAME: answer("mine"),
        "draft.ipynb": answer("draft"),
        "sub/DRAFT.IPYNB": answer("draft"),
        "all.zip": zipped({"a.ipynb": answer()}),
        "ALL.ZIP": b"",
        ".ipython/profile_default/startup/start.py": b"raise SystemExit",
        ".ipynb_checkpoints/a-checkpoint.ipynb": answer("old"),
        "sub/.bashrc": b"",
    }
    _, destination = staged(lay(tmp_path / "handed in", files))
    assert names(destination) == {OWN_NAME, "sub"}
    assert (destination / OWN_NAME).read_bytes() == answer("mine")


def test_links_are_not_copied(tmp_path: Path) -> None:
    outside = lay(tmp_path / "outside", {"secret.txt": b"secret", "sub/key.txt": b"key"})
    folder = lay(tmp_path / "handed in", {OWN_NAME: answer(), "data/a.csv": b"1"})
    (folder / "notes.txt").symlink_to(outside / "secret.txt")
    (folder / "linked").symlink_to(outside, target_is_directory=True)
    (folder / "data" / "deep").symlink_to(outside / "sub", target_is_directory=True)
    (folder / "data" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "dangling").symlink_to(tmp_path / "nowhere")
    _, destination = staged(folder)
    assert names(destination) == {OWN_NAME, "data", "data/a.csv"}
    assert not any(path.is_symlink() for path in destination.rglob("*"))


def test_a_linked_notebook_is_none(tmp_path: Path) -> None:
    outside = lay(tmp_path / "outside", {"a.ipynb": answer("of somebody else")})
    folder = lay(tmp_path / "handed in", {"readme.txt": b""})
    (folder / OWN_NAME).symlink_to(outside / "a.ipynb")
    found, destination = staged(folder)
    assert found.notebook is None
    assert (destination / OWN_NAME).read_bytes() == b""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_pipes_are_not_opened(tmp_path: Path) -> None:
    folder = lay(tmp_path / "handed in", {OWN_NAME: answer()})
    os.mkfifo(folder / "pipe.txt")
    assert names(staged(folder)[1]) == {OWN_NAME}


def test_an_empty_file_stands_for_a_notebook_that_cannot_be_told(tmp_path: Path) -> None:
    files = {"a.ipynb": answer("a"), "b.ipynb": answer("b"), "notes.txt": b"see b"}
    found, destination = staged(lay(tmp_path / "handed in", files))
    assert found.notebook is None
    assert found.reason
    assert (destination / OWN_NAME).read_bytes() == b""
    assert names(destination) == {OWN_NAME, "notes.txt"}


@pytest.mark.parametrize("name", ["../escaped.ipynb", "../../escaped.ipynb", "/escaped.ipynb"])
def test_names_in_a_zip_lead_nowhere(tmp_path: Path, name: str) -> None:
    folder = lay(tmp_path / "handed in", {"a.zip": zipped({name: answer()})})
    _, destination = staged(folder)
    assert names(destination) == {OWN_NAME}
    assert list(tmp_path.rglob("*escaped*")) == []


def test_a_folder_may_be_called_like_the_notebook(tmp_path: Path) -> None:
    folder = lay(tmp_path / "handed in", {f"{OWN_NAME}/homework.ipynb": answer()})
    _, destination = staged(folder)
    assert (destination / OWN_NAME).read_bytes() == answer()
