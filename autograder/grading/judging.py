"""From an executed notebook to its result: gather evidence, find excuses, ask the judge. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from autograder.counted_lines import is_about_uncounted_lines
from autograder.evidence import EVIDENCE_TYPE
from autograder.execution.faults import Fault, fault_of
from autograder.execution.limits import Limits
from autograder.exercises import Assignment, Exercise
from autograder.expected import AnswerKey
from autograder.judge import REPORTED_TWICE, judge_exercise
from autograder.mistakes import mistakes_of
from autograder.mistakes.naming import name_mistakes
from autograder.release.scaffold import is_untouched, make_stub
from autograder.reports import read_evidence
from autograder.submission.restoring import POINTS_SET_BACK
from autograder.verdicts import Attention, ExerciseResult, NotebookResult, Status, Verdict

Excuse = tuple[Verdict, str]

_KERNEL_FILE = re.compile(r"\((?:\d{1,20}\.py|<[^<>]{0,100}>), line (\d{1,9})\)")
"""How a syntax error names its place: by the kernel's own name for the cell."""
_LONGEST_EXCUSE = 500


_DEEDS = {
    Fault.DIED: "ended the Python process",
    Fault.MEMORY: "used more memory than a submission may",
    Fault.FLOODED: "wrote far more output than a submission may",
    Fault.CROWDED: "started more threads, or wrote more files, than a submission may",
}


@dataclass(frozen=True)
class Gathered:
    """What an executed notebook has to say: all that its verdicts follow from, and JSON.

    ``items`` is the evidence by exercise, ``excuses`` why there is not all of it, and ``faults``
    are the reasons to look at the submission that its run gives.
    """

    items: Mapping[str, list[Any]]
    excuses: Mapping[str, Excuse]
    faults: tuple[Attention, ...] = ()

    def joined(self, other: Gathered) -> Gathered:
        """What both have to say; they are of different exercises."""
        return Gathered(
            {**self.items, **other.items},
            {**self.excuses, **other.excuses},
            tuple(dict.fromkeys((*self.faults, *other.faults))),
        )


def gather(
    executed: NotebookNode, source: NotebookNode, assignment: Assignment, limits: Limits
) -> Gathered:
    """Gather what an executed submission whose cells were restored from ``source`` has to say."""
    found, originals = _by_id(executed), _by_id(source)
    items, excuses = {}, {}
    for exercise in assignment.exercises:
        test = found.get(exercise.test_cell)
        items[exercise.name] = [] if test is None else list(_evidence_items(test))
        if not _is_complete(items[exercise.name], exercise):
            excuse = (
                _excuse_of_test(exercise, test, limits)
                or _excuse_of_solution(exercise, found.get(exercise.name), limits)
                or _excuse_of_stub(exercise, found.get(exercise.name), originals.get(exercise.name))
                or _excuse_of_failed_test(exercise, test)
            )
            if excuse is not None:
                excuses[exercise.name] = excuse
    return Gathered(items, excuses, tuple(_faults(executed)))


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
    if faults & _DEEDS.keys():
        yield Attention.CRASHED
    if faults & {Fault.TIMED_OUT, Fault.NOT_RUN}:
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
    if {result.status for result in results.values()} == {Status.NOT_ATTEMPTED}:
        yield Attention.NOT_ATTEMPTED


def _judge_exercise(gathered: Gathered, exercise: Exercise, key: AnswerKey) -> ExerciseResult:
    items, excuse = gathered.items.get(exercise.name, []), gathered.excuses.get(exercise.name)
    answers = key.answers[exercise.name]
    evidence = read_evidence(items, exercise.name, excuse, answers)
    result = judge_exercise(exercise, answers, evidence)
    if result.status is Status.PASSED:
        return result
    known = mistakes_of(key.assignment, exercise.name)
    return name_mistakes(
        result,
        evidence,
        known,
        key.outcomes(exercise.name),
        key.answers[exercise.name],
        exercise.expectation.tolerance,
    )


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


def _excuse_of_test(exercise: Exercise, cell: NotebookNode | None, limits: Limits) -> Excuse | None:
    fault = fault_of(cell) if cell is not None else None
    if fault is Fault.TIMED_OUT:
        return (
            Verdict.TIMED_OUT,
            f"Calling {exercise.name} took too long: its checks were stopped after "
            f"{limits.cell:g} seconds.",
        )
    if fault is Fault.NOT_RUN:
        return (
            Verdict.TIMED_OUT,
            f"The notebook's {limits.notebook:g} seconds were used up before the checks of "
            f"{exercise.name}.",
        )
    if fault is not None:
        return (Verdict.RAISED, f"Calling {exercise.name} {_DEEDS[fault]}.")
    return None


def _excuse_of_solution(
    exercise: Exercise, cell: NotebookNode | None, limits: Limits
) -> Excuse | None:
    if cell is None:
        return None
    what = f"The cell that defines {exercise.name}"
    fault = fault_of(cell)
    if fault is Fault.TIMED_OUT:
        return (Verdict.TIMED_OUT, f"{what} did not end within {limits.cell:g} seconds.")
    if fault is Fault.NOT_RUN:
        return (Verdict.TIMED_OUT, f"{what} was not run: the notebook's time was up.")
    if fault is not None:
        return (Verdict.RAISED, f"{what} {_DEEDS[fault]}.")
    for name, value in _errors(cell):
        return (Verdict.RAISED, f"{what} ends in {name}: {value}"[:_LONGEST_EXCUSE])
    return None


def _errors(cell: NotebookNode) -> Iterator[tuple[str, str]]:
    """The names of the exceptions that ended ``cell``, and what they say."""
    for output in cell.get("outputs", []):
        if output.get("output_type") == "error":
            said = str(output.evalue)[: 2 * _LONGEST_EXCUSE]
            value = _KERNEL_FILE.sub(r"(line \1 of the cell)", said)
            yield str(output.ename)[:_LONGEST_EXCUSE], value


def _excuse_of_failed_test(exercise: Exercise, cell: NotebookNode | None) -> Excuse | None:
    """A test that ends in a NameError has found no function; all else hinders it from calling."""
    for name, value in () if cell is None else _errors(cell):
        if name != "NameError":
            what = f"{exercise.name} could not be checked, for its checks end in"
            return (Verdict.RAISED, f"{what} {name}: {value}"[:_LONGEST_EXCUSE])
    return None


def _excuse_of_stub(
    exercise: Exercise, cell: NotebookNode | None, original: NotebookNode | None
) -> Excuse | None:
    if cell is None or original is None:
        return None
    if is_untouched(cell.source, make_stub(original.source, exercise.name)):
        return (Verdict.NOT_ATTEMPTED, f"{exercise.name} is not written yet.")
    return None
