"""Find out which known mistake a wrong result is. Pure, and never a guess.

A mistake is named where the student's function gives what the mistake gives in every case in which
the mistake shows: value for value, or an error of the same type. The types of errors alone say too
little: in one case at least it has to be a value, or else the errors' words. Where no value can be
foreseen, as that of training, a mistake has a sign by which it is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.instant_checks.comparison import DOUBLE_PRECISION, Tolerance, compare
from autograder.instant_checks.packing import unpack
from autograder.mistakes.declaration import Mistake
from autograder.verdicts import ExerciseResult, Verdict

if TYPE_CHECKING:
    from autograder.expected import Answer
    from autograder.expected.outcomes import CaseOutcomes, MistakenOutcome
    from autograder.reports import Evidence, Report

WRONG = {Verdict.DIFFERS, Verdict.WRONG_SHAPE, Verdict.WRONG_TYPE, Verdict.RAISED}
"""Verdicts on what came back. A known mistake is one of these, whatever else is wrong."""
_NO_NUMBER = np.float64(1.25e300)
"""Stands for NaN, which equals nothing, itself included."""


def name_mistakes(
    result: ExerciseResult,
    evidence: Evidence,
    known: Mapping[str, Mistake],
    outcomes: Mapping[str, CaseOutcomes],
    answers: Mapping[str, Answer],
    tolerance: Tolerance = DOUBLE_PRECISION,
) -> ExerciseResult:
    """``result`` with the known mistakes named in the cases that show them.

    ``outcomes`` are by mistake and case, in which only cases are that tell it from a right answer.
    Of several that fit a case, the one is named that shows in the most cases. ``answers`` are by
    case; numbers are equal within ``tolerance``.
    """
    wrong = {case.name for case in result.cases if case.verdict in WRONG}
    if not wrong:
        return result
    reports = {name: evidence.reports.get((name, 1)) for name in wrong}
    found = {
        mistake: set(cases)
        for mistake, cases in outcomes.items()
        if cases and cases.keys() <= wrong and _is(reports, cases, tolerance)
    }
    found |= {
        id: wrong
        for id, mistake in known.items()
        if _is_error(mistake, reports) or _is_seen(mistake, reports, answers)
    }
    in_order = sorted(found, key=lambda mistake: len(found[mistake]))
    named = {case: mistake for mistake in in_order for case in found[mistake]}
    cases = tuple(replace(case, mistake=named.get(case.name)) for case in result.cases)
    return replace(result, cases=cases)


def _is(reports: Mapping[str, Report | None], cases: CaseOutcomes, tolerance: Tolerance) -> bool:
    if all(outcome.error and not outcome.words for outcome in cases.values()):
        return False
    return all(_same(reports[case], outcome, tolerance) for case, outcome in cases.items())


def _same(report: Report | None, outcome: MistakenOutcome, tolerance: Tolerance) -> bool:
    if report is None:
        return False
    if report.failure is None:
        return _equal(report.value, "", "", outcome, tolerance)
    return _equal(None, report.failure.error, report.failure.message, outcome, tolerance)


def same_outcome(
    one: MistakenOutcome, other: MistakenOutcome, tolerance: Tolerance = DOUBLE_PRECISION
) -> bool:
    """Whether both are the same error, or values that compare as results do."""
    return _equal(one.value, one.error, one.words, other, tolerance)


def _equal(
    value: Any, error: str, words: str, outcome: MistakenOutcome, tolerance: Tolerance
) -> bool:
    if error or outcome.error:
        return error == outcome.error and (not outcome.words or words == outcome.words)
    found, expected = _with_numbers(value), _with_numbers(outcome.value)
    return compare(found, expected, tolerance=tolerance) is None


def _with_numbers(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(map(_with_numbers, value))
    if isinstance(value, dict):
        return {key: _with_numbers(item) for key, item in value.items()}
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        missing = np.isnan(value)
        return np.where(missing, _NO_NUMBER, value) if missing.any() else value
    if isinstance(value, float | np.floating) and value != value:
        return _NO_NUMBER
    return value


def _is_error(mistake: Mistake, reports: Mapping[str, Report | None]) -> bool:
    if mistake.raises is None:
        return False
    failures = [report.failure if report else None for report in reports.values()]
    return all(
        failure is not None and mistake.raises.match(f"{failure.error}: {failure.message}")
        for failure in failures
    )


def _is_seen(
    mistake: Mistake, reports: Mapping[str, Report | None], answers: Mapping[str, Answer]
) -> bool:
    if mistake.sign is None:
        return False
    return all(
        report is not None
        and report.failure is None
        and mistake.sign(report.value, answers[case].expected, unpack(answers[case].arguments))
        for case, report in reports.items()
    )
