"""Evidence in, verdicts out: every verdict, every message, and no point that was not earned.

The toy exercise ``share`` divides an array by a number and returns the result and the number.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.exercises import Case, Exercise
from autograder.expected import Answer, compute_key
from autograder.instant_checks.packing import digest, pack
from autograder.judge import judge_exercise
from autograder.reports import Evidence, read_evidence
from autograder.verdicts import CaseResult, ExerciseResult, Status, Verdict
from tests.in_tensorflow import computable, right_function
from tests.oracles.evidence import collected, reported

EXERCISE = Exercise(
    name="share",
    points=6,
    returns=("shares", "parts"),
    cases=(
        Case("by two", 1, (), public=True),
        Case("by three", 2, ()),
        Case("by seven", 3, ()),
    ),
)
TIMED_OUT = (Verdict.TIMED_OUT, "The time was up.")
NOT_ATTEMPTED = (Verdict.NOT_ATTEMPTED, "share was not attempted.")


def share(X: Any, parts: Any) -> Any:
    """The solution."""
    return X / parts, parts


def _answer(parts: int) -> Answer:
    arguments = (np.array([[1234.5, -4321.25], [8.0, 16.0]]), parts)
    return Answer(pack(arguments), digest(arguments), share(*arguments))


ANSWERS = {"by two": _answer(2), "by three": _answer(3), "by seven": _answer(7)}


def evidence_of(function: Callable[..., Any]) -> list[dict[str, Any]]:
    """What the collector makes of a student's function."""
    return collected(EXERCISE, ANSWERS, function)


def judge(items: Any, excuse: tuple[Verdict, str] | None = None) -> ExerciseResult:
    """The result for this evidence."""
    return judge_exercise(EXERCISE, ANSWERS, read_evidence(items, "share", excuse))


def verdict_on_all(function: Callable[..., Any]) -> tuple[Verdict, CaseResult, CaseResult]:
    """The one verdict that ``function`` gets on every case, a public and a hidden case's result."""
    result = judge(evidence_of(function))
    assert len({case.verdict for case in result.cases}) == 1
    assert result.score == 0.0
    assert all(case.points == 0.0 for case in result.cases)
    assert all(case.message for case in result.cases)
    return result.cases[0].verdict, result.cases[0], result.cases[1]


def test_a_right_function_gets_every_point() -> None:
    result = judge(evidence_of(share))
    assert (result.name, result.score, result.max_score) == ("share", 6.0, 6.0)
    assert result.status is Status.PASSED
    assert [case.points for case in result.cases] == [1.0, 2.0, 3.0]
    assert [case.max_points for case in result.cases] == [1.0, 2.0, 3.0]
    assert [case.public for case in result.cases] == [True, False, False]
    assert [case.name for case in result.cases] == ["by two", "by three", "by seven"]
    assert {case.message + case.details for case in result.cases} == {""}
    assert result.notes == ()
    assert type(result.score) is float


@pytest.mark.parametrize("assignment", computable())
def test_the_reference_gets_every_point_of_the_course(assignment: Any) -> None:
    key = compute_key(assignment, seed=1234)
    for exercise in assignment.exercises:
        answers = key.answers[exercise.name]
        items = collected(exercise, answers, right_function(exercise.name))
        result = judge_exercise(exercise, answers, read_evidence(items, exercise.name))
        assert result.score == exercise.points
        assert result.status is Status.PASSED


def test_other_numbers_differ() -> None:
    verdict, public, hidden = verdict_on_all(lambda X, parts: (X / (parts + 1), parts))
    assert verdict is Verdict.DIFFERS
    assert "shares" in public.message
    assert "617.25" in public.message  # the expected number
    assert "411.5" in public.message  # the one that was found
    assert "411.5" in hidden.details  # the expected number
    assert "308.625" in hidden.details  # the one that was found
    assert "411.5" not in hidden.message
    assert "first one at [0, 0]" in hidden.message


def test_another_shape_is_wrong() -> None:
    verdict, public, hidden = verdict_on_all(lambda X, parts: ((X / parts)[:1], parts))
    assert verdict is Verdict.WRONG_SHAPE
    assert "(1, 2)" in public.message
    assert "(1, 2)" in hidden.message


@pytest.mark.parametrize(
    "function",
    [
        lambda X, parts: None,
        lambda X, parts: X / parts,
        lambda X, parts: [X / parts, parts],
        lambda X, parts: ((X / parts).tolist(), parts),
        lambda X, parts: ((X / parts).astype(complex), parts),
        lambda X, parts: ((X / parts).astype(object), parts),
        lambda X, parts: (np.ma.masked_array(X / parts), parts),
        lambda X, parts: (X / parts, str(parts)),
        lambda X, parts: (X / parts, True),
        lambda X, parts: (X / parts, parts, 1),
    ],
)
def test_another_type_is_wrong(function: Callable[..., Any]) -> None:
    assert verdict_on_all(function)[0] is Verdict.WRONG_TYPE


def test_an_error_is_told() -> None:
    def broken(X: Any, parts: Any) -> Any:
        raise ValueError("no idea")

    verdict, public, hidden = verdict_on_all(broken)
    assert verdict is Verdict.RAISED
    assert "ValueError: no idea" in public.message
    assert "ValueError: no idea" in hidden.message


def test_a_right_result_with_changed_inputs_is_told() -> None:
    def in_place(X: Any, parts: Any) -> Any:
        X /= parts
        return X, parts

    verdict, _, hidden = verdict_on_all(in_place)
    assert verdict is Verdict.INPUT_CHANGED
    assert "changed its inputs" in hidden.message


