"""Notebooks of another course: the functions have the names of ours, and nothing else is the same.

What is graded is functions, so these are, too. But no cell of such a notebook was deleted or has
lost anything; what there is to say of it is one sentence, and where each function was found.
"""

from __future__ import annotations

from nbformat import NotebookNode

from autograder.release.hidden_parts import without_hidden_tests
from autograder.submission.definitions import defines

ANOTHER_NOTEBOOK = "another notebook than the one that was handed out"
"""What the note says, by which to know it."""
_OURS = 0.1
"""The share of the assignment's cells that is in a notebook of its own, whatever was deleted."""


def is_another(notebook: NotebookNode, source: NotebookNode) -> bool:
    """Whether ``notebook`` has answers to the assignment of ``source``, but hardly a cell of it.

    Cells are known by their grade_id, their id, or what stands in them.
    """
    wanted = {_grade_id(cell) for cell in source.cells} - {""}
    if any(_grade_id(cell) in wanted for cell in notebook.cells):
        return False
    ids = {cell.id for cell in notebook.cells}
    texts = {cell.source.strip() for cell in notebook.cells}
    shared = sum(cell.id in ids or bool(texts & {_released(cell)}) for cell in source.cells)
    functions = [_grade_id(cell) for cell in source.cells if _is_solution(cell)]
    answered = any(_definers(notebook, function) for function in functions)
    return answered and shared < _OURS * len(source.cells)


def note_on_another(notebook: NotebookNode, source: NotebookNode) -> str:
    """What to say of such a ``notebook``: a sentence, and below it a line for each function."""
    places = {
        _grade_id(cell): _definers(notebook, _grade_id(cell))
        for cell in source.cells
        if _is_solution(cell)
    }
    found = sum(map(bool, places.values()))
    sentence = (
        f"This is {ANOTHER_NOTEBOOK}: of the assignment's {len(places)} functions it defines "
        f"{found}, which were graded by their names."
    )
    return "\n".join([sentence, *map(_line, places, places.values())])


def _line(function: str, places: list[int]) -> str:
    if not places:
        return f"{function}: not there."
    cells = "cell" if len(places) == 1 else "cells"
    return f"{function}: defined in {cells} {', '.join(map(str, places))}."


def _definers(notebook: NotebookNode, function: str) -> list[int]:
    """The numbers, from 1, of the cells that define ``function``."""
    return [
        number
        for number, cell in enumerate(notebook.cells, 1)
        if cell.cell_type == "code" and defines(cell.source, function)
    ]


def _released(cell: NotebookNode) -> str:
    """What students were given of a cell; of graded ones that is what is not hidden."""
    return without_hidden_tests(cell.source).strip() or cell.id


def _grade_id(cell: NotebookNode) -> str:
    about = cell.metadata.get("nbgrader")
    grade_id = about.get("grade_id", "") if isinstance(about, dict) else ""
    return grade_id if isinstance(grade_id, str) else ""


def _is_solution(cell: NotebookNode) -> bool:
    return bool(_grade_id(cell)) and bool(cell.metadata["nbgrader"].get("solution"))
