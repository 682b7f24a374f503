"""What is handed in: a notebook that is right, or wrong throughout, and wrong with an attack.

They are made from a release: this project's own, or its translation for another grader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.exercises import Assignment
from autograder.release.hidden_parts import without_markers
from benchmarks.courses import REPOSITORY
from benchmarks.tampering import published
from benchmarks.tampering.attack import WRONG, WRONG_ANSWER, Attack, grade_id

ASSIGNMENT: Assignment = REPOSITORY.assignment("convolution_step_by_step")
_RESULTS = {
    "conv_forward": "(WRONG, arguments)",
    "pool_forward": "(WRONG, arguments[:2])",
    "conv_backward": "(WRONG, WRONG, WRONG)",
}
"""The results that have parts. A cache alone can be right, and earns nothing."""


ALL_RIGHT, ALL_WRONG, PUBLISHED = "all-right", "all-wrong", "published-results"


@dataclass(frozen=True)
class HandedIn:
    """A notebook and the files beside it; ``earlier`` is what was handed in before it.

    What is ``alone`` may do something to others of its class where it is not held.
    """

    name: str
    notebook: NotebookNode
    files: Mapping[str, str] = field(default_factory=dict)
    earlier: NotebookNode | None = None
    alone: bool = False


def right_answers() -> dict[str, str]:
    """The instructor's function for each exercise."""
    source = REPOSITORY.source_notebook(ASSIGNMENT)
    answers = {grade_id(cell): without_markers(cell.source) for cell in source.cells}
    return {each.name: _plain(answers[each.name]) for each in ASSIGNMENT.exercises}


def right(release: NotebookNode, after_each: str = "") -> NotebookNode:
    """``release`` with the instructor's answers, and ``after_each`` of them some more."""
    answers = right_answers()
    added = {name: f"{answers[name]}\n{_filled_in(after_each, name)}" for name in answers}
    return _answered(release, added)


def wrong(release: NotebookNode, answer: str = WRONG_ANSWER, part: str = WRONG) -> NotebookNode:
    """``release`` with every exercise answered wrongly."""
    answers = {each.name: _filled_in(answer, each.name, part) for each in ASSIGNMENT.exercises}
    return _answered(release, answers)


def controls(release: NotebookNode) -> list[HandedIn]:
    """What nobody tampered with: all right, all wrong, and right for the published runs alone."""
    return [
        HandedIn(ALL_RIGHT, right(release)),
        HandedIn(ALL_WRONG, wrong(release)),
        HandedIn(PUBLISHED, _published(release)),
    ]


def _published(release: NotebookNode) -> NotebookNode:
    notebook = wrong(release, published.ANSWER)
    _put_first(notebook, published.look_up(ASSIGNMENT))
    return notebook


def _put_first(notebook: NotebookNode, source: str) -> None:
    """Put a code cell before the first exercise."""
    place = [grade_id(cell) for cell in notebook.cells].index(ASSIGNMENT.exercises[0].name)
    notebook.cells.insert(place, nbformat.v4.new_code_cell(source.strip()))


def attacking(release: NotebookNode, attack: Attack) -> HandedIn:
    """``release`` answered wrongly and tampered with."""
    notebook = wrong(release, attack.answer, attack.wrong)
    if attack.first:
        _put_first(notebook, _names(attack.first))
    if attack.last:
        notebook.cells.append(nbformat.v4.new_code_cell(_names(attack.last)))
    attack.change(notebook)
    earlier = None if attack.earlier is None else right(release, attack.earlier)
    return HandedIn(attack.name, notebook, attack.files, earlier, attack.alone)


def _answered(release: NotebookNode, answers: Mapping[str, str]) -> NotebookNode:
    notebook = nbformat.from_dict(release)
    for cell in notebook.cells:
        cell.source = answers.get(grade_id(cell), cell.source)
    return notebook


def _plain(source: str) -> str:
    """``source`` without decorators, which other graders' notebooks don't have."""
    return "\n".join(line for line in source.splitlines() if not line.startswith("@"))


def _filled_in(text: str, name: str, part: str = WRONG) -> str:
    result = _RESULTS.get(name, "WRONG").replace("WRONG", part)
    points = f"{ASSIGNMENT.exercise(name).points:g}"
    filled = text.replace("RESULT", result).replace("POINTS", points).replace("NAME", name)
    return filled.strip()


def _names(source: str) -> str:
    return source.replace("EXERCISES", repr([each.name for each in ASSIGNMENT.exercises])).strip()


def lay_down(folder: Path, notebook: NotebookNode, files: Mapping[str, str]) -> None:
    """Write a notebook and the files beside it into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = {f"{ASSIGNMENT.name}.ipynb": nbformat.writes(notebook), **files}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
