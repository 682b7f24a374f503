"""The words in a graded cell: complete, said once, and safe to show."""

from __future__ import annotations

import re

from nbconvert.filters import clean_html

from autograder.feedback.verdict_cells import exercise_html, exercise_text
from autograder.verdicts import CaseResult, ExerciseResult, Verdict

EVIL = "<script>alert('x')</script>"


def case(name: str, verdict: Verdict, message: str = "") -> CaseResult:
    points = 1.0 if verdict is Verdict.PASSED else 0.0
    return CaseResult(name, verdict, points, 1.0, public=False, message=message)


def result(*cases: CaseResult, notes: tuple[str, ...] = ()) -> ExerciseResult:
    return ExerciseResult("zero_pad", float(len(cases)), cases, notes)


def test_every_case_is_named_and_a_repeated_message_is_said_once():
    text = exercise_text(
        result(
            case("wide", Verdict.RAISED, "ValueError: no"),
            case("tall", Verdict.RAISED, "ValueError: no"),
            case("square", Verdict.PASSED),
        )
    )
    assert "zero_pad: 1 of 3 points (some cases passed)" in text
    assert [name in text for name in ("✗ wide", "✗ tall", "✓ square")] == [True] * 3
    assert text.count("ValueError: no") == 1


def test_what_was_not_attempted_is_one_sentence():
    cases = [case(name, Verdict.NOT_ATTEMPTED, "Not written yet.") for name in "abc"]
    assert exercise_text(result(*cases)).splitlines()[1:] == ["  Not written yet."]


def test_the_students_words_are_escaped():
    html = exercise_html(result(case("wide", Verdict.RAISED, EVIL), notes=(EVIL,)))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 2


def test_the_html_survives_the_sanitiser_of_outputs():
    html = exercise_html(result(case("wide", Verdict.DIFFERS, "wrong"), notes=("careful",)))
    assert "&lt;" not in clean_html(html)
    assert re.sub(r"\s", "", clean_html(html)) == re.sub(r"\s", "", html)
