"""Judge again from what was kept of a run: nobody's code runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from autograder.execution.faults import METADATA
from autograder.execution.task import NO_USAGE
from autograder.exercises import Assignment
from autograder.expected import AnswerKey
from autograder.grading.attempt import Judged
from autograder.grading.carrying import all_helpers, carry_forward, worth_trying
from autograder.grading.evidence_store import Kept
from autograder.grading.judging import judge, unreadable_result
from autograder.nodes import deep_copy
from autograder.verdicts import NotebookResult


def judge_again(
    kept: Kept, assignment: Assignment, key: AnswerKey, name: str, notes: Sequence[str]
) -> NotebookResult:
    """The verdicts of ``key`` on what was kept of the submission that its result calls ``name``."""
    if kept.gathered is None:
        return unreadable_result(assignment, name, kept.reason)
    result = judge(kept.gathered, assignment, key, name, tuple(notes))
    if kept.again is None:
        return result
    # All that was tried then: nobody loses what a second try has earned already.
    worth = {
        exercise: tried
        for layer in worth_trying(assignment, result)
        for exercise, tried in layer.items()
    }
    tries = {
        exercise.name: worth.get(exercise.name, all_helpers(assignment, exercise))
        for exercise in assignment.exercises
        if kept.again.items.get(exercise.name)
    }
    return carry_forward(result, judge(kept.again, assignment, key, name), tries)


def judged_again(autograded: Path, result: NotebookResult) -> Judged:
    """What there is to save of it: the notebook as it was executed, the new ``result``."""
    # As it is: this program wrote it, and nbformat would look all through it.
    notebook = deep_copy(json.loads(autograded.read_text(encoding="utf-8")))
    about = notebook.metadata[METADATA]
    figures, tier = about.get("figures", False), about.get("tier", "")
    return Judged(notebook, result, NO_USAGE, figures=figures, tier=tier)


def cases_with_other_inputs(kept: Kept, inputs: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The names of the cases whose ``inputs`` are not those that the submission was run with."""
    for exercise, cases in inputs.items():
        for case, digest in cases.items():
            if kept.inputs.get(exercise, {}).get(case) != digest:
                yield case
