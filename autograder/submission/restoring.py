"""Put a submitted notebook back into the shape that the assignment gave it.

Students delete, copy, move and retype cells, and tools strip metadata. The instructor's notebook
says which cells there must be; the students' answers, wherever they are, stay theirs.

- A graded or locked cell is always the source's own; where it is missing it is put back.
- A graded cell stands behind the cell that defines its function.
- Of two cells with the same grade_id the first is it; the others become ordinary cells.
- A solution cell that lost its metadata is known again by its id or by the function it defines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from autograder.nodes import deep_copy, shallow_copy
from autograder.submission.another_notebook import is_another, note_on_another
from autograder.submission.definitions import defines

NBGRADER = "nbgrader"
POINTS_SET_BACK = "were set back"


def restore(notebook: NotebookNode, source: NotebookNode) -> tuple[NotebookNode, tuple[str, ...]]:
    """The submission with the source's graded and locked cells, and notes on what was amiss.

    ``notebook`` is as :mod:`autograder.submission.reading` gives it; it is not changed.
    """
    restored = _copy(notebook)
    notes: list[str] = []
    _restore_kernel(restored, source, notes)
    wanted = {_grade_id(cell): cell for cell in source.cells if _grade_id(cell)}
    found = _recognise(restored.cells, wanted, notes)
    nothing_found = not found
    _demote_strangers(restored.cells, found)
    for grade_id, source_cell in wanted.items():
        if _is_solution(source_cell):
            _restore_solution(restored, found.get(grade_id), source_cell, notes)
        else:
            _restore_locked(restored, found, source_cell, source, notes)
    _order(restored, found, source)
    if nothing_found:
        notes = ["The notebook has none of the assignment's cells."]
    elif is_another(notebook, source):
        notes = [note_on_another(notebook, source)]
    return restored, tuple(notes)


def _copy(notebook: NotebookNode) -> NotebookNode:
    """A copy whose cells and their metadata can be changed; what is below that never is."""
    restored = shallow_copy(notebook)
    restored["metadata"] = shallow_copy(notebook.metadata)
    restored["cells"] = [shallow_copy(cell) for cell in notebook.cells]
    for cell in restored["cells"]:
        cell["metadata"] = shallow_copy(cell["metadata"])
        if "outputs" in cell:
            cell["outputs"] = list(cell["outputs"])
    return restored


def _restore_kernel(notebook: NotebookNode, source: NotebookNode, notes: list[str]) -> None:
    for key in ("kernelspec", "language_info"):
        if key not in source.metadata:
            continue
        name = notebook.metadata.get(key, {})
        theirs = name.get("name") if isinstance(name, dict) else None
        if theirs not in (None, source.metadata[key].get("name")):
            notes.append(f"The notebook's {key} {theirs!r} was set back.")
        notebook.metadata[key] = deep_copy(source.metadata[key])


def _recognise(
    cells: list[NotebookNode], wanted: dict[str, NotebookNode], notes: list[str]
) -> dict[str, NotebookNode]:
    """The submission's cell for each grade_id: by its metadata, else its id, else its function."""
    found: dict[str, NotebookNode] = {}
    for cell in cells:
        grade_id = _grade_id(cell)
        if grade_id in wanted and grade_id not in found:
            found[grade_id] = cell
        elif grade_id in wanted:
            notes.append(f"There were two cells {grade_id!r}; the first one counts.")
    taken = {id(cell) for cell in found.values()}
    for grade_id, source_cell in wanted.items():
        if grade_id in found:
            continue
        free = [cell for cell in cells if id(cell) not in taken and cell.cell_type != "raw"]
        if match := next(_lookalikes(free, source_cell), None):
            found[grade_id] = match
            taken.add(id(match))
            notes.append(f"The cell {grade_id!r} had lost its nbgrader metadata; it was put back.")
    return found


def _lookalikes(cells: list[NotebookNode], source_cell: NotebookNode) -> Iterator[NotebookNode]:
    yield from (cell for cell in cells if cell.id == source_cell.id)
    if _is_solution(source_cell):
        defines = _definition_of(_grade_id(source_cell))
        matches = [cell for cell in cells if defines.search(cell.source)]
        yield from sorted(matches, key=lambda cell: cell.cell_type != "code")


def _definition_of(function: str) -> re.Pattern[str]:
    return re.compile(rf"^def\s+{re.escape(function)}\s*\(", re.MULTILINE)


def _demote_strangers(cells: list[NotebookNode], found: dict[str, NotebookNode]) -> None:
    """Take the nbgrader metadata off every cell that is not the one of its grade_id."""
    chosen = {id(cell) for cell in found.values()}
    for cell in cells:
        if id(cell) not in chosen and NBGRADER in cell.metadata:
            del cell.metadata[NBGRADER]


