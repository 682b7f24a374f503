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
def test_every_graded_or_locked_cell_is_there_once_as_in_the_source(edits: Drawn) -> None:
    cells = restored(edits).cells
    for wanted in SOURCE.cells:
        if not wanted.metadata.get("nbgrader", {}).get("locked"):
            continue
        (cell,) = (each for each in cells if grade_id(each) == grade_id(wanted))
        assert cell | {"id": ""} == wanted | {"id": ""}


@given(ANY_EDITS)
def test_solution_cells_keep_the_metadata_of_the_source(edits: Drawn) -> None:
    found = {grade_id(cell): cell for cell in restored(edits).cells}
    for wanted in SOURCE.cells:
        cell = found.get(grade_id(wanted))
        if cell is not None and grade_id(wanted):
            assert cell.cell_type == "code"
            assert cell.metadata["nbgrader"] == wanted.metadata["nbgrader"]


@given(ANY_EDITS)
def test_no_cell_counts_that_the_source_does_not_have(edits: Drawn) -> None:
    counted = Counter(
        grade_id(cell) for cell in restored(edits).cells if "nbgrader" in cell.metadata
    )
    assert set(counted) <= {grade_id(cell) for cell in SOURCE.cells}
    assert set(counted.values()) == {1}


@given(ANY_EDITS)
def test_a_solution_is_known_as_long_as_its_function_is_there(edits: Drawn) -> None:
    before, after = submitted(edits), restored(edits)
    known = {grade_id(cell) for cell in after.cells}
    for exercise in ASSIGNMENT.exercises:
        defines = re.compile(rf"^def {exercise.name}\(", re.MULTILINE)
        if any(defines.search(cell.source) for cell in before.cells if cell.cell_type != "raw"):
            assert exercise.name in known


@given(ANY_EDITS)
def test_a_graded_cell_stands_behind_its_solution(edits: Drawn) -> None:
    order = [grade_id(cell) for cell in restored(edits).cells]
    for exercise in ASSIGNMENT.exercises:
        if exercise.name in order:
            assert order.index(exercise.name) < order.index(exercise.test_cell)


@given(ANY_EDITS)
def test_what_students_wrote_is_all_still_there(edits: Drawn) -> None:
    def theirs(notebook: NotebookNode, *kinds: str) -> Counter[str]:
        return Counter(
            cell.source
            for cell in notebook.cells
            if MINE in cell.source and cell.cell_type in kinds
        )

    before, after = submitted(edits), restored(edits)
    every = ("code", "markdown", "raw")
    assert theirs(before, *every) == theirs(after, *every)
    assert theirs(before, "code") <= theirs(after, "code")


@given(ANY_EDITS)
def test_restoring_again_changes_nothing(edits: Drawn) -> None:
    once = restored(edits)
    twice, notes = restore(once, SOURCE)
    assert twice == once
    assert all("is not in the notebook any more" in note for note in notes)


@given(ANY_EDITS)
def test_submission_and_source_stay_as_they_are(edits: Drawn) -> None:
    notebook, source = submitted(edits), source_notebook()
    before = copy.deepcopy(notebook)
    restore(notebook, source)
    assert notebook == before
    assert source == SOURCE


@given(ANY_EDITS)
def test_the_result_is_valid_for_jupyter_and_for_nbgrader(edits: Drawn) -> None:
    notebook = restored(edits)
    assert_valid(notebook)
    metadata_validator().validate_nb(notebook)
    assert notebook.metadata["kernelspec"] == SOURCE.metadata["kernelspec"]
    assert notebook.metadata["language_info"] == SOURCE.metadata["language_info"]
