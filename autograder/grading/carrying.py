"""Error carried forward: a mistake costs its points once.

An exercise that fails, and calls an earlier one that fails too, is tried again with right helpers
in a process of its own. What passes there earns its points. Nothing else is taken from that
process, for in it the right helpers can be read: no message, no output, no verdict on anything
that did not fail before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from nbformat import NotebookNode

from autograder.execution.limits import Limits
from autograder.exercises import Assignment
from autograder.expected import AnswerKey
from autograder.grading.judging import judge_notebook
from autograder.nodes import node, shallow_copy
from autograder.release.hidden_parts import without_markers
from autograder.verdicts import CaseResult, ExerciseResult, NotebookResult, Status, Verdict

Tries = Mapping[str, tuple[str, ...]]
"""Exercises that are worth another try, and which of their helpers have to be right for it."""


def worth_trying(assignment: Assignment, result: NotebookResult) -> Tries:
    """The attempted exercises that lost points and use others that lost points."""
    lost = {name for name, each in result.exercises.items() if each.score < each.max_score}
    found = {
        exercise.name: tuple(name for name in exercise.uses if name in lost)
        for exercise in assignment.exercises
        if exercise.name in lost
        and result.exercises[exercise.name].status is not Status.NOT_ATTEMPTED
    }
    return {name: helpers for name, helpers in found.items() if helpers}


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
        if name is not None:
            again.cells.append(_helpers(solutions[helper] for helper in tries[name]))
        if name is not None or _grade_id(cell) or _code(cell.source) not in examples:
            again.cells.append(_without_outputs(cell))
    return again


def _helpers(sources: Iterable[str]) -> NotebookNode:
    lines = [line for source in sources for line in without_markers(source).splitlines()]
    plain = "\n".join(line for line in lines if not line.startswith("@"))
    return node(
        id="right-helpers",
        cell_type="code",
        source=plain,
        metadata=NotebookNode(),
        outputs=[],
        execution_count=None,
    )


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
    return " and ".join(names)


def judge_carrying_forward(
    executed: NotebookNode,
    source: NotebookNode,
    assignment: Assignment,
    key: AnswerKey,
    limits: Limits,
    name: str,
    notes: Iterable[str],
    run: Callable[[NotebookNode], NotebookNode],
) -> NotebookResult:
    """Judge an executed notebook, and what is worth another try again; ``run`` executes it."""
    result = judge_notebook(executed, source, assignment, key, limits, name, notes)
    tries = worth_trying(assignment, result)
    if not tries:
        return result
    again = run(with_right_helpers(executed, source, assignment, tries))
    return carry_forward(
        result, judge_notebook(again, source, assignment, key, limits, name), tries
    )
