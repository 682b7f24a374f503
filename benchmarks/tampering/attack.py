"""What an attack is: data, and how it changes the notebook that is wrong throughout."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nbformat import NotebookNode


class Aim(StrEnum):
    """The grader that an attack is made for. It is tried on all of them."""

    NBGRADER = "nbgrader"
    OTTER = "Otter"
    OURS = "ours"
    ALL = "all"


WRONG_ANSWER = """
def NAME(*arguments, **keywords):
    return RESULT
"""
"""A function that ignores what it is asked. RESULT stands for the parts of its result."""
WRONG = "-7.25"


def _nothing(_: NotebookNode) -> None:
    pass


@dataclass(frozen=True)
class Attack:
    """One way to points without an answer: ``name``, a sentence that says how, and what it changes.

    ``first`` and ``last`` are the sources of cells before the first exercise and after all.
    ``answer`` is each exercise's function, in which NAME, POINTS and RESULT are filled in;
    ``wrong`` stands for each part of RESULT. ``change`` gets the notebook in the end, and ``files``
    lie beside it. With ``earlier``, right answers were handed in and graded before, with that text
    after each of them. What is ``alone`` gets a class of its own, where others would notice it.
    """

    name: str
    sentence: str
    aim: Aim
    first: str = ""
    last: str = ""
    answer: str = WRONG_ANSWER
    wrong: str = WRONG
    change: Callable[[NotebookNode], None] = _nothing
    files: Mapping[str, str] = field(default_factory=dict)
    earlier: str | None = None
    alone: bool = False


def graded_cells(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells that hold the tests, in whichever grader's notebook."""
    return [each for each in notebook.cells if grade_id(each).endswith("_test")]


def grade_id(cell: NotebookNode) -> str:
    """The cell's name, which it has in all three notebooks."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
