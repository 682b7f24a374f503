"""Attacks on the notebook file: its graded cells, their tags, points and checksums."""

from __future__ import annotations

import copy

import nbformat
from nbformat import NotebookNode

from benchmarks.tampering.attack import Aim, Attack, graded_cells


def _skip(notebook: NotebookNode) -> None:
    for cell in graded_cells(notebook):
        cell.metadata["tags"] = ["skip-execution"]


def _ignore(notebook: NotebookNode) -> None:
    for cell in graded_cells(notebook):
        cell.metadata["tags"] = ["otter_ignore", "remove_cell", "remove-cell", "nbval-skip"]


def _delete(notebook: NotebookNode) -> None:
    graded = graded_cells(notebook)
    notebook.cells = [cell for cell in notebook.cells if cell not in graded]


def _empty(notebook: NotebookNode) -> None:
    for cell in graded_cells(notebook):
        cell.source = "pass"


def _raise_points(notebook: NotebookNode) -> None:
    for cell in graded_cells(notebook):
        cell.metadata.nbgrader.update(points=1000, max_score=1000, score=1000)
        cell.metadata["points"] = 1000


def _strip(notebook: NotebookNode) -> None:
    for cell in graded_cells(notebook):
        cell.metadata.nbgrader.pop("checksum", None)
        cell.metadata.nbgrader.update(grade=True, solution=True, locked=False)
        cell.source = "pass"


def _as_text(notebook: NotebookNode) -> None:
    for place, cell in enumerate(notebook.cells):
        if cell in graded_cells(notebook):
            text = nbformat.v4.new_markdown_cell("See my answer.")
            text.metadata = cell.metadata
            notebook.cells[place] = text


def _double(notebook: NotebookNode) -> None:
    for cell in graded_cells(notebook):
        twin = copy.deepcopy(cell)
        twin.source, twin.id = "1.0", f"{cell.get('id', 'cell')}-2"
        notebook.cells.insert(notebook.cells.index(cell), twin)


ATTACKS = (
    Attack("skip-tag", "The graded cells are tagged skip-execution.", Aim.NBGRADER, change=_skip),
    Attack("ignore-tag", "The graded cells are tagged to be ignored.", Aim.OTTER, change=_ignore),
    Attack("graded-cells-deleted", "There are no graded cells.", Aim.ALL, change=_delete),
    Attack("graded-cells-pass", "The graded cells hold nothing but pass.", Aim.ALL, change=_empty),
    Attack(
        "points-raised",
        "The graded cells' metadata says 1,000 points.",
        Aim.NBGRADER,
        change=_raise_points,
    ),
    Attack(
        "checksums-stripped",
        "Graded cells have no checksum, and say that they are an answer to be read.",
        Aim.NBGRADER,
        change=_strip,
    ),
    Attack("graded-cells-as-text", "The graded cells are Markdown.", Aim.NBGRADER, change=_as_text),
    Attack(
        "graded-cells-doubled",
        "Before each graded cell there is another of its name, which passes.",
        Aim.NBGRADER,
        change=_double,
        alone=True,
    ),
)
