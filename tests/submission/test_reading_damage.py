"""A damaged file is a notebook or a clear refusal, never another error."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submission import reading
from autograder.submission.reading import (
    UnreadableNotebookError,
    parse_notebook,
    read_notebook,
)
from autograder.submission.restoring import restore
from tests.submission.samples import (
    assert_valid,
    code_cell,
    notebook_data,
    release_bytes,
    saved,
    source_notebook,
)

SMALL = saved(notebook_data(code_cell("größe = 1", id="a"), code_cell(id="b")))


def refusal(content: bytes) -> str:
    """Why ``content`` is refused; empty if it is read, and then it is valid."""
    try:
        notebook, notes = parse_notebook(content)
    except UnreadableNotebookError as error:
        return str(error)
    assert_valid(notebook)
    assert all(isinstance(note, str) and note for note in notes)
    return ""


def test_a_small_notebook_that_breaks_off_anywhere_is_refused() -> None:
    assert all("ubmit" in refusal(SMALL[:cut]) for cut in range(len(SMALL)))


@given(st.data(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_the_release_that_breaks_off_is_refused(data: st.DataObject, encoding: str) -> None:
    content = release_bytes().decode().strip().encode(encoding)
    cut = data.draw(st.integers(0, len(content) - 1))
    assert "ubmit" in refusal(content[:cut])


def test_a_notebook_without_its_last_newline_is_read() -> None:
    assert refusal(release_bytes().rstrip()) == ""


@given(st.binary(max_size=300))
def test_random_bytes(content: bytes) -> None:
    refusal(content)


@given(st.sampled_from([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04"]), st.binary())
def test_random_bytes_behind_a_signature(signature: bytes, content: bytes) -> None:
    refusal(signature + content)


@given(st.data(), st.binary(min_size=1, max_size=4))
def test_a_few_bytes_are_overwritten(data: st.DataObject, junk: bytes) -> None:
    at = data.draw(st.integers(0, len(SMALL) - 1))
    refusal(SMALL[:at] + junk + SMALL[at + len(junk) :])


NUMBERS = st.integers() | st.floats()
PLAIN = st.none() | st.booleans() | NUMBERS | st.text(st.characters(codec="utf-8"), max_size=8)
KEYS = st.sampled_from(["cells", "worksheets", "metadata", "source", "id", "tags"]) | st.text(
    st.characters(codec="utf-8"), max_size=4
)
ANY_JSON = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(ANY_JSON)
def test_random_json(data: Any) -> None:
    refusal(saved(data))


CELL_FIELDS = ["cell_type", "source", "outputs", "execution_count", "id", "attachments", "extra"]


@given(st.lists(st.dictionaries(st.sampled_from(CELL_FIELDS), ANY_JSON), max_size=3))
def test_random_cells(cells: list[Any]) -> None:
    assert refusal(saved(notebook_data(*cells))) == ""


@given(ANY_JSON)
def test_random_minor_version(minor: Any) -> None:
    refusal(saved(notebook_data(code_cell(), nbformat_minor=minor)))


def test_worksheets_in_a_notebook_of_format_4() -> None:
    refusal(saved({"nbformat": 4, "worksheets": []}))


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "code", "input": ["a\n", "b"], "outputs": []},
        {"cell_type": "code", "input": "a", "outputs": [], "metadata": []},
        {"cell_type": "code", "input": "a", "outputs": [], "metadata": {}, "extra": 1},
        {"cell_type": "markdown", "source": None, "metadata": {}},
        {"cell_type": "odd", "source": "a", "metadata": {}},
    ],
    ids=["input-list", "metadata-list", "extra-field", "no-source", "odd-type"],
)
def test_odd_cells_in_an_old_notebook(cell: dict[str, Any]) -> None:
    refusal(saved({"nbformat": 3, "worksheets": [{"cells": [cell]}]}))


BRACKETS = pytest.mark.parametrize(
    ("opened", "closed"), [("[", "]"), ('{"a":', "}")], ids=["list", "dict"]
)
DEEP = '{"cell_type": "code", "source": "x = 1", "metadata": %s}'


@BRACKETS
@pytest.mark.parametrize("depth", [10, 200, 500, 900, 1_000, 100_000])
def test_deep_nesting(opened: str, closed: str, depth: int) -> None:
    deep = '{"a": %s}' % (opened * depth + "1" + closed * depth)
    for field in (f'"metadata": {deep}, "cells": []', f'"cells": [{DEEP % deep}]'):
        complaint = refusal(f'{{"nbformat": 4, {field}}}'.encode())
        assert complaint == "" if depth <= 200 else depth < 100_000 or "ubmit" in complaint
    refusal(f'{{"worksheets": [{{"cells": [{DEEP % deep}]}}]}}'.encode())


@BRACKETS
def test_deep_nesting_where_metadata_is_kept(opened: str, closed: str) -> None:
    for depth in range(100, 1_000, 50):
        deep = '{"nbgrader": {"a": %s}}' % (opened * depth + "1" + closed * depth)
        content = f'{{"nbformat": 4, "cells": [{DEEP % deep}]}}'.encode()
        if not refusal(content):
            restore(parse_notebook(content)[0], source_notebook())


@pytest.mark.parametrize(
    "content",
    [b"", b"  \n", b"\xef\xbb\xbf", b"[]", b"{}", b"42", b'"cells"', SMALL[:-1], b"\x00" * 20],
)
def test_a_refusal_says_what_to_do(content: bytes) -> None:
    assert "ubmit" in refusal(content)


def test_the_refusal_of_deep_nesting_says_what_to_do() -> None:
    assert "ubmit" in refusal(b"[" * 100_000)


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "huge.ipynb"
    path.touch()
    os.truncate(path, reading.MAX_BYTES + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("the file was read"))
    with pytest.raises(UnreadableNotebookError, match=r"larger than 50 MB\. Clear its outputs"):
        read_notebook(path)


def test_a_file_at_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.ipynb"
    path.write_bytes(SMALL)
    monkeypatch.setattr(reading, "MAX_BYTES", len(SMALL))
    assert read_notebook(path) == parse_notebook(SMALL)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.ipynb"):
        with pytest.raises(UnreadableNotebookError, match="cannot be read"):
            read_notebook(path)
