"""Notebooks inside zips are found; no zip, however broken or hostile, does any harm."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submission import finding
from autograder.submission.finding import Found, find_notebook
from autograder.submission.zips import MAX_NOTEBOOKS_IN_ZIP
from tests.submission.handed_in import DAY, NOON, answer, lay, snapshot, zipped
from tests.submission.samples import ASSIGNMENT


def find(folder: Path) -> Found:
    return find_notebook(folder, ASSIGNMENT)


@pytest.mark.parametrize(
    "name", ["a.ipynb", "Hand-in 3/a.ipynb", "deep/er/Übung 3.ipynb", "a/B.IPYNB"]
)
def test_a_notebook_in_a_zip_is_found(tmp_path: Path, name: str) -> None:
    found = find(lay(tmp_path, {"hand-in.ZIP": zipped({name: answer(), "a/b.png": b"png"})}))
    assert found.notebook is not None
    assert found.content == answer()
    assert found.notebook.name == f"hand-in.ZIP/{name}"
    assert found.notebook.saved == NOON


def test_what_a_mac_and_an_editor_add_is_ignored(tmp_path: Path) -> None:
    added = {
        "hw/.ipynb_checkpoints/a-checkpoint.ipynb": answer("old"),
        "__MACOSX/hw/._a.ipynb": answer("fork"),
        "hw/._a.ipynb": answer("fork"),
    }
    assert find(lay(tmp_path, {"a.zip": zipped(added)})).notebook is None
    found = find(lay(tmp_path, {"a.zip": zipped({"hw/a.ipynb": answer(), **added})}))
    assert found.notebook is not None
    assert found.content == answer()


def test_of_two_zips_the_later_attempt_counts(tmp_path: Path) -> None:
    lay(tmp_path, {"b.zip": zipped({"a.ipynb": answer("first")}, saved_at=NOON - DAY)})
    lay(tmp_path, {"a.zip": zipped({"a.ipynb": answer("second")})})
    found = find(tmp_path)
    assert found.notebook is not None
    assert found.content == answer("second")


def test_an_entry_beyond_the_limit_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MAX_BYTES", len(answer()))
    files = {"a.ipynb": answer(), "b.ipynb": answer() + b" "}
    found = find(lay(tmp_path, {"a.zip": zipped(files)}))
    assert found.notebook is not None
    assert found.notebook.name == "a.zip/a.ipynb"
    assert len(found.notes) == 1


def test_of_a_bomb_no_more_than_the_limit_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked = []
    read = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, size: int | None = -1) -> bytes:
        content = read(self, size)
        unpacked.append(len(content))
        return content

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    monkeypatch.setattr(finding, "MAX_BYTES", 1_000)
    assert find(lay(tmp_path, {"a.zip": zipped({"a.ipynb": b" " * 1_000_000})})).notebook is None
    assert sum(unpacked) == 1_001


def test_of_very_many_notebooks_only_the_first_are_read(tmp_path: Path) -> None:
    files = {f"{number:03}.ipynb": answer(str(number)) for number in range(150)}
    found = find(lay(tmp_path, {"a.zip": zipped(files)}))
    assert found.notebook is None
    assert found.reason.count(".zip/") == MAX_NOTEBOOKS_IN_ZIP


def test_a_zip_in_a_zip_is_left(tmp_path: Path) -> None:
    assert (
        find(lay(tmp_path, {"a.zip": zipped({"b.zip": zipped({"c.ipynb": answer()})})})).notebook
        is None
    )


@pytest.mark.parametrize(
    "name", ["../../escaped.ipynb", "/escaped.ipynb", "a/../../escaped.ipynb", "C:\\escaped.ipynb"]
)
def test_nothing_is_written_under_the_name_that_a_zip_gives(tmp_path: Path, name: str) -> None:
    folder = lay(tmp_path / "one" / "two", {"a.zip": zipped({name: answer()})})
    before = snapshot(tmp_path)
    assert not Path("/escaped.ipynb").exists()
    find(folder)
    assert snapshot(tmp_path) == before
    assert not Path("/escaped.ipynb").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", b"not a zip", zipped({"a.ipynb": answer()})[:-10]],
    ids=["empty", "signature", "text", "cut-off"],
)
def test_a_broken_zip_does_not_hide_what_else_is_there(tmp_path: Path, content: bytes) -> None:
    assert find(lay(tmp_path, {"a.zip": content})).notebook is None
    found = find(lay(tmp_path, {"b.ipynb": answer()}))
    assert found.notebook is not None
    assert found.notebook.name == "b.ipynb"


def with_flag(content: bytes, flag: int) -> bytes:
    """The zip ``content`` with the general-purpose ``flag`` set in both headers of its entry."""
    local, central = content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8
    changed = bytearray(content)
    changed[local] |= flag
    changed[central] |= flag
    return bytes(changed)


def test_an_encrypted_entry_is_left(tmp_path: Path) -> None:
    assert (
        find(lay(tmp_path, {"a.zip": with_flag(zipped({"a.ipynb": answer()}), 1)})).notebook is None
    )


def test_a_wrong_checksum_is_left(tmp_path: Path) -> None:
    content = zipped({"a.ipynb": answer()})
    at = content.index(b"PK\x01\x02") + 16
    wrong = content[:at] + bytes(4) + content[at + 4 :]
    assert find(lay(tmp_path, {"a.zip": wrong})).notebook is None


@pytest.mark.parametrize(
    "method",
    [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA],
    ids=["stored", "deflated", "lzma"],
)
def test_damaged_data_in_a_zip_is_left(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        archive.writestr("a.ipynb", answer() * 20)
    content = bytearray((tmp_path / "a.zip").read_bytes())
    if method == zipfile.ZIP_STORED:
        at = content.index(b"PK\x01\x02") + 20  # claim that the entry is longer than the file
        content[at : at + 8] = (10**6).to_bytes(4, "little") * 2
    else:
        content[60:90] = b"\xff" * 30
    assert find(lay(tmp_path, {"a.zip": bytes(content)})).notebook is None


@given(st.data())
def test_a_few_bytes_of_a_zip_are_overwritten(data: st.DataObject) -> None:
    content = bytearray(zipped({"hw/a.ipynb": answer() * 5}))
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        assert isinstance(find(lay(Path(folder), {"a.zip": bytes(content)})), Found)


def test_all_zips_together_may_unpack_only_so_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MAX_BYTES", 2_000)
    entries = {f"{number}.ipynb": answer() + b" " * 700 for number in range(10)}
    lay(tmp_path, {"a.zip": zipped(entries), "b.zip": zipped(entries)})
    read = list(finding._candidates(tmp_path))
    assert 0 < sum(len(each.read()) for each in read) <= 2_000
