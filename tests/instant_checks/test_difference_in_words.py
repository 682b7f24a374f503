"""The words for a difference hold expected numbers only where those are public."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import given

from autograder.instant_checks.comparison import Difference, compare
from tests.instant_checks.results import other_results, secret_results


def secrets_in(words: str) -> list[str]:
    """The numbers in ``words`` that lie where the secret ones are drawn from."""
    return [text for text in re.findall(r"\d+\.?\d*", words) if 1000 < float(text) < 9999]


def scaled(value: Any, factor: float) -> Any:
    """``value`` with every number multiplied."""
    if isinstance(value, tuple):
        return tuple(scaled(part, factor) for part in value)
    if isinstance(value, list):
        return [scaled(part, factor) for part in value]
    if isinstance(value, dict):
        return {key: scaled(part, factor) for key, part in value.items()}
    return value * factor


@given(expected=secret_results, found=other_results)
def test_words_hold_no_expected_number_unless_asked(expected: object, found: object) -> None:
    for wrong in (compare(found, expected), compare(scaled(expected, 1e-3), expected)):
        assert wrong is not None
        assert secrets_in(wrong.in_words(with_values=False)) == []


@given(expected=secret_results)
def test_words_hold_the_expected_number_when_asked(expected: object) -> None:
    wrong = compare(scaled(expected, 1e-3), expected)
    assert wrong is not None
    assert len(secrets_in(wrong.in_words(with_values=True))) == 1


def test_a_sentence_begins_with_the_part_or_a_capital() -> None:
    assert Difference("differs", "dW", "it is wrong.").in_words(with_values=False) == (
        "dW: it is wrong."
    )
    assert Difference("differs", "", "it is wrong.", "Expected 1, found 2.").in_words(
        with_values=True
    ) == ("It is wrong. Expected 1, found 2.")
