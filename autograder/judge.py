"""The trusted side: evidence and answer key in, verdicts out. Pure, and the only place that scores.

The evidence was made in the student's process and may be forged, cut off or missing. Forging gains
nothing: a result earns points only if it equals the expected output, which that process never sees.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from autograder.exercises import Case, Exercise
from autograder.expected import Answer
from autograder.instant_checks.comparison import compare_result
from autograder.instant_checks.packing import unpack, unpack_like
from autograder.instant_checks.trial import Failure
from autograder.verdicts import CaseResult, ExerciseResult, Verdict

Finding = tuple[Verdict, str, str]
"""A verdict, the message for the student, and the details for the instructor."""

MALFORMED = (
    LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError
)  # fmt: skip
"""What reading JSON of any other shape can raise."""

REPORTED_TWICE = "Some results were reported more than once, which the collector never does."
PASSED: Finding = (Verdict.PASSED, "", "")
_NO_ANSWERS: Mapping[str, Answer] = MappingProxyType({})


@dataclass(frozen=True)
class Report:
    """One piece of evidence: what the collector says about one call."""

    value: Any
    failure: Failure | None
    arguments: str
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """All that was collected for one exercise: reports by case name and turn (1 or 2).

    ``excuse`` says why there may be none, and which verdict that means: the cell ran out of time,
    the process ended, the stub was never touched. ``doubled`` is set if a call was reported twice,
    which the collector never does.
    """

    reports: Mapping[tuple[str, int], Report]
    excuse: tuple[Verdict, str] | None = None
    doubled: bool = False


def turns(case: Case) -> tuple[int, ...]:
    """Which calls of a case the collector makes: hidden ones come again, after the others."""
    return (1,) if case.public else (1, 2)


def read_evidence(
    items: Iterable[Any],
    exercise: str,
    excuse: tuple[Verdict, str] | None = None,
    answers: Mapping[str, Answer] = _NO_ANSWERS,
) -> Evidence:
    """Read evidence as it came out of the student's process, leaving out whatever is malformed.

    Where the second call gave to the letter what the first did, both reports are one object; where
    a part of a result is to the letter the expected one of ``answers``, it is that object.
    """
    reports: dict[tuple[str, int], Report] = {}
    first: dict[str, tuple[Any, Report]] = {}
    doubled = False
    for item in items:
        try:
            if item["exercise"] != exercise:
                continue
            key = (str(item["case"]), int(item["turn"]))
            same = _same_but_for_the_turn(item, first.get(key[0]))
            report = first[key[0]][1] if same else _read_report(item, answers.get(key[0]))
        except MALFORMED:
            continue
        first.setdefault(key[0], (item, report))
        doubled = doubled or key in reports
        reports[key] = report
    return Evidence(reports, excuse, doubled)


def _same_but_for_the_turn(
    item: Mapping[str, Any], earlier: tuple[Mapping[str, Any], Report] | None
) -> bool:
    return earlier is not None and earlier[0] == {**item, "turn": earlier[0]["turn"]}


def _read_report(item: Mapping[str, Any], answer: Answer | None) -> Report:
    failure = item["failure"]
    return Report(
        value=None if failure is not None else _read_value(item["value"], answer),
        failure=None if failure is None else _read_failure(failure),
        arguments=str(item["arguments"]),
        warnings=tuple(str(text)[:500] for text in item["warnings"][:5]),
    )


def _read_value(packed: Any, answer: Answer | None) -> Any:
    if answer is None:
        return unpack(packed)
    return unpack_like(packed, answer.packed_expected, answer.expected)


def _read_failure(failure: Mapping[str, Any]) -> Failure:
    return Failure(
        error=str(failure["error"])[:100],
        message=str(failure["message"])[:500],
        function=str(failure["function"])[:100],
        line=int(failure["line"]),
        code=str(failure["code"])[:200],
    )


def judge_exercise(
    exercise: Exercise, answers: Mapping[str, Answer], evidence: Evidence
) -> ExerciseResult:
    """Judge every case of ``exercise`` by its answer; answers are by case name.

    Without an answer (a submission that cannot be read) a case is judged by the excuse alone.
    """
    cases = tuple(
        _judge_case(exercise, case, answers.get(case.name), evidence) for case in exercise.cases
    )
    return ExerciseResult(exercise.name, float(exercise.points), cases, _notes(evidence))


def _judge_case(
    exercise: Exercise, case: Case, answer: Answer | None, evidence: Evidence
) -> CaseResult:
    verdict, message, details = _find(exercise, case, answer, evidence)
    return CaseResult(
        name=case.name,
        verdict=verdict,
        points=float(case.points) if verdict is Verdict.PASSED else 0.0,
        max_points=float(case.points),
        public=case.public,
        message=message,
        details=details,
    )


def _find(exercise: Exercise, case: Case, answer: Answer | None, evidence: Evidence) -> Finding:
    first = evidence.reports.get((case.name, 1))
    if answer is None or first is None or (first.failure is not None and _not_attempted(evidence)):
        return _no_report(exercise, evidence)
    finding = _find_in_report(exercise, case, answer, first)
    if finding != PASSED or case.public:
        return finding
    second = evidence.reports.get((case.name, 2))
    if second is None:
        return _no_report(exercise, evidence)
    if second is first:  # the same to the letter, and found right
        return PASSED
    if _find_in_report(exercise, case, answer, second) != PASSED:
        return (
            Verdict.DIFFERS,
            "The result was right at first, but wrong when the same inputs came again after "
            "others. Does the function keep something between calls, or use a variable from "
            "outside?",
            "",
        )
    return PASSED


def _not_attempted(evidence: Evidence) -> bool:
    """An untouched stub fails in one way or another; unless the answer is written elsewhere."""
    return evidence.excuse is not None and evidence.excuse[0] is Verdict.NOT_ATTEMPTED


def _no_report(exercise: Exercise, evidence: Evidence) -> Finding:
    if evidence.excuse is not None:
        return (*evidence.excuse, "")
    reason = (
        f"The notebook does not define {exercise.name} before its checks run. "
        "Is the name spelt exactly like this?"
    )
    return (Verdict.MISSING, reason, "")


def _find_in_report(exercise: Exercise, case: Case, answer: Answer, report: Report) -> Finding:
    if report.failure is not None:
        return (Verdict.RAISED, report.failure.in_words(), "")
    difference = compare_result(report.value, answer.expected, exercise.returns)
    if difference is not None:
        message = difference.in_words(with_values=case.public)
        return (Verdict(difference.kind), message, difference.in_words(with_values=True))
    if report.arguments != answer.digest:
        return (
            Verdict.INPUT_CHANGED,
            "The result is right, but the function changed its inputs. Work on a copy.",
            "",
        )
    return PASSED


def _notes(evidence: Evidence) -> tuple[str, ...]:
    texts = [text for report in evidence.reports.values() for text in report.warnings]
    notes = [f"A warning, which costs nothing: {text}" for text in dict.fromkeys(texts)]
    if evidence.doubled:
        notes.append(REPORTED_TWICE)
    return tuple(notes)
