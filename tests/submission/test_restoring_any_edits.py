"""Whatever students do to the cells, the graded ones are back and their own code is still there."""

from __future__ import annotations

import copy
import re
from collections import Counter
from functools import cache

from hypothesis import given
from nbformat import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator

from autograder.submission.reading import parse_notebook
from autograder.submission.restoring import restore
from tests.submission.samples import ASSIGNMENT, assert_valid, saved, source_notebook
from tests.submission.student_edits import ANY_EDITS, MINE, Drawn, edited

SOURCE = source_notebook()


def grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def submitted(edits: Drawn) -> NotebookNode:
    return parse_notebook(saved(edited(edits)))[0]


def restored(edits: Drawn) -> NotebookNode:
    return restore(submitted(edits), SOURCE)[0]


@cache
def metadata_validator() -> MetadataValidator:
    return MetadataValidator()


def test_the_edits_are_aimed_at_cells_of_every_kind() -> None:
    cells = submitted([]).cells
    assert {grade_id(cell) for cell in SOURCE.cells} == {grade_id(cell) for cell in cells}
    assert sum(MINE in cell.source for cell in cells) == 8 + 1
    assert sum(cell.cell_type == "markdown" for cell in cells) > 5


@given(ANY_EDITS)
def test_what_counts_is_as_in_the_source_and_nothing_else_counts(edits: Drawn) -> None:
    marked = [cell for cell in restored(edits).cells if "nbgrader" in cell.metadata]
    found = {grade_id(cell): cell for cell in marked}
    assert len(found) == len(marked)
    assert found.keys() <= {grade_id(cell) for cell in SOURCE.cells if grade_id(cell)}
    for wanted in SOURCE.cells:
        if wanted.metadata.get("nbgrader", {}).get("locked"):
            assert found[grade_id(wanted)] | {"id": ""} == wanted | {"id": ""}
        elif cell := found.get(grade_id(wanted)):
            assert cell.cell_type == "code"
            assert cell.metadata == wanted.metadata


@given(ANY_EDITS)
def test_a_solution_that_is_there_is_known_and_stands_before_its_test(edits: Drawn) -> None:
    notebook = submitted(edits)
    order = [grade_id(cell) for cell in restore(notebook, SOURCE)[0].cells]
    for exercise in ASSIGNMENT.exercises:
        defines = re.compile(rf"^def {exercise.name}\(", re.MULTILINE)
        if any(defines.search(cell.source) for cell in notebook.cells if cell.cell_type != "raw"):
            assert exercise.name in order
        if exercise.name in order:
            assert order.index(exercise.name) < order.index(exercise.test_cell)


def theirs(notebook: NotebookNode, *kinds: str) -> Counter[str]:
    written = [cell for cell in notebook.cells if MINE in cell.source]
    return Counter(cell.source for cell in written if cell.cell_type in kinds)


@given(ANY_EDITS)
def test_what_students_wrote_is_all_still_there(edits: Drawn) -> None:
    before = submitted(edits)
    untouched, source = copy.deepcopy(before), source_notebook()
    after, _ = restore(before, source)
    every = ("code", "markdown", "raw")
    assert theirs(before, *every) == theirs(after, *every)
    assert theirs(before, "code") <= theirs(after, "code")
    assert (before, source) == (untouched, SOURCE)


@given(ANY_EDITS)
def test_the_result_is_valid_and_restoring_it_again_changes_nothing(edits: Drawn) -> None:
    notebook = restored(edits)
    assert_valid(notebook)
    metadata_validator().validate_nb(notebook)
    assert notebook.metadata == SOURCE.metadata
    again, notes = restore(notebook, SOURCE)
    assert again == notebook
    assert all("is not in the notebook any more" in note for note in notes)
