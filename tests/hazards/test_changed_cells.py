"""Hazards 7 and 8: cells that were copied, deleted, retyped, or lost their metadata."""

from __future__ import annotations

import copy

import nbformat

from autograder import grade_notebook
from tests.submissions import EXERCISES, cell, save, solved


def _graded(notebook, tmp_path):
    return grade_notebook(save(notebook, tmp_path / "submission.ipynb"))


def test_a_copied_graded_cell_counts_once(tmp_path):
    """Row 7: the first counts, the feedback says so, nothing aborts."""
    notebook = solved()
    for grade_id in ("zero_pad_test", "zero_pad"):
        notebook.cells.append(copy.deepcopy(cell(notebook, grade_id)))
        notebook.cells[-1].id += "-copy"
    result = _graded(notebook, tmp_path)
    assert result.score == 100
    assert any("two cells 'zero_pad_test'" in note for note in result.notes)


def test_deleted_graded_cells_are_put_back(tmp_path):
    """Row 8: stock nbgrader leaves such a submission waiting for a person for ever."""
    notebook = solved()
    notebook.cells = [
        each
        for each in notebook.cells
        if not each.metadata.get("nbgrader", {}).get("grade_id", "").endswith("_test")
    ]
    assert _graded(notebook, tmp_path).score == 100


def test_stripped_metadata_is_put_back(tmp_path):
    """Row 8: as after a round trip through a tool that keeps only sources."""
    notebook = nbformat.v4.new_notebook()
    for each in solved().cells:
        new = nbformat.v4.new_code_cell if each.cell_type == "code" else None
        notebook.cells.append((new or nbformat.v4.new_markdown_cell)(each.source))
    assert _graded(notebook, tmp_path).score == 100


def test_changed_types_points_and_kernel_are_set_back(tmp_path):
    """Row 8: a student cannot set the points, nor lose them by a wrong kernel."""
    notebook = solved()
    for name in EXERCISES:
        cell(notebook, f"{name}_test").metadata["nbgrader"]["points"] = 1000
    cell(notebook, "zero_pad_test").cell_type = "markdown"
    cell(notebook, "conv_forward").cell_type = "raw"
    for grade_id in ("zero_pad_test", "conv_forward"):
        for key in ("outputs", "execution_count"):
            cell(notebook, grade_id).pop(key, None)
    notebook.metadata["kernelspec"] = {"name": "julia", "display_name": "J", "language": "julia"}
    result = _graded(notebook, tmp_path)
    assert (result.score, result.max_score) == (100, 100)


def test_an_answer_that_is_gone_is_zero_with_the_reason(tmp_path):
    """Row 8: and the other exercises are graded."""
    notebook = solved()
    notebook.cells.remove(cell(notebook, "distribute_value"))
    result = _graded(notebook, tmp_path)
    missing = result.exercises["distribute_value"]
    assert missing.score == 0
    assert {case.verdict for case in missing.cases} == {"missing"}
    assert "does not define distribute_value" in missing.cases[0].message
    assert result.exercises["zero_pad"].score == 5


def test_an_answer_in_another_cell_counts(tmp_path):
    """Whoever keeps the stub and answers in a cell of their own above the checks has answered."""
    notebook = solved()
    answer = cell(notebook, "zero_pad").source
    notebook.cells.insert(
        notebook.cells.index(cell(notebook, "zero_pad_test")), nbformat.v4.new_code_cell(answer)
    )
    cell(notebook, "zero_pad").source = "# see below"
    assert _graded(notebook, tmp_path).score == 100
