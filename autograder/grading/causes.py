"""Why a name was not there when an exercise was checked: a cell that stopped before it was defined.

Whoever runs a notebook top-down finds the cause above; on a page of verdicts it has to be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from nbformat import NotebookNode

from autograder.exercises import Exercise
from autograder.submission.definitions import defines
from autograder.verdicts import NOT_THERE

_NO_NAME = re.compile(r"name '(\w{1,100})' is not defined")
_NO_MODULE = re.compile(r"No module named '(\w{1,100})")
_LONGEST = 300

Stopped = Mapping[int, str]
"""By a cell's place in its notebook, the error that it ends in."""


def stopped_cells(notebook: NotebookNode) -> dict[int, str]:
    """The cells of an executed ``notebook`` that end in an error."""
    return {
        place: f"{output.ename}: {output.evalue}"[:_LONGEST]
        for place, cell in enumerate(notebook.cells)
        for output in cell.get("outputs", ())
        if output.get("output_type") == "error"
    }


def undefined_names(items: Sequence[Any]) -> tuple[str, ...]:
    """The names that were not there when the evidence ``items`` were collected."""
    names = (_undefined(error, message) for error, message in _failures(items))
    return tuple(dict.fromkeys(name for name in names if name))


def _undefined(error: str, message: str = "") -> str:
    """The name that was not there, if that is what this error says."""
    found = _NO_NAME.search(message) if error == "NameError" else None
    return found[1] if found else ""


def missing_package(error: str) -> str:
    """The package for want of which a cell stopped; empty if it was another error."""
    found = _NO_MODULE.search(error) if error.startswith("ModuleNotFoundError") else None
    return found[1] if found else ""


def _is_about_imports(error: str) -> bool:
    """Whether what is imported is not there, or not in this version."""
    return error.startswith(("ModuleNotFoundError", "ImportError"))


def stopped_before(
    name: str, place: int, notebook: NotebookNode, stopped: Stopped
) -> Iterator[tuple[str, int]]:
    """``name``, and the places before ``place`` of the stopped cells that would have defined it.

    A cell may have stopped for want of another name: then that, and who would have defined it.
    """
    for each in stopped:
        if each < place and defines(notebook.cells[each].source, name):
            yield name, each
            if wanted := _undefined(*stopped[each].split(": ", 1)):
                yield from stopped_before(wanted, each, notebook, stopped)


def _failures(items: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """The errors in evidence, whatever shape it has."""
    for item in items:
        failure = item.get("failure") if isinstance(item, dict) else None
        if isinstance(failure, dict):
            yield str(failure.get("error"))[:_LONGEST], str(failure.get("message"))[:_LONGEST]


class Causes:
    """Says why names were not there in an executed notebook.

    ``imports`` tells whether exercises lost by an import of what is not there.
    """

    def __init__(self, executed: NotebookNode) -> None:
        """Look for the cells that stopped."""
        self._notebook, self._stopped = executed, stopped_cells(executed)
        self.imports = False

    def notes(self, exercise: Exercise, items: Sequence[Any]) -> tuple[str, ...]:
        """Sentences on what ``exercise`` wanted and did not find; its evidence is ``items``."""
        self.imports = self.imports or any(
            _is_about_imports(error) for error, _ in _failures(items)
        )
        wanted = undefined_names(items) or (() if items else (exercise.name,))
        return tuple(note for name in wanted for note in self._why_not(name, exercise))

    def _why_not(self, name: str, exercise: Exercise) -> Iterator[str]:
        place = _place_of(exercise.test_cell, self._notebook)
        for each, where in stopped_before(name, place, self._notebook, self._stopped):
            error = self._stopped[where]
            self.imports = self.imports or _is_about_imports(error)
            yield f"{each} {NOT_THERE}, ends in {error}"


def _place_of(grade_id: str, notebook: NotebookNode) -> int:
    for place, cell in enumerate(notebook.cells):
        if cell.metadata.get("nbgrader", {}).get("grade_id") == grade_id:
            return place
    return -1
