"""Each thing that can be wrong with an instructor's notebook is complained of, in words."""

from __future__ import annotations

import copy
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from autograder.exercises import Assignment
from autograder.release.hidden_parts import BEGIN_HIDDEN
from autograder.release.hygiene import _looks_random, complaints
from autograder.release.scaffold import END, START
from tests.release.real_course import ASSIGNMENT, ASSIGNMENTS, notebook


def cell_of(source: NotebookNode, grade_id: str) -> NotebookNode:
    for cell in source.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            return cell
    raise AssertionError(grade_id)


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.name)
def test_the_course_s_own_notebooks_are_clean(assignment: Assignment) -> None:
    assert complaints(notebook("notebooks", assignment), assignment) == []


@pytest.mark.parametrize(
    "stored", [{"outputs": [new_output("stream", text="1")]}, {"execution_count": 3}]
)
def test_stored_outputs(stored: dict[str, Any]) -> None:
    source = notebook("notebooks")
    cell_of(source, "zero_pad").update(stored)
    (complaint,) = complaints(source, ASSIGNMENT)
    assert complaint.startswith("The cell 'zero-pad-code' has outputs stored")
    assert "clear all outputs" in complaint


def test_an_old_format_without_ids() -> None:
    source = notebook("notebooks")
    source.nbformat_minor = 4
    for cell in source.cells:
        del cell["id"]
    assert complaints(source, ASSIGNMENT) == [
        "The notebook is older than format 4.5, so its cells have no stable ids."
    ]


def test_stored_outputs_in_an_old_format() -> None:
    source = notebook("notebooks")
    source.nbformat_minor = 4
    for cell in source.cells:
        del cell["id"]
    cell_of(source, "zero_pad").execution_count = 3
    assert len(complaints(source, ASSIGNMENT)) == 2


def test_an_id_that_is_used_twice() -> None:
    source = notebook("notebooks")
    source.cells[0].id = source.cells[1].id
    assert complaints(source, ASSIGNMENT) == ["The cell id 'goals' is used 2 times."]


MADE_UP = ["3f2a9c1e", "12345678", "0fc4a8c2-7a0e-4d3c-9f57-3d2f0f5b7a11"]


@pytest.mark.parametrize("cell_id", MADE_UP)
@pytest.mark.parametrize("grade_id", ["zero_pad", "zero_pad_test"])
def test_an_id_that_an_editor_made_up(cell_id: str, grade_id: str) -> None:
    """Of a cell by whose id a student's is known again; it is told how to change it."""
    source = notebook("notebooks")
    cell_of(source, grade_id).id = cell_id
    (complaint,) = complaints(source, ASSIGNMENT)
    assert complaint.startswith(f"The cell {grade_id!r} has the id {cell_id!r}, which looks made")
    assert "as text" in complaint


@pytest.mark.parametrize("cell_id", MADE_UP)
def test_a_cell_that_was_added_in_an_editor(cell_id: str) -> None:
    """Text, code and a question that a person grades: no editor lets anybody name a cell."""
    source = notebook("notebooks")
    added = [
        new_markdown_cell("**Deadline:** Friday.", id=cell_id),
        new_code_cell("import this", id=f"{cell_id}0"),
        new_markdown_cell("Why?", id=f"{cell_id}1"),
    ]
    marks = {"grade": True, "solution": True, "locked": False, "points": 10, "task": False}
    added[2].metadata["nbgrader"] = {"grade_id": f"cell-{cell_id}", "schema_version": 3, **marks}
    source.cells[3:3] = added
    assert complaints(source, ASSIGNMENT) == []


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.name)
def test_our_own_cells_have_names(assignment: Assignment) -> None:
    """So that who reviews a change of a notebook sees which cell it is."""
    ids = [cell.id for cell in notebook("notebooks", assignment).cells]
    assert [each for each in ids if _looks_random(each)] == []


@pytest.mark.parametrize("cell_id", ["facade", "step-2", "cafe-1", "feedbeef", "zero-pad-2"])
def test_an_id_that_a_person_gave(cell_id: str) -> None:
    source = notebook("notebooks")
    source.cells[0].id = cell_id
    assert complaints(source, ASSIGNMENT) == []