def test_a_wrong_result_is_told_before_changed_inputs() -> None:
    def in_place(X: Any, parts: Any) -> Any:
        X += parts
        return X, parts

    assert verdict_on_all(in_place)[0] is Verdict.DIFFERS


def test_no_evidence_means_no_function() -> None:
    result = judge([])
    assert {case.verdict for case in result.cases} == {Verdict.MISSING}
    assert (result.score, result.status) == (0.0, Status.NOT_ATTEMPTED)
    assert all("does not define share" in case.message for case in result.cases)


@pytest.mark.parametrize("excuse", [TIMED_OUT, NOT_ATTEMPTED])
def test_an_excuse_stands_for_missing_evidence(excuse: tuple[Verdict, str]) -> None:
    result = judge([], excuse)
    assert {(case.verdict, case.message) for case in result.cases} == {excuse}
    assert result.score == 0.0


def test_cases_before_the_time_was_up_count() -> None:
    items = [item for item in evidence_of(share) if item["case"] != "by seven"]
    result = judge(items, TIMED_OUT)
    verdicts = [case.verdict for case in result.cases]
    assert verdicts == [Verdict.PASSED, Verdict.PASSED, Verdict.TIMED_OUT]
    assert (result.score, result.status) == (3.0, Status.TIMED_OUT)


def test_an_untouched_stub_is_not_attempted_however_it_fails() -> None:
    def stub(X: Any, parts: Any) -> Any:
        raise TypeError("cannot unpack non-iterable NoneType object")

    result = judge(evidence_of(stub), NOT_ATTEMPTED)
    assert {case.verdict for case in result.cases} == {Verdict.NOT_ATTEMPTED}
    assert result.status is Status.NOT_ATTEMPTED


def test_an_answer_written_outside_of_its_stub_counts() -> None:
    assert judge(evidence_of(share), NOT_ATTEMPTED).score == 6.0


def test_without_answers_the_excuse_is_all_there_is() -> None:
    result = judge_exercise(EXERCISE, {}, Evidence({}, TIMED_OUT))
    assert {(case.verdict, case.message) for case in result.cases} == {TIMED_OUT}
    assert result.max_score == 6.0


def test_hidden_cases_must_be_reported_twice_and_public_ones_once() -> None:
    items = [item for item in evidence_of(share) if item["turn"] == 1]
    result = judge(items)
    assert [case.points for case in result.cases] == [1.0, 0.0, 0.0]
    assert [case.verdict for case in result.cases[1:]] == [Verdict.MISSING] * 2
    assert judge(items, TIMED_OUT).cases[1].verdict is Verdict.TIMED_OUT


def test_a_second_turn_alone_earns_nothing() -> None:
    assert judge([item for item in evidence_of(share) if item["turn"] == 2]).score == 0.0


def test_a_function_that_remembers_is_found_out() -> None:
    calls: list[Any] = []

    def remembers(X: Any, parts: Any) -> Any:
        calls.append(parts)
        return X / (parts if len(calls) <= 3 else calls[0]), parts

    result = judge(evidence_of(remembers))
    verdicts = [case.verdict for case in result.cases]
    assert verdicts == [Verdict.PASSED, Verdict.DIFFERS, Verdict.DIFFERS]
    assert "same inputs came again" in result.cases[1].message
    assert (result.score, result.status) == (1.0, Status.PARTLY)


def test_a_function_that_fails_the_second_time_is_found_out() -> None:
    first = [item for item in evidence_of(share) if item["turn"] == 1]
    second = [
        reported(EXERCISE, case, 2, lambda X, parts: 1 / 0, ANSWERS[case.name])
        for case in EXERCISE.cases[1:]
    ]
    assert [case.points for case in judge(first + second).cases] == [1.0, 0.0, 0.0]


def test_a_wrong_first_turn_is_not_mended_by_a_right_second_one() -> None:
    items = [item for item in evidence_of(share) if item["turn"] == 2]
    items += [
        reported(EXERCISE, case, 1, lambda X, parts: (X, parts), ANSWERS[case.name])
        for case in EXERCISE.cases
    ]
    assert judge(items).score == 0.0


def test_each_case_is_judged_on_its_own() -> None:
    result = judge(evidence_of(lambda X, parts: (X / min(parts, 3), parts)))
    assert [case.points for case in result.cases] == [1.0, 2.0, 0.0]
    assert (result.score, result.status) == (3.0, Status.PARTLY)


def test_a_failure_of_every_case_is_a_failure() -> None:
    assert judge(evidence_of(lambda X, parts: None)).status is Status.FAILED


def test_reports_in_any_order_count() -> None:
    assert judge(reversed(evidence_of(share))).score == 6.0


def test_evidence_of_another_exercise_does_not_count() -> None:
    items = [{**item, "exercise": "other"} for item in evidence_of(share)]
    assert judge(items).score == 0.0


def test_results_of_another_case_do_not_count() -> None:
    items = [{**item, "case": "by two"} for item in evidence_of(share)]
    assert judge(items).score <= 1.0


def test_doubled_evidence_is_noted() -> None:
    result = judge(evidence_of(share) + evidence_of(share))
    assert any("more than once" in note for note in result.notes)
    assert result.score == 6.0
    assert judge(evidence_of(share)).notes == ()


def test_warnings_are_noted_once_and_cost_nothing() -> None:
    def talkative(X: Any, parts: Any) -> Any:
        warnings.warn("np.float is no more", DeprecationWarning, stacklevel=2)
        return share(X, parts)

    result = judge(evidence_of(talkative))
    assert result.score == 6.0
    (note,) = result.notes
    assert "DeprecationWarning: np.float is no more" in note
    assert "costs nothing" in note
