"""Error carried forward: a mistake costs its points once.

An exercise that fails, and calls an earlier one that fails too, is tried again with right helpers.
In that process the right helpers can be read; so it may hold the source of nothing that is tried
there. Exercises are therefore tried in layers, each in a process of its own: what is given in one
layer was tried, if at all, in a layer before. What passes earns its points. Nothing else is taken
from these processes: no message, no output, no verdict on anything that did not fail before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from nbformat import NotebookNode

from autograder.exercises import Assignment, Exercise
from autograder.nodes import node, shallow_copy
from autograder.release.hidden_parts import without_markers
from autograder.verdicts import CaseResult, ExerciseResult, NotebookResult, Status, Verdict

Tries = Mapping[str, tuple[str, ...]]
"""Exercises that are tried in one process, and which of their helpers have to be right for it."""


def worth_trying(assignment: Assignment, result: NotebookResult) -> tuple[Tries, ...]:
    """The attempted exercises that lost points and use others that lost points, layer by layer.

    Helpers are those that an exercise calls and those that they call. An exercise is in a later
    layer than every helper of its own that is tried, too.
    """
    lost = {name for name, each in result.exercises.items() if each.score < each.max_score}
    found = {
        exercise.name: tuple(name for name in all_helpers(assignment, exercise) if name in lost)
        for exercise in assignment.exercises
        if exercise.name in lost
        and result.exercises[exercise.name].status is not Status.NOT_ATTEMPTED
    }
    waiting = {name: helpers for name, helpers in found.items() if helpers}
    layers: list[Tries] = []
    while waiting:
        layer = {
            name: helpers for name, helpers in waiting.items() if not waiting.keys() & set(helpers)
        }
        if not layer:  # exercises that use each other are never given to each other
            break
        layers.append(layer)
        waiting = {name: helpers for name, helpers in waiting.items() if name not in layer}
    return tuple(layers)


def all_helpers(assignment: Assignment, exercise: Exercise) -> tuple[str, ...]:
    """The exercises that ``exercise`` uses, and those that they use, in the assignment's order."""
    by_name = {each.name: each for each in assignment.exercises}
    found, waiting = set(), list(exercise.uses)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(by_name[name].uses)
    return tuple(each.name for each in assignment.exercises if each.name in found)


def with_right_helpers(
    notebook: NotebookNode, source: NotebookNode, assignment: Assignment, tries: Tries
) -> NotebookNode:
    """The restored ``notebook`` with right helpers before the graded cells of ``tries``.

    The other graded cells are left out, and the assignment's own examples, on which no answer
    depends: they take most of the time.
    """
    solutions = {_grade_id(cell): cell.source for cell in source.cells if _grade_id(cell)}
    tested = {exercise.test_cell: exercise.name for exercise in assignment.exercises}
    examples = {_code(cell.source) for cell in source.cells if not _grade_id(cell)}
    again = shallow_copy(notebook)
    again.cells = []
    for cell in notebook.cells:
        name = tested.get(_grade_id(cell))
        if cell.cell_type != "code" or (name is not None and name not in tries):
            continue
        if name is None and not _grade_id(cell) and _code(cell.source) in examples:
            continue
        fresh = _without_outputs(cell)
        if name is not None:  # in one cell, which nobody in that process can look at
            helpers = _helpers(solutions[helper] for helper in tries[name])
            fresh["source"] = f"{helpers}\n{cell.source}"
        again.cells.append(fresh)
    return again


def _helpers(sources: Iterable[str]) -> str:
    lines = [line for source in sources for line in without_markers(source).splitlines()]
    return "\n".join(line for line in lines if not line.startswith("@"))


def _without_outputs(cell: NotebookNode) -> NotebookNode:
    fresh = shallow_copy(cell)
    # Faults of the first run are kept in the metadata, and say nothing of this one.
    about = node(nbgrader=cell.metadata["nbgrader"]) if _grade_id(cell) else NotebookNode()
    fresh["outputs"], fresh["metadata"] = [], about
    return fresh


def _code(source: str) -> tuple[str, ...]:
    """``source`` without empty lines and comments that stand alone."""
    lines = (line.rstrip() for line in source.splitlines())
    return tuple(line for line in lines if line and not line.lstrip().startswith("#"))


def _grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def carry_forward(result: NotebookResult, again: NotebookResult, tries: Tries) -> NotebookResult:
    """``result`` with the points of cases that pass in ``again``, where helpers were right."""
    exercises = {
        name: _carried(exercise, again.exercises[name], tries[name]) if name in tries else exercise
        for name, exercise in result.exercises.items()
    }
    return replace(result, exercises=exercises)


def _carried(first: ExerciseResult, again: ExerciseResult, helpers: tuple[str, ...]) -> Any:
    cases = tuple(map(_better, first.cases, again.cases))
    if cases == first.cases:
        return first
    note = (
        f"{_listed(helpers)} {'is' if len(helpers) == 1 else 'are'} wrong, and {first.name} "
        "depends on that. It was tried again with right helpers, and what passed then counts: a "
        "mistake costs its points once."
    )
    return replace(first, cases=cases, notes=(*first.notes, note))


def _better(first: CaseResult, again: CaseResult) -> CaseResult:
    if first.verdict is Verdict.PASSED or again.verdict is not Verdict.PASSED:
        return first
    return replace(
        again,
        message="Right, as soon as the functions that it calls are.",
        details=first.details or first.message,
    )


def _listed(names: tuple[str, ...]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
