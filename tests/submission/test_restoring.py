"""What students do to graded cells is undone, and said: copies, deletions, lost metadata."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from autograder.submission.reading import parse_notebook
from autograder.submission.restoring import restore
from tests.submission.samples import (
    assert_valid,
    code_cell,
    notebook_data,
    release_bytes,
    release_data,
    saved,
    source_notebook,
)

Cells = list[dict[str, Any]]


def grade_id(cell: Any) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def position(cells: Sequence[Any], name: str) -> int:
    return [grade_id(cell) for cell in cells].index(name)


def restored(
    edit: Callable[[Cells], None] = lambda _: None, **metadata: Any
) -> tuple[NotebookNode, tuple[str, ...]]:
    """The release after ``edit`` of its cells and with ``metadata``, restored; and the notes."""
    data = release_data()
    for cell in data["cells"]:
        cell["source"] = "".join(cell["source"])
    edit(data["cells"])
    data["metadata"] |= metadata
    notebook, notes = restore(parse_notebook(saved(data))[0], source_notebook())
    assert_valid(notebook)
    return notebook, notes


def forget(cells: Cells) -> None:
    """Take metadata and ids off all cells, as some converters do."""
    for number, cell in enumerate(cells):
        cell |= {"metadata": {}, "id": f"converted-{number}"}


def test_the_untouched_release_is_restored_silently() -> None:
    notebook, notes = restored()
    source, release = source_notebook(), nbformat.reads(release_bytes(), as_version=4)
    assert notes == ()
    assert [cell.id for cell in notebook.cells] == [cell.id for cell in source.cells]
    for cell, wanted, given in zip(notebook.cells, source.cells, release.cells, strict=True):
        if wanted.metadata.get("nbgrader", {}).get("solution"):
            assert cell.source == given.source
            assert cell.metadata["nbgrader"] == wanted.metadata["nbgrader"]
        else:
            assert cell == wanted


def test_of_two_grade_cells_the_first_counts() -> None:
    def duplicate(cells: Cells) -> None:
        at = position(cells, "zero_pad_test")
        cells.insert(at + 1, copy.deepcopy(cells[at]) | {"id": "copied", "source": "second"})

    notebook, notes = restored(duplicate)
    at = position(notebook.cells, "zero_pad_test")
    assert notebook.cells[at].id == "zero-pad-test"
    second = notebook.cells[at + 1]
    assert (second.source, "nbgrader" in second.metadata) == ("second", False)
    assert notes == ("There were two cells 'zero_pad_test'; the first one counts.",)


def test_of_two_solution_cells_the_first_counts_and_both_are_kept() -> None:
    def duplicate(cells: Cells) -> None:
        at = position(cells, "zero_pad")
        cells.insert(at, copy.deepcopy(cells[at]) | {"source": "first"})

    notebook, notes = restored(duplicate)
    at = position(notebook.cells, "zero_pad")
    assert notebook.cells[at].source == "first"
    assert "def zero_pad(" in notebook.cells[at + 1].source
    assert any("'zero_pad'" in note and "first" in note for note in notes)


def test_a_deleted_grade_cell_is_put_back_behind_its_solution() -> None:
    def delete(cells: Cells) -> None:
        del cells[position(cells, "conv_forward_test")]

    notebook, notes = restored(delete)
    at = position(notebook.cells, "conv_forward_test")
    assert grade_id(notebook.cells[at - 1]) == "conv_forward"
    assert notes == ("The cell 'conv_forward_test' had been deleted; it was put back.",)


def test_a_deleted_setup_cell_is_put_back_first() -> None:
    notebook, notes = restored(lambda cells: cells.pop(position(cells, "setup")))
    assert position(notebook.cells, "setup") == 0
    assert any("'setup'" in note for note in notes)


def test_an_empty_notebook_gets_all_its_graded_cells() -> None:
    notebook, notes = restored(lambda cells: cells.clear())
    wanted = [
        grade_id(cell)
        for cell in source_notebook().cells
        if cell.metadata.get("nbgrader", {}).get("locked")
    ]
    assert [grade_id(cell) for cell in notebook.cells] == wanted
    assert notes == ("The notebook has none of the assignment's cells.",)


def test_a_deleted_solution_stays_missing_and_is_mentioned() -> None:
    notebook, notes = restored(lambda cells: cells.pop(position(cells, "zero_pad")))
    names = [grade_id(cell) for cell in notebook.cells]
    assert "zero_pad" not in names
    assert "zero_pad_test" in names
    assert notes == ("The cell 'zero_pad' is not in the notebook any more.",)


def test_a_cell_without_metadata_is_known_by_its_id() -> None:
    def strip(cells: Cells) -> None:
        for name in ("zero_pad", "zero_pad_test"):
            cells[position(cells, name)]["metadata"] = {}

    notebook, notes = restored(strip)
    assert notebook.cells[position(notebook.cells, "zero_pad")].id == "zero-pad-code"
    assert notebook.cells[position(notebook.cells, "zero_pad_test")].id == "zero-pad-test"
    for name in ("zero_pad", "zero_pad_test"):
        assert any(f"'{name}' had lost" in note for note in notes)


def test_a_solution_without_metadata_and_id_is_known_by_its_function() -> None:
    notebook, notes = restored(forget)
    solutions = [
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")
    ]
    assert len(solutions) == 8
    for cell in solutions:
        assert f"def {grade_id(cell)}(" in cell.source
        assert any(f"'{grade_id(cell)}' had lost" in note for note in notes)


@pytest.mark.parametrize("kind", ["markdown", "raw"])
@pytest.mark.parametrize("name", ["zero_pad", "zero_pad_test"])
def test_a_changed_cell_type_is_set_back(name: str, kind: str) -> None:
    def retype(cells: Cells) -> None:
        cells[position(cells, name)]["cell_type"] = kind

    notebook, notes = restored(retype)
    assert notebook == restored()[0]
    assert notes == (f"The cell '{name}' had become a {kind} cell; it was set back.",)


def test_changed_points_are_set_back() -> None:
    def repoint(cells: Cells) -> None:
        cells[position(cells, "zero_pad_test")]["metadata"]["nbgrader"]["points"] = 500

    notebook, notes = restored(repoint)
    assert notebook == restored()[0]
    assert notes == ("The points of the cell 'zero_pad_test' were set back.",)


def test_a_rewritten_grade_cell_is_the_source_s_again() -> None:
    def rewrite(cells: Cells) -> None:
        cells[position(cells, "zero_pad_test")]["source"] = "pass"

    assert restored(rewrite)[0] == restored()[0]


def test_a_grade_cell_above_its_solution_moves_right_behind_it() -> None:
    def move(cells: Cells) -> None:
        cells.insert(0, cells.pop(position(cells, "zero_pad_test")))

    notebook, _ = restored(move)
    at = position(notebook.cells, "zero_pad_test")
    assert grade_id(notebook.cells[at - 1]) == "zero_pad"


def test_a_forged_grade_cell_becomes_an_ordinary_one() -> None:
    forged = {"grade": True, "grade_id": "bonus", "points": 100}
    cell = code_cell("mine = 1", metadata={"nbgrader": forged})
    notebook, notes = restored(lambda cells: cells.append(cell))
    assert notebook.cells[-1].metadata == {}
    assert notebook.cells[-1].source == "mine = 1"
    assert notes == ()


def test_a_restored_cell_gets_an_id_of_its_own() -> None:
    def hide(cells: Cells) -> None:
        cells[position(cells, "zero_pad_test")] |= {"cell_type": "raw", "metadata": {}}

    notebook, _ = restored(hide)
    cell = notebook.cells[position(notebook.cells, "zero_pad_test")]
    assert (cell.cell_type, cell.id) == ("code", "zero-pad-test-restored")


def test_two_functions_in_one_cell_are_one_cell() -> None:
    def merge(cells: Cells) -> None:
        forget(cells)
        first, second = (
            next(number for number, cell in enumerate(cells) if f"def {name}(" in cell["source"])
            for name in ("zero_pad", "conv_single_step")
        )
        cells[first]["source"] += "\n\n" + cells.pop(second)["source"]

    notebook, notes = restored(merge)
    names = [grade_id(cell) for cell in notebook.cells]
    assert names.count("zero_pad") == 1
    assert names.count("conv_single_step") == 0
    assert any("'conv_single_step' is not in the notebook" in note for note in notes)


def test_another_kernel_is_set_back() -> None:
    notebook, notes = restored(kernelspec={"name": "julia-1.10", "display_name": "Julia"})
    assert notebook.metadata == source_notebook().metadata
    assert notes == ("The notebook's kernelspec 'julia-1.10' was set back.",)


@pytest.mark.parametrize("junk", [None, 5, "python3", [], {}, {"name": []}])
def test_a_kernelspec_may_be_junk(junk: Any) -> None:
    assert restored(kernelspec=junk)[0].metadata == source_notebook().metadata


@pytest.mark.parametrize("junk", [{}, {"grade_id": 5}, {"grade_id": "zero_pad_test"}])
def test_nbgrader_metadata_may_be_wrong(junk: Any) -> None:
    def spoil(cells: Cells) -> None:
        for cell in cells:
            cell["metadata"]["nbgrader"] = junk

    notebook, _ = restored(spoil)
    assert position(notebook.cells, "zero_pad") < position(notebook.cells, "zero_pad_test")


@pytest.mark.parametrize("junk", [None, 5, "text", []])
def test_nbgrader_metadata_may_be_junk(junk: Any) -> None:
    def spoil(cells: Cells) -> None:
        cells[position(cells, "zero_pad_test")]["metadata"]["nbgrader"] = junk

    assert restored(spoil)[0] == restored()[0]


def test_what_no_file_can_hold_is_gone() -> None:
    half = "\ud83d"  # of a surrogate pair

    def spoil(cells: Cells) -> None:
        for cell in cells:
            cell["metadata"]["nbgrader"] = {half: half, "grade_id": half}
            cell["metadata"][half] = half
        cells.append(code_cell(f"x = '{half}'", id=half))

    notebook, _ = restored(spoil, kernelspec={"name": half, "display_name": half})
    assert "x = '?'" in nbformat.writes(notebook).encode().decode()


def test_code_is_preferred_to_a_text_that_quotes_it() -> None:
    def quote(cells: Cells) -> None:
        forget(cells)
        text = "My plan for\ndef zero_pad(X, pad):\nis to call np.pad."
        cells.insert(1, {"cell_type": "markdown", "metadata": {}, "source": text, "id": "plan"})

    notebook, _ = restored(quote)
    assert "START CODE HERE" in notebook.cells[position(notebook.cells, "zero_pad")].source


@pytest.mark.parametrize("solution", [True, False], ids=["answer-in-words", "locked-text"])
def test_markdown_cells_of_the_source_stay_markdown(solution: bool) -> None:
    about = {"grade_id": "why", "grade": solution, "solution": solution, "locked": not solution}
    cell = {"cell_type": "markdown", "id": "why", "source": "Why?"}
    cell["metadata"] = {"nbgrader": about | {"points": 2, "schema_version": 3, "task": False}}
    source, _ = parse_notebook(saved(notebook_data(cell)))
    changed, _ = parse_notebook(saved(notebook_data(cell | {"cell_type": "raw"})))
    assert restore(source, source) == (source, ())
    assert [each.cell_type for each in restore(changed, source)[0].cells] == ["markdown"]


def test_a_deleted_graded_cell_comes_back_behind_every_definition() -> None:
    def answer_below(cells: Cells) -> None:
        del cells[position(cells, "zero_pad_test")]
        own = {"cell_type": "code", "metadata": {}, "id": "mine", "outputs": []}
        own |= {"source": "def zero_pad(X, pad):\n    return X", "execution_count": None}
        cells.append(own)

    notebook, _ = restored(answer_below)
    assert notebook.cells[-1].metadata.nbgrader.grade_id == "zero_pad_test"
