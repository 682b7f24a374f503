"""A kit knows a grading run as the instant checks do, though it imports none of them."""

from __future__ import annotations

import pytest

from autograder import instant_checks
from autograder.training_kit import brief_runs


def test_both_know_a_grading_run_by_the_same_variable() -> None:
    assert brief_runs.GRADING_VARIABLE == instant_checks.GRADING_VARIABLE


@pytest.mark.parametrize("graded", [False, True])
@pytest.mark.parametrize("checked", [False, True])
def test_either_makes_a_run_brief(
    graded: bool, checked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable, there in (
        (brief_runs.GRADING_VARIABLE, graded),
        (brief_runs.CHECKING_VARIABLE, checked),
    ):
        monkeypatch.setenv(variable, "inputs.json" if there else "")
    assert brief_runs.is_graded() is graded
    assert brief_runs.is_brief() is (graded or checked)
