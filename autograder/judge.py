"""The trusted side: evidence and answer key in, verdicts out. Pure, and the only place that scores.

The evidence was made in the student's process and may be forged, cut off or missing. Forging gains
nothing: a result earns points only if it equals the expected output, which that process never sees.
"""

from __future__ import annotations

from collections.abc import Mapping

from autograder.counted_lines import complaint_about_lines, notes_on_lines
from autograder.exercises import Case, Exercise
from autograder.expected import Answer
from autograder.instant_checks.packing import unpack
from autograder.instant_checks.trial import COPIED
from autograder.reports import Evidence, Report
from autograder.verdicts import CaseResult, ExerciseResult, Verdict

Finding = tuple[Verdict, str, str]
"""A verdict, the message for the student, and the details for the instructor."""

REPORTED_TWICE = "Some results were reported more than once, which the collector never does."
PASSED: Finding = (Verdict.PASSED, "", "")


def judge_exercise(
    exercise: Exercise, answers: Mapping[str, Answer], evidence: Evidence
) -> ExerciseResult:
    """Judge every case of ``exercise`` by its answer; answers are by case name.

    Without an answer (a submission that cannot be read) a case is judged by the excuse alone.
    """
    cases = tuple(
        _judge_case(exercise, case, answers.get(case.name), evidence) for case in exercise.cases
    )
    notes = (*_notes(evidence), *notes_on_lines(exercise.cases, cases, evidence))
    return ExerciseResult(exercise.name, float(exercise.points), cases, notes)


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
    if finding != PASSED or case.turns == (1,):
        return _find_in_conduct(exercise, case, evidence) if finding == PASSED else finding
    second = evidence.reports.get((case.name, 2))
    if second is None:
        return _no_report(exercise, evidence)
    # The same to the letter was found right already.
    if second is not first and _find_in_report(exercise, case, answer, second) != PASSED:
        return (
            Verdict.DIFFERS,
            "The result was right at first, but wrong when the same inputs came again after "
            "others. Does the function keep something between calls, or use a variable from "
            "outside?",
            "",
        )
    return _find_in_conduct(exercise, case, evidence)


def _find_in_conduct(exercise: Exercise, case: Case, evidence: Evidence) -> Finding:
    """What is to be said of how a right result came about."""
    if exercise.view and case.name in evidence.copied:
        return (
            Verdict.COPIED,
            COPIED,
            "",
        )
    if not case.same_lines_as:
        return PASSED
    complaint = complaint_about_lines(case, evidence)
    return PASSED if complaint is None else (Verdict.LOOPS, f"The result is right. {complaint}", "")


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
    difference = exercise.expectation.difference(
        report.value, answer.expected, lambda: unpack(answer.arguments)
    )
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
