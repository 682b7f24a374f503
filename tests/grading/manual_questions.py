"""A course that asks questions which a person grades, as nbgrader's toolbar makes them."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.course import Course
from tests.submissions import ASSIGNMENT, cell, new_course, save, solved

WORDS, CODE, TASK = "explain_padding", "sketch", "draw_by_hand"
QUESTIONS = (WORDS, CODE, TASK)
STUBS = {
    WORDS: "YOUR ANSWER HERE",
    CODE: "# YOUR CODE HERE\nraise NotImplementedError()",
    TASK: "Draw it.",
}


def question(name: str, source: str) -> NotebookNode:
    """The cell of a question: to be answered in words or in code, or a task to do elsewhere."""
    make = new_code_cell if name == CODE else new_markdown_cell
    made = make(source, id=name.replace("_", "-"))
    made.metadata["nbgrader"] = {
        "grade_id": name,
        "grade": name != TASK,
        "solution": name != TASK,
        "task": name == TASK,
        "locked": name == TASK,
        "points": 10,
        "schema_version": 3,
        "cell_type": made.cell_type,
    }
    return made


def ask(notebook: NotebookNode, **texts: str) -> NotebookNode:
    """``notebook`` with questions behind the first exercise: by name, what is in their cells."""
    place = notebook.cells.index(cell(notebook, "zero_pad_test")) + 1
    notebook.cells[place:place] = [question(name, source) for name, source in texts.items()]
    return notebook


def course_with_questions(folder: Path) -> Course:
    """A course whose notebook asks all three, with model answers."""
    course = new_course(folder)
    assignment = course.assignment(ASSIGNMENT)
    model = {WORDS: "The corners are in one window only.", CODE: "sketch = 1", TASK: "Draw it."}
    save(ask(course.source_notebook(assignment), **model), course.notebook_path(assignment))
    return course


def hand_ins() -> dict[str, NotebookNode]:
    """Right notebooks: with answers, with the stubs of answers, and without."""
    return {
        "answers": ask(solved(), **{**STUBS, WORDS: "They are seen once.", CODE: "sketch = 2"}),
        "deletes": solved(),
        "leaves": ask(solved(), **STUBS),
    }
