"""A submitted notebook is read however it was saved: encodings, line ends, old formats, gaps."""

from __future__ import annotations

import codecs
import json
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import v3

from autograder.submission.reading import UnreadableNotebookError, parse_notebook
from tests.submission.samples import (
    assert_valid,
    code_cell,
    notebook_data,
    release_bytes,
    saved,
)

TYPOGRAPHIC = "größe = '– €'"


def accented(encoding: str) -> bytes:
    return json.dumps(notebook_data(code_cell(TYPOGRAPHIC)), ensure_ascii=False).encode(encoding)


def test_utf_8_needs_no_note() -> None:
    notebook, notes = parse_notebook(accented("utf-8"))
    assert notebook.cells[0].source == TYPOGRAPHIC
    assert notes == ()
    assert_valid(notebook)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (accented("utf-8-sig"), "utf-8"),
        (accented("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_LE + accented("utf-16-le"), "utf-16"),
        (codecs.BOM_UTF16_BE + accented("utf-16-be"), "utf-16"),
        (accented("cp1252"), "Windows-1252"),
    ],
    ids=["utf-8-bom", "utf-16", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_other_encodings_are_read_and_noted(content: bytes, named: str) -> None:
    notebook, notes = parse_notebook(content)
    assert notebook.cells[0].source == TYPOGRAPHIC
    assert len(notes) == 1
    assert named in notes[0]
    assert_valid(notebook)


def test_a_byte_that_no_encoding_has_costs_one_character() -> None:
    content = saved(notebook_data(code_cell("# a? b"))).replace(b"?", b"\x81")
    notebook, _ = parse_notebook(content)
    assert notebook.cells[0].source == "# a\N{REPLACEMENT CHARACTER} b"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_the_release_is_the_same_however_it_was_saved(encoding: str, line_end: str) -> None:
    text = release_bytes().decode().replace("\n", line_end)
    assert parse_notebook(text.encode(encoding))[0] == parse_notebook(release_bytes())[0]


@pytest.mark.parametrize("source", ["a\r\nb\rc\n", ["a\r\n", "b\r", "c\n"]], ids=["text", "lines"])
def test_line_ends_within_sources_become_newlines(source: Any) -> None:
    notebook, notes = parse_notebook(saved(notebook_data(code_cell(source))))
    assert notebook.cells[0].source == "a\nb\nc\n"
    assert notes == ()


def old_notebook(*cells: Any) -> dict[str, Any]:
    """What IPython 1 and 2 wrote: worksheets, here of one cell each, and text as lists of lines."""
    sheets = [v3.new_worksheet(cells=[cell]) for cell in cells]
    data: dict[str, Any] = json.loads(v3.writes_json(v3.new_notebook(worksheets=sheets)))
    return data


def old_code_cell(source: str) -> Any:
    ran = v3.new_output("pyout", output_text="1\n2", prompt_number=1)
    return v3.new_code_cell(source, prompt_number=1, outputs=[ran])


@pytest.mark.parametrize("version", [3, None, True, 3.0, "3", 99])
def test_an_old_notebook_with_worksheets_is_converted(version: Any) -> None:
    text = v3.new_text_cell("markdown", "Read *this*.\nThen go on.")
    data = old_notebook(text, old_code_cell("x = 1\nx + 1"))
    notebook, notes = parse_notebook(saved(data | {"nbformat": version}))
    cells = [(cell.cell_type, cell.source) for cell in notebook.cells]
    assert cells == [("markdown", "Read *this*.\nThen go on."), ("code", "x = 1\nx + 1")]
    assert notebook.cells[1].outputs == []
    assert notes == ("The notebook was in the old format 3; it was converted.",)
    assert_valid(notebook)


def test_a_heading_of_an_old_notebook_becomes_markdown() -> None:
    data = old_notebook(v3.new_heading_cell("Convolution", level=2))
    notebook, _ = parse_notebook(saved(data))
    cells = [(cell.cell_type, cell.source) for cell in notebook.cells]
    assert cells == [("markdown", "## Convolution")]


def test_an_old_notebook_is_read_the_same_every_time() -> None:
    content = saved(old_notebook(old_code_cell("x = 1")))
    assert parse_notebook(content) == parse_notebook(content)


@pytest.mark.parametrize("minor", range(6))
def test_every_minor_version_of_format_4_is_read(minor: int) -> None:
    cell = code_cell(id="mine") if minor == 5 else code_cell()
    notebook, notes = parse_notebook(saved(notebook_data(cell, nbformat_minor=minor)))
    assert notebook.cells[0].source == "x = 1"
    assert notes == ()
    assert_valid(notebook)


@pytest.mark.parametrize("missing", ["nbformat", "nbformat_minor", "metadata"])
def test_a_notebook_may_lack_its_outer_fields(missing: str) -> None:
    data = notebook_data(code_cell())
    del data[missing]
    notebook, _ = parse_notebook(saved(data))
    assert [cell.source for cell in notebook.cells] == ["x = 1"]
    assert_valid(notebook)


@pytest.mark.parametrize("missing", ["metadata", "outputs", "execution_count"])
def test_a_cell_may_lack_a_field(missing: str) -> None:
    cell = code_cell()
    del cell[missing]
    notebook, _ = parse_notebook(saved(notebook_data(cell)))
    assert [(cell.cell_type, cell.source) for cell in notebook.cells] == [("code", "x = 1")]
    assert_valid(notebook)


@pytest.mark.parametrize("junk", [None, 5, "text", ["a", 5, None], {"a": 1}, [[]]])
@pytest.mark.parametrize("field", ["metadata", "outputs", "execution_count", "attachments", "zzz"])
def test_a_field_of_a_cell_may_be_junk(field: str, junk: Any) -> None:
    notebook, _ = parse_notebook(saved(notebook_data(code_cell(**{field: junk}))))
    assert [(cell.cell_type, cell.source) for cell in notebook.cells] == [("code", "x = 1")]
    assert_valid(notebook)


@pytest.mark.parametrize("source", [None, 5, {}, [5, None]])
def test_a_source_that_is_no_text_is_empty(source: Any) -> None:
    notebook, _ = parse_notebook(saved(notebook_data(code_cell(source))))
    assert notebook.cells[0].source == ""
    assert_valid(notebook)


@pytest.mark.parametrize("kind", [None, "heading", "Code", 5, ["code"], {}])
def test_a_cell_of_an_unknown_type_is_kept_but_never_run(kind: Any) -> None:
    notebook, _ = parse_notebook(saved(notebook_data(code_cell("text", cell_type=kind))))
    assert [(cell.cell_type, cell.source) for cell in notebook.cells] == [("raw", "text")]
    assert_valid(notebook)


@pytest.mark.parametrize("junk", [None, 5, "text", []])
def test_what_is_no_cell_is_left_out(junk: Any) -> None:
    notebook, _ = parse_notebook(saved(notebook_data(junk, code_cell(), junk)))
    assert [cell.source for cell in notebook.cells] == ["x = 1"]


@pytest.mark.parametrize("junk", [None, 5, "text", {}])
def test_cells_that_are_no_list_are_refused(junk: Any) -> None:
    with pytest.raises(UnreadableNotebookError, match="it has no cells"):
        parse_notebook(saved(notebook_data() | {"cells": junk}))


def test_a_notebook_without_cells_is_a_notebook() -> None:
    assert parse_notebook(saved(notebook_data()))[0].cells == []


KNOWN_IDS = ["a", "b", "cell-0", "cell-1", "cell-2"]
BAD_IDS = [None, 5, "", "with space", "ü", "x" * 65, ["a"]]


@given(st.lists(st.sampled_from(KNOWN_IDS + BAD_IDS), max_size=6))
def test_every_cell_has_a_valid_id_of_its_own(ids: list[Any]) -> None:
    cells = [code_cell(str(number), id=cell_id) for number, cell_id in enumerate(ids)]
    content = saved(notebook_data(*cells))
    notebook, _ = parse_notebook(content)
    assert [cell.source for cell in notebook.cells] == [cell["source"] for cell in cells]
    assert_valid(notebook)
    assert parse_notebook(content) == parse_notebook(content)


@given(st.lists(st.sampled_from(["a", "b", "c"]), max_size=6))
def test_the_first_cell_with_an_id_keeps_it(ids: list[str]) -> None:
    notebook, _ = parse_notebook(saved(notebook_data(*(code_cell(id=each) for each in ids))))
    for cell_id in ids:
        assert notebook.cells[ids.index(cell_id)].id == cell_id


def test_a_made_up_id_is_not_taken_already() -> None:
    cells = [code_cell(id="cell-2"), code_cell(id="cell-2-again"), code_cell()]
    assert_valid(parse_notebook(saved(notebook_data(*cells)))[0])


@pytest.mark.parametrize(
    "data",
    [
        notebook_data(code_cell(), extra=1),
        notebook_data(code_cell(), metadata={"kernelspec": "junk"}),
        notebook_data(code_cell(metadata={"collapsed": "yes"})),
        notebook_data(code_cell(metadata={"tags": ["a", "a"]})),
    ],
    ids=["extra-field", "kernelspec", "collapsed", "tags"],
)
def test_what_the_schema_forbids_is_dropped(data: dict[str, Any]) -> None:
    assert_valid(parse_notebook(saved(data))[0])


def test_what_was_read_can_be_written() -> None:
    half = "\ud83d"  # of a surrogate pair
    metadata = {"kernelspec": {"name": half, "display_name": half}, half: half}
    content = saved(notebook_data(code_cell(f"smile = '{half}'", id=half), metadata=metadata))
    notebook, _ = parse_notebook(content)
    assert "smile = '?'" in nbformat.writes(notebook).encode().decode()


def test_cells_without_worksheets_are_of_format_4_whatever_the_label() -> None:
    notebook, _ = parse_notebook(saved(notebook_data(code_cell(), nbformat=3)))
    assert [cell.source for cell in notebook.cells] == ["x = 1"]


@pytest.mark.parametrize("version", [True, 3.0])
def test_a_format_that_is_no_whole_number_is_not_called_old(version: Any) -> None:
    assert parse_notebook(saved(notebook_data(code_cell(), nbformat=version)))[1] == ()
