"""What a source notebook must be like to be reviewed and released: no outputs, stable cell ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from nbformat import NotebookNode

from autograder.errors import CourseError
from autograder.exercises import Assignment, Exercise
from autograder.release.hidden_parts import check_hidden_markers
from autograder.release.scaffold import make_stub


def complaints(notebook: NotebookNode, assignment: Assignment) -> list[str]:
    """Everything that is wrong with the instructor's notebook, one sentence each."""
    return [
        *_stored_outputs(notebook),
        *_ids(notebook, assignment),
        *_interface(notebook, assignment),
        *_markers(notebook, assignment),
    ]


def _stored_outputs(notebook: NotebookNode) -> Iterator[str]:
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and (cell.outputs or cell.execution_count is not None):
            name = cell.get("id", f"number {number}")
            yield f"The cell {name!r} has outputs stored: clear all outputs and save."


def _ids(notebook: NotebookNode, assignment: Assignment) -> Iterator[str]:
    if (notebook.nbformat, notebook.nbformat_minor) < (4, 5):
        yield "The notebook is older than format 4.5, so its cells have no stable ids."
        return
    for cell_id, count in Counter(cell.id for cell in notebook.cells).items():
        if count > 1:
            yield f"The cell id {cell_id!r} is used {count} times."
    # All others may have ids that an editor made up: nobody looks for these cells by their ids.
    declared = {each for exercise in assignment.exercises for each in _cells_of(exercise)}
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        if grade_id in declared and _looks_random(cell.id):
            yield (
                f"The cell {grade_id!r} has the id {cell.id!r}, which looks made up by an editor. "
                "Students' cells that lost their metadata are known again by this id, so it is to "
                "stay what was handed out, even if the cell is cut and pasted. Open the notebook's "
                'file as text (in JupyterLab: right click, Open With, Editor) and put behind "id" '
                "what the file in release/ has there, or a name of your own."
            )


def _looks_random(cell_id: str) -> bool:
    """Editors give ids such as ``3f2a9c1e`` or UUIDs: hexadecimal, with a digit."""
    letters = cell_id.replace("-", "")
    return (
        len(letters) >= 8
        and set(letters) <= set("0123456789abcdef")
        and any(letter.isdigit() for letter in letters)
    )


def _cells_of(exercise: Exercise) -> tuple[str, str]:
    """The grade_ids of its solution cell and of its graded cell."""
    return exercise.name, exercise.test_cell


def _interface(notebook: NotebookNode, assignment: Assignment) -> Iterator[str]:
    """Solution cells are named as the functions, graded cells ``<function>_test``, with points."""
    marked = [cell.metadata["nbgrader"] for cell in notebook.cells if "nbgrader" in cell.metadata]
    found = {about.get("grade_id"): about for about in marked}
    for grade_id, count in Counter(about.get("grade_id") for about in marked).items():
        if grade_id is None:
            yield "A cell has nbgrader metadata without a grade_id."
        elif count > 1:
            yield f"The grade_id {grade_id!r} is used {count} times."
    for exercise in assignment.exercises:
        if not found.get(exercise.name, {}).get("solution"):
            yield f"There is no solution cell with the grade_id {exercise.name!r}."
        test = found.get(exercise.test_cell, {})
        if not test.get("grade"):
            yield f"There is no graded cell with the grade_id {exercise.test_cell!r}."
        elif test.get("points") != exercise.points:
            yield f"The cell {exercise.test_cell!r} must be worth {exercise.points:g} points."


def _markers(notebook: NotebookNode, assignment: Assignment) -> Iterator[str]:
    """What students find themselves, and what they never see, is between lines that say so."""
    exercises = {exercise.name for exercise in assignment.exercises}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", cell.get("id", ""))
        try:
            if name in exercises and cell.cell_type == "code":
                make_stub(cell.source, name)
            check_hidden_markers(cell.source, name)
        except CourseError as error:
            yield str(error)
