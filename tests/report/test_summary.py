"""What the report counts."""

from __future__ import annotations

import math

import pytest

from autograder.report.submission import DAMAGED, submission_of
from autograder.verdicts import Status
from tests.report.classes import SMALL, judged, submission, summary_of

ALL = ("one", "zero", "two")


def test_scores():
    summary = summary_of(
        submission("ada", *ALL), submission("bob", "one", "two"), submission("eve")
    )
    assert summary.scores == (10, 6, 0)
    assert (summary.mean, summary.median, summary.best) == (16 / 3, 6, 10)
    assert summary.max_score == SMALL.points == 10
    assert summary.for_a_person == ()


def test_exercises_and_cases():
    double, halve = summary_of(
        submission("ada", *ALL), submission("bob", "one", "two"), submission("eve", "two")
    ).exercises
    assert {status: n for status, n in double.statuses.items() if n} == {
        Status.PASSED: 1,
        Status.PARTLY: 1,
        Status.FAILED: 1,
    }
    assert (double.of, double.mean, double.share(Status.PASSED)) == (3, 8 / 3, 1 / 3)
    one, zero = double.cases
    assert (one.public, one.passed, one.of, one.share) == (True, 2, 3, 2 / 3)
    assert (zero.public, zero.passed, zero.of) == (False, 1, 3)
    assert halve.share(Status.PASSED) == 1


def test_a_student_counts_once_for_each_mistake():
    summary = summary_of(
        submission("ada", mistakes={"one": "adds-two", "zero": "adds-two"}),
        submission("bob", mistakes={"two": "rounds"}),
        submission("cyd", mistakes={"zero": "adds-two", "two": "rounds"}),
        submission("dan", mistakes={"two": "rounds"}),
    )
    first, second = summary.mistakes
    assert (first.exercise, first.id, first.students, first.happens) == ("halve", "rounds", 3, "")
    assert (second.exercise, second.id, second.students) == ("double", "adds-two", 2)
    assert (second.happens, second.question) == ("It adds 2.", "What is 2 · 5?")


def test_time_and_memory():
    amounts = [{"wall": n / 10, "cpu": 1.0, "memory": n * 1_000_000} for n in range(1, 21)]
    measured = [submission(f"s{n:02}", usage=each) for n, each in enumerate(amounts, 1)]
    never_run = submission("zoe", usage={"wall": 0.0, "cpu": 0.0, "memory": 0})
    wall, cpu, memory = summary_of(*measured, submission("old"), never_run).spreads
    assert (wall.count, wall.median, wall.high, wall.most) == (20, 1.05, 1.9, 2.0)
    assert (wall.most_by, wall.unit) == ("s20", "s")
    assert cpu.most_by == "s01"  # the first of those with as much
    assert (memory.most, memory.unit) == (20, "MB")
    assert summary_of(submission("old")).spreads == ()


def test_who_needs_a_person():
    summary = summary_of(
        submission("ada", attention=["crashed", "timed out"]),
        submission("bob", *ALL),
        submission_of("eve", {}),
    )
    assert [(each.student, each.reasons) for each in summary.for_a_person] == [
        ("ada", ("crashed", "timed out")),
        ("eve", (DAMAGED,)),
    ]


def _changed(change):
    value = judged(*ALL)
    change(value["result"])
    return value


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"result": None},
        {"result": []},
        _changed(lambda result: result.pop("score")),
        _changed(lambda result: result.update(score="many")),
        _changed(lambda result: result.update(score=math.nan)),
        _changed(lambda result: result.update(exercises=[1])),
        _changed(lambda result: result["exercises"]["halve"].update(status="fine")),
        _changed(lambda result: result["exercises"]["halve"]["cases"][0].pop("verdict")),
        _changed(lambda result: result["exercises"]["halve"].update(cases=["two"])),
        {**judged(*ALL), "usage": {"wall": 1}},
        {**judged(*ALL), "usage": {"wall": 1, "cpu": "x", "memory": 1}},
    ],
)
def test_what_is_damaged_is_in_no_count_but_needs_a_person(value):
    summary = summary_of(submission_of("ada", value), submission("bob", "one"))
    assert summary.scores == (2,)
    assert summary.exercises[0].of == summary.exercises[1].cases[0].of == 1
    assert [each.reasons for each in summary.for_a_person] == [(DAMAGED,)]


def test_a_class_without_a_single_score():
    summary = summary_of(submission_of("ada", {}))
    assert (summary.mean, summary.median, summary.best) == (None, None, None)
    assert summary.exercises[0].share(Status.PASSED) == 0


def test_results_from_before_attention_was_noted():
    value = judged(*ALL)
    del value["result"]["attention"], value["usage"]
    assert submission_of("ada", value).reasons == ()
    assert submission_of("ada", value).score == 10


def test_cases_that_were_declared_later_are_not_counted_as_failed():
    value = _changed(lambda result: result["exercises"]["double"]["cases"].pop())
    one, zero = summary_of(submission_of("ada", value)).exercises[0].cases
    assert (one.passed, one.of) == (1, 1)
    assert (zero.passed, zero.of) == (0, 0)