def _restore_solution(
    notebook: NotebookNode,
    cell: NotebookNode | None,
    source_cell: NotebookNode,
    notes: list[str],
) -> None:
    """Give the student's answer the source's type and metadata; a missing one stays missing."""
    grade_id = _grade_id(source_cell)
    if cell is None:
        code = (each.source for each in notebook.cells if each.cell_type == "code")
        defined = any(defines(source, grade_id) for source in code)
        elsewhere = f"; {grade_id} is defined in another cell" if defined else ""
        notes.append(f"The cell {grade_id!r} is not in the notebook any more{elsewhere}.")
        return
    if cell.cell_type != source_cell.cell_type:
        notes.append(f"The cell {grade_id!r} had become a {cell.cell_type} cell; it was set back.")
        _change_type(cell, source_cell.cell_type)
    cell.metadata[NBGRADER] = deep_copy(source_cell.metadata[NBGRADER])


def _restore_locked(
    notebook: NotebookNode,
    found: dict[str, NotebookNode],
    source_cell: NotebookNode,
    source: NotebookNode,
    notes: list[str],
) -> None:
    grade_id = _grade_id(source_cell)
    fresh: NotebookNode = deep_copy(source_cell)
    cell = found.get(grade_id)
    if cell is None:
        notes.append(f"The cell {grade_id!r} had been deleted; it was put back.")
        fresh.id = _free_id(notebook, fresh.id)
        notebook.cells.insert(_place(notebook, found, source_cell, source), fresh)
        found[grade_id] = fresh
        return
    if _metadata(cell).get("points", points := _metadata(fresh).get("points")) != points:
        notes.append(f"The points of the cell {grade_id!r} {POINTS_SET_BACK}.")
    if cell.cell_type != fresh.cell_type:
        notes.append(f"The cell {grade_id!r} had become a {cell.cell_type} cell; it was set back.")
    keep_id = cell.id
    cell.clear()
    dict.update(cell, fresh)
    cell.id = keep_id


def _place(
    notebook: NotebookNode,
    found: dict[str, NotebookNode],
    source_cell: NotebookNode,
    source: NotebookNode,
) -> int:
    """Where a deleted cell goes: behind the nearest earlier cell that is still there, and behind
    every cell that defines what it grades."""
    place = 0
    earlier = source.cells[: source.cells.index(source_cell)]
    for neighbour in reversed(earlier):
        if (cell := found.get(_grade_id(neighbour))) is not None:
            place = _index(notebook, cell) + 1
            break
    defines = _definition_of(_grade_id(source_cell).removesuffix("_test"))
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "code" and defines.search(cell.source):
            place = max(place, number + 1)
    return place


def _order(notebook: NotebookNode, found: dict[str, NotebookNode], source: NotebookNode) -> None:
    """Move every graded cell that stands before its solution to right behind it."""
    for test_cell in source.cells:
        cell = found.get(_grade_id(test_cell))
        if not _is_graded(test_cell) or cell is None:  # an answer that is graded may be gone
            continue
        solution = found.get(_grade_id(test_cell).removesuffix("_test"))
        if solution is not None and _index(notebook, cell) < _index(notebook, solution):
            del notebook.cells[_index(notebook, cell)]
            notebook.cells.insert(_index(notebook, solution) + 1, cell)


def _index(notebook: NotebookNode, cell: NotebookNode) -> int:
    return next(number for number, other in enumerate(notebook.cells) if other is cell)


def _free_id(notebook: NotebookNode, wanted: str) -> str:
    taken = {cell.id for cell in notebook.cells}
    return wanted if wanted not in taken else f"{wanted[:50]}-restored"


def _change_type(cell: NotebookNode, cell_type: str) -> None:
    cell.cell_type = cell_type
    for key in ("attachments", "outputs", "execution_count"):
        cell.pop(key, None)
    if cell_type == "code":
        cell.outputs, cell.execution_count = [], None


def _metadata(cell: NotebookNode) -> dict[str, Any]:
    metadata = cell.metadata.get(NBGRADER)
    return metadata if isinstance(metadata, dict) else {}


def _grade_id(cell: NotebookNode) -> str:
    grade_id = _metadata(cell).get("grade_id", "")
    return grade_id if isinstance(grade_id, str) else ""


def _is_solution(cell: NotebookNode) -> bool:
    return bool(_metadata(cell).get("solution"))


def _is_graded(cell: NotebookNode) -> bool:
    return bool(_metadata(cell).get("grade"))
