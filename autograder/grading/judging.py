"""From an executed notebook to its result: gather evidence, find excuses, ask the judge. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from nbformat import NotebookNode

from autograder.counted_lines import is_about_uncounted_lines
from autograder.evidence import EVIDENCE_TYPE
from autograder.execution.faults import OUT_OF_TIME, fault_of
from autograder.execution.limits import Limits
from autograder.exercises import Assignment, Exercise
from autograder.expected import AnswerKey
from autograder.grading.causes import Causes
from autograder.grading.excuses import DEEDS, Excuse, excuse_of, excuse_of_stub
from autograder.judge import REPORTED_TWICE, judge_exercise
from autograder.mistakes import mistakes_of
from autograder.mistakes.naming import name_mistakes
from autograder.reports import read_evidence
from autograder.submission.another_notebook import ANOTHER_NOTEBOOK
from autograder.submission.restoring import POINTS_SET_BACK
from autograder.verdicts import Attention, ExerciseResult, NotebookResult, Status, Verdict


@dataclass(frozen=True)
class Gathered:
    """What an executed notebook has to say: all that its verdicts follow from, and JSON.

    ``items`` is the evidence by exercise, ``excuses`` why there is not all of it, and ``faults``
    are the reasons to look at the submission that its run gives. ``notes`` are on exercises, too.
    """

    items: Mapping[str, list[Any]]
    excuses: Mapping[str, Excuse]
    faults: tuple[Attention, ...] = ()
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, exercises: Collection[str]) -> Gathered:
        """What it has to say of ``exercises``, and of the run."""

        def only(said: Mapping[str, Any]) -> dict[str, Any]:
            return {name: each for name, each in said.items() if name in exercises}

        return replace(
            self, items=only(self.items), excuses=only(self.excuses), notes=only(self.notes)
        )

    def with_better(
        self, again: Gathered, exercises: Collection[str], notes: Mapping[str, tuple[str, ...]]
    ) -> Gathered:
        """The same, but what ``again`` has to say of ``exercises``, with ``notes`` on them."""
        mine, theirs = self.of(self.items.keys() - set(exercises)), again.of(exercises)
        notes = {name: (*notes[name], *theirs.notes.get(name, ())) for name in exercises}
        return mine.joined(replace(theirs, notes=notes))

    def joined(self, other: Gathered) -> Gathered:
        """What both have to say; they are of different exercises."""
        return Gathered(
            {**self.items, **other.items},
            {**self.excuses, **other.excuses},
            tuple(dict.fromkeys((*self.faults, *other.faults))),
            {**self.notes, **other.notes},
        )


def gather(
    executed: NotebookNode, source: NotebookNode, assignment: Assignment, limits: Limits
) -> Gathered:
    """Gather what an executed submission whose cells were restored from ``source`` has to say."""
    found, originals = _by_id(executed), _by_id(source)
    items, excuses, notes = {}, {}, {}
    causes = Causes(executed)
    for exercise in assignment.exercises:
        name, test = exercise.name, found.get(exercise.test_cell)
        items[name] = [] if test is None else list(_evidence_items(test))
        if _is_complete(items[name], exercise):
            excuse = excuse_of_stub(exercise, executed, found, originals, own=False)
        else:
            excuse = excuse_of(exercise, executed, found, originals, limits)
            notes[name] = causes.notes(exercise, items[name])
        if excuse is not None:
            excuses[name] = excuse
    faults = (*_faults(executed), *([Attention.MISSING_PACKAGE] if causes.imports else ()))
    return Gathered(items, excuses, faults, {name: each for name, each in notes.items() if each})


def _is_complete(items: list[Any], exercise: Exercise) -> bool:
    """Whether every call is reported and none failed, so that no excuse is wanted."""
    wanted = {(case.name, turn) for case in exercise.cases for turn in case.turns}
    try:
        reported = {(item["case"], item["turn"]) for item in items if item["failure"] is None}
    except (LookupError, TypeError):
        return False
    return wanted <= reported


def _faults(executed: NotebookNode) -> Iterator[Attention]:
    faults = {fault_of(cell) for cell in executed.cells}
    if faults & DEEDS.keys():
        yield Attention.CRASHED
    if faults & OUT_OF_TIME:
        yield Attention.TIMED_OUT


def judge(
    gathered: Gathered,
    assignment: Assignment,
    key: AnswerKey,
    name: str,
    notes: Iterable[str] = (),
) -> NotebookResult:
    """Judge what was gathered of the notebook called ``name``."""
    results = {
        exercise.name: _judge_exercise(gathered, exercise, key) for exercise in assignment.exercises
    }
    notes = tuple(notes)
    attention = (*gathered.faults, *_attention(results, notes))
    return NotebookResult(name, assignment.name, results, notes, attention)


def _attention(
    results: Mapping[str, ExerciseResult], notes: tuple[str, ...]
) -> Iterator[Attention]:
    reports = [note for result in results.values() for note in result.notes]
    if any(map(is_about_uncounted_lines, reports)):
        yield Attention.UNCOUNTED
    if REPORTED_TWICE in reports or any(POINTS_SET_BACK in note for note in notes):
        yield Attention.TAMPERED
    if any(ANOTHER_NOTEBOOK in note for note in notes):
        yield Attention.ANOTHER_NOTEBOOK
    if {result.status for result in results.values()} == {Status.NOT_ATTEMPTED}:
        yield Attention.NOT_ATTEMPTED


def _judge_exercise(gathered: Gathered, exercise: Exercise, key: AnswerKey) -> ExerciseResult:
    items, excuse = gathered.items.get(exercise.name, []), gathered.excuses.get(exercise.name)
    answers = key.answers[exercise.name]
    evidence = read_evidence(items, exercise.name, excuse, answers)
    result = judge_exercise(exercise, answers, evidence)
    result = replace(result, notes=(*gathered.notes.get(exercise.name, ()), *result.notes))
    if result.status is Status.PASSED:
        return result
    if excuse is not None and excuse[0] is Verdict.NOT_ATTEMPTED and not _passed_any(result):
        return judge_exercise(exercise, {}, read_evidence([], exercise.name, excuse))
    known = mistakes_of(key.assignment, exercise.name)
    return name_mistakes(
        result,
        evidence,
        known,
        key.outcomes(exercise.name),
        key.answers[exercise.name],
        exercise.expectation.tolerance,
    )


def _passed_any(result: ExerciseResult) -> bool:
    return any(case.verdict is Verdict.PASSED for case in result.cases)


def unreadable_result(assignment: Assignment, name: str, reason: str) -> NotebookResult:
    """The result of a submission without a notebook that can be graded: zero, with the reason."""
    results = {
        exercise.name: judge_exercise(
            exercise, {}, read_evidence([], exercise.name, (Verdict.MISSING, reason))
        )
        for exercise in assignment.exercises
    }
    return NotebookResult(name, assignment.name, results, (reason,), (Attention.UNREADABLE,))


def _by_id(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The notebook's cells by grade_id; of two with the same, the first."""
    cells: dict[str, NotebookNode] = {}
    for cell in notebook.cells:
        cells.setdefault(cell.metadata.get("nbgrader", {}).get("grade_id"), cell)
    return cells


def _evidence_items(cell: NotebookNode) -> Iterable[Any]:
    for output in cell.get("outputs", []):
        data = output.get("data")
        if isinstance(data, dict) and EVIDENCE_TYPE in data:
            yield data[EVIDENCE_TYPE]