@pytest.mark.parametrize("exercise", ASSIGNMENT.exercises, ids=lambda each: each.name)
def test_a_solution_cell_that_is_missing_or_none(exercise: Any) -> None:
    wanted = [f"There is no solution cell with the grade_id {exercise.name!r}."]
    missing, none = notebook("notebooks"), notebook("notebooks")
    missing.cells.remove(cell_of(missing, exercise.name))
    cell_of(none, exercise.name).metadata["nbgrader"]["solution"] = False
    assert complaints(missing, ASSIGNMENT) == wanted
    assert complaints(none, ASSIGNMENT) == wanted


@pytest.mark.parametrize("exercise", ASSIGNMENT.exercises, ids=lambda each: each.name)
def test_a_graded_cell_that_is_missing_or_none(exercise: Any) -> None:
    wanted = [f"There is no graded cell with the grade_id {exercise.test_cell!r}."]
    missing, none = notebook("notebooks"), notebook("notebooks")
    missing.cells.remove(cell_of(missing, exercise.test_cell))
    cell_of(none, exercise.test_cell).metadata["nbgrader"]["grade"] = False
    assert complaints(missing, ASSIGNMENT) == wanted
    assert complaints(none, ASSIGNMENT) == wanted


@pytest.mark.parametrize(
    ("line", "instead"),
    [(START, START.lower()), (END, "### END CODE HERE"), (START, ""), (END, "## end code here ##")],
)
@pytest.mark.parametrize("exercise", ASSIGNMENT.exercises[:2], ids=lambda each: each.name)
def test_a_start_or_end_line_that_is_mistyped(exercise: Any, line: str, instead: str) -> None:
    source = notebook("notebooks")
    cell = cell_of(source, exercise.name)
    cell.source = cell.source.replace(line, instead)
    (complaint,) = complaints(source, ASSIGNMENT)
    assert complaint.startswith(f"The solution cell {exercise.name} needs exactly one line with")
    assert instead in complaint


@pytest.mark.parametrize("line", ["### Begin hidden tests", "# BEGIN HIDDEN TEST"])
def test_hidden_tests_that_a_mistyped_line_would_show(line: str) -> None:
    source = notebook("notebooks")
    cell = cell_of(source, "zero_pad_test")
    cell.source = cell.source.replace(BEGIN_HIDDEN, line)
    (complaint,) = complaints(source, ASSIGNMENT)
    assert complaint.startswith(f"The cell zero_pad_test has a line {line!r}, which hides nothing")


@pytest.mark.parametrize("points", [0, 4.5, 500, None])
def test_points_that_are_not_the_declared_ones(points: Any) -> None:
    source = notebook("notebooks")
    cell_of(source, "zero_pad_test").metadata["nbgrader"]["points"] = points
    assert complaints(source, ASSIGNMENT) == ["The cell 'zero_pad_test' must be worth 5 points."]


def test_everything_that_is_wrong_is_said_at_once() -> None:
    source = notebook("notebooks")
    source.cells[0].id = source.cells[1].id
    cell_of(source, "zero_pad").execution_count = 3
    cell_of(source, "zero_pad_test").metadata["nbgrader"]["points"] = 1
    assert len(complaints(source, ASSIGNMENT)) == 3


def test_an_empty_notebook_lacks_every_exercise() -> None:
    empty = nbformat.v4.new_notebook()
    assert len(complaints(empty, ASSIGNMENT)) == 2 * len(ASSIGNMENT.exercises)


def test_a_grade_id_that_is_used_twice() -> None:
    source = notebook("notebooks")
    twin = copy.deepcopy(cell_of(source, "zero_pad_test"))
    twin.id = "twin"
    source.cells.append(twin)
    assert complaints(source, ASSIGNMENT) != []


def test_nbgrader_metadata_without_a_grade_id() -> None:
    source = notebook("notebooks")
    source.cells[0].metadata["nbgrader"] = {"schema_version": 3}
    assert isinstance(complaints(source, ASSIGNMENT), list)
