"""A submission is found where it lies, and what lies at the wrong place is told of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submission.locating import Place, folded, locate
from tests.submission.handed_in import answer, lay, other_notebook, zipped
from tests.submission.samples import ASSIGNMENT, OWN_NAME

NAME = ASSIGNMENT.name
OTHERS = {"convnet_in_numpy", "hw0"}


def place(folder: Path) -> Place | None:
    return locate(folder / NAME, ASSIGNMENT, OTHERS)


def reason(folder: Path) -> str:
    found = place(folder)
    assert found is not None
    assert found.folder == folder / NAME
    return found.reason


def test_a_folder_of_the_assignment_s_name_is_it(tmp_path: Path) -> None:
    lay(tmp_path, {f"{NAME}/x": b"", f"{NAME.title()}/{OWN_NAME}": answer(), OWN_NAME: answer()})
    assert place(tmp_path) == Place(tmp_path / NAME)


@pytest.mark.parametrize(
    "name", [NAME.title(), NAME.upper(), NAME.replace("_", " "), NAME.replace("_", "-"), f"{NAME} "]
)
def test_one_that_is_called_almost_so_is_it_too(tmp_path: Path, name: str) -> None:
    lay(tmp_path, {f"{name}/{OWN_NAME}": answer(), "hw0/a.ipynb": answer()})
    assert place(tmp_path) == Place(tmp_path / name)


def test_of_two_folders_that_are_called_almost_so_none_is(tmp_path: Path) -> None:
    one, other = NAME.title(), NAME.upper()
    said = reason(lay(tmp_path, {f"{one}/{OWN_NAME}": answer(), f"{other}/{OWN_NAME}": answer()}))
    assert repr(one) in said
    assert repr(other) in said


@pytest.mark.parametrize(
    "name",
    [
        OWN_NAME,
        "hw.ipynb",
        f"{NAME}.zip",
        f"{NAME}-2/{OWN_NAME}",
        f"homework/{OWN_NAME}",
        "week 1/sub/hw.ipynb",
    ],
)
def test_what_answers_or_is_called_so_is_told_of(tmp_path: Path, name: str) -> None:
    content = zipped({"a.ipynb": answer()}) if name.endswith(".zip") else answer()
    said = reason(lay(tmp_path, {name: content, "hw0/a.ipynb": answer(), "x.pdf": b""}))
    assert repr(name.partition("/")[0]) in said
    assert "x.pdf" not in said
    assert f"{tmp_path.parent.name}/{tmp_path.name} holds no folder {NAME!r}" in said
    assert "Put what was handed in into that folder, and grade again." in said


@pytest.mark.parametrize("name", ["hw.tar.gz", "scan.pdf", "hw.zip", "statistics.ipynb"])
def test_where_nothing_else_lies_any_file_is_told_of(tmp_path: Path, name: str) -> None:
    said = reason(lay(tmp_path, {name: other_notebook(), "timestamp.txt": b""}))
    assert repr(name) in said
    assert "timestamp" not in said


@pytest.mark.parametrize(
    "files",
    [
        {"hw0/hw0.ipynb": answer()},
        {"ConvNet in NumPy/a.ipynb": answer()},
        {"hw0/a.ipynb": b"", "notes.pdf": b"", "statistics/a.ipynb": other_notebook()},
    ],
)
def test_who_has_handed_in_other_assignments_only_is_not_asked(
    tmp_path: Path, files: dict[str, bytes]
) -> None:
    assert place(lay(tmp_path, files)) is None


@pytest.mark.parametrize("files", [{}, {".ipynb_checkpoints/a.ipynb": answer()}])
def test_a_folder_of_nothing_says_so(tmp_path: Path, files: dict[str, bytes]) -> None:
    assert reason(lay(tmp_path, files)) == f"{tmp_path.parent.name}/{tmp_path.name} holds nothing."


def test_a_notebook_in_no_student_s_folder_is_told_of(tmp_path: Path) -> None:
    lay(tmp_path, {"ada.ipynb": answer(), "statistics.ipynb": other_notebook(), "a.csv": b""})
    said = reason(tmp_path / "ada.ipynb")
    assert said.startswith(f"{tmp_path.name}/ada.ipynb lies in no student's folder.")
    assert f"{tmp_path.name}/<student>/{NAME}/" in said
    assert place(tmp_path / "statistics.ipynb") is None
    assert place(tmp_path / "a.csv") is None


def test_what_is_hidden_or_linked_is_nobody_s(tmp_path: Path) -> None:
    lay(tmp_path, {".lms/a.json": b"{}", f"real/{OWN_NAME}": answer()})
    assert place(tmp_path / ".lms") is None
    (tmp_path / "ben").mkdir()
    (tmp_path / "ben" / NAME.title()).symlink_to(tmp_path / "real")
    assert NAME.title() in reason(tmp_path / "ben")
    (tmp_path / "eve").mkdir()
    (tmp_path / "eve" / NAME).symlink_to(tmp_path / "nowhere")
    assert place(tmp_path / "eve") == Place(tmp_path / "eve" / NAME)  # to be refused as a link


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_folding_is_done_once(name: str) -> None:
    assert folded(folded(name)) == folded(name) == folded(f" {name}-")
