"""Whatever comes out of the student's process, the judge neither fails nor is fooled."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.exercises import Case, Exercise
from autograder.expected import Answer
from autograder.instant_checks.packing import digest, pack
from autograder.judge import judge_exercise
from autograder.reports import read_evidence
from autograder.verdicts import ExerciseResult, Verdict
from tests.oracles.evidence import collected, forgeries, json_values

PUBLIC, HIDDEN = "the public case", "the hidden case"
EXERCISE = Exercise(
    name="cube",
    points=3,
    returns=("cubes",),
    cases=(Case(PUBLIC, 1, (), public=True), Case(HIDDEN, 2, ())),
)


def cube(X: Any) -> Any:
    """The solution."""
    return X**3


def _answer(seed: int) -> Answer:
    arguments = (np.random.default_rng(seed).normal(size=(2, 3)),)
    return Answer(pack(arguments), digest(arguments), cube(*arguments))


ANSWERS = {PUBLIC: _answer(1), HIDDEN: _answer(2)}
RIGHT = collected(EXERCISE, ANSWERS, cube)
WRONG = collected(EXERCISE, ANSWERS, lambda X: X)
SHARES = {0.0, 1.0, 2.0, 3.0}

any_excuse = st.none() | st.tuples(
    st.sampled_from([Verdict.TIMED_OUT, Verdict.NOT_ATTEMPTED]), st.text(max_size=5)
)


def judge(items: list[Any], excuse: tuple[Verdict, str] | None = None) -> ExerciseResult:
    """The result, whose score must be a plain float in bounds."""
    result = judge_exercise(EXERCISE, ANSWERS, read_evidence(items, "cube", excuse))
    assert type(result.score) is float
    assert 0.0 <= result.score <= result.max_score == 3.0
    assert result.score in SHARES
    assert [case.name for case in result.cases] == [PUBLIC, HIDDEN]
    return result


@given(items=st.lists(json_values, max_size=5), excuse=any_excuse)
def test_any_json_is_read_and_scores_nothing(items: list[Any], excuse: Any) -> None:
    assert judge(items, excuse).score == 0.0


@given(data=st.data(), excuse=any_excuse)
def test_forgeries_of_wrong_evidence_score_nothing(data: Any, excuse: Any) -> None:
    items = [data.draw(forgeries(item)) for item in WRONG]
    assert judge(items, excuse).score == 0.0


@given(data=st.data(), excuse=any_excuse)
def test_damage_to_one_report_takes_no_point_of_another(data: Any, excuse: Any) -> None:
    items = [data.draw(st.just(item) | forgeries(item)) for item in RIGHT]
    intact = [item for item, right in zip(items, RIGHT, strict=True) if item == right]
    assert judge(items, excuse).score >= judge(intact, excuse).score


@given(data=st.data())
def test_reports_of_unknown_cases_change_nothing(data: Any) -> None:
    strangers = [{**data.draw(forgeries(item)), "case": "no such case"} for item in RIGHT]
    assert judge(RIGHT + strangers).score == 3.0


@pytest.mark.parametrize(
    "value",
    [
        pack(True),
        pack(np.inf),
        pack(np.full((2, 3), np.nan)),
        pack(np.full((2, 3), np.inf)),
        pack(np.ones((2, 3), bool)),
        pack(np.zeros((2, 0))),
        {"omitted": {"shape": [2, 3], "dtype": "float64"}},
        {"opaque": "ndarray"},
        {"complex": []},
        {"array": {"dtype": "O", "shape": [6], "data": "A" * 64}},
        {"array": {"dtype": "(,)f8", "shape": [2, 3], "data": ""}},
        {"array": {"dtype": "<f8", "shape": [-2, -3], "data": "A" * 64}},
        {"array": {"dtype": "<f8", "shape": [10**9, 10**9], "data": "A" * 64}},
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_forged_result_scores_nothing(value: Any) -> None:
    assert judge([{**item, "value": value} for item in RIGHT]).score == 0.0


@pytest.mark.parametrize(
    "change",
    [
        {"turn": float("inf")},
        {"turn": 3},
        {"turn": None},
        {"case": []},
        {"failure": {}},
        {"failure": {"error": "E", "message": "", "function": "", "line": 1e999, "code": ""}},
        {"failure": "none"},
        {"arguments": None},
        {"arguments": ""},
        {"warnings": 5},
        {"warnings": {}},
    ],
    ids=str,
)
def test_a_damaged_report_scores_nothing(change: dict[str, Any]) -> None:
    assert judge([{**item, **change} for item in RIGHT]).score == 0.0


@pytest.mark.parametrize("part", RIGHT[0])
def test_a_report_with_a_part_missing_scores_nothing(part: str) -> None:
    items = [{key: value for key, value in item.items() if key != part} for item in RIGHT]
    assert judge(items).score == 0.0


@pytest.mark.parametrize("part", ["case", "value", "arguments", "warnings", "failure"])
def test_a_report_nested_as_deep_as_json_goes_scores_nothing(part: str) -> None:
    deep: Any = []
    for _ in range(2_000):
        deep = [deep]
    if part == "value":
        deep = {"text": deep}
    if part == "failure":
        deep = {"error": deep, "message": "", "function": "", "line": 1, "code": ""}
    if part == "warnings":
        deep = [deep]
    assert judge([{**item, part: deep} for item in RIGHT]).score == 0.0


def test_a_failure_reported_beside_a_right_result_is_a_failure() -> None:
    failure = {"error": "ValueError", "message": "", "function": "f", "line": 3, "code": "x"}
    result = judge([{**item, "failure": failure} for item in RIGHT])
    assert {case.verdict for case in result.cases} == {Verdict.RAISED}


def test_messages_of_forged_failures_are_cut_short() -> None:
    failure = dict.fromkeys(["error", "message", "function", "code"], "x" * 10**6)
    result = judge([{**item, "failure": {**failure, "line": 3}} for item in RIGHT])
    assert all(len(case.message) < 1_000 for case in result.cases)


def test_forged_warnings_are_cut_short_and_few() -> None:
    items = [{**item, "warnings": [f"{number}" * 10**5 for number in range(99)]} for item in RIGHT]
    notes = judge(items).notes
    assert len(notes) <= 5
    assert all(len(note) < 600 for note in notes)
