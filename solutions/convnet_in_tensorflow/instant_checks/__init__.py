"""Instant checks: ``check(zero_pad)`` tells a student at once what is right and what is not.

This folder lies beside the notebook and needs NumPy only. It runs the *public* cases, whose inputs
and expected outputs are in ``public_cases.json`` beside it; grading runs further cases.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from . import python_needed  # noqa: F401 - the first of ours: it says which Python is needed
from .expectations import Expectation
from .hints import hint
from .line_counting import NOT_COUNTED, grows, growth_in_words
from .packing import digest, pack, unpack
from .sketches import recognised
from .stub import NotWrittenYet, PlainError, exercise
from .talking import GRADING_VARIABLE, name_of, wrapped
from .trial import COPIED, Outcome, call, same_chance_afterwards

__all__ = ["GRADING_VARIABLE", "CheckFailed", "NotWrittenYet", "check", "exercise", "hint"]

NO_LOOPS = "no Python loop over examples or positions"


class CheckFailed(PlainError):
    """The function fails at least one public check; the message says which and how."""


@same_chance_afterwards()
def check(function: Callable[..., Any]) -> None:
    """Run the public checks of ``function`` and say in words what is right and what is not.

    Raises :class:`CheckFailed` if anything is wrong, so that validating the notebook notices.
    """
    if os.environ.get(GRADING_VARIABLE):
        return  # a grading run judges the public cases itself, along with the hidden ones
    exercises = public_cases()
    if isinstance(function, str):
        raise CheckFailed(f"Give the function itself, without quotes: check({function})")
    name = name_of(function, exercises)
    if name not in exercises:
        known = ", ".join(exercises)
        raise CheckFailed(f"There are no checks for {name or function!r}. There are for: {known}.")
    checks, warnings = exercises[name]["cases"], dict[str, None]()
    outcomes, wrong, lines = dict[str, Outcome](), list[str](), list[str]()
    for case in checks:
        outcome = call(function, case["arguments"])
        if outcome.failure is not None and outcome.failure.error == NotWrittenYet.__name__:
            raise CheckFailed(wrapped(outcome.failure.message, ""))
        outcomes[case["name"]] = outcome
        warnings.update(dict.fromkeys(outcome.warnings))
        complaint = complain(outcome, case, exercises[name])
        wrong += [case["name"]] if complaint is not None else []
        lines += _told(case["name"], complaint)
    total = len(checks)
    if sizes := exercises[name].get("two_sizes"):
        total += 1
        complaint = _complain_of_loops(function, sizes)
        wrong += [NO_LOOPS] if complaint is not None else []
        lines += _told(NO_LOOPS, complaint)
    lines += [wrapped(f"A warning, which costs nothing: {text}", "  ") for text in warnings]
    _report(name, total, outcomes, wrong, lines)


def _told(what: str, complaint: str | None) -> list[str]:
    if complaint is None:
        return [f"  ✓ {what}"]
    return [f"  ✗ {what}", wrapped(complaint, "      ")]


def _complain_of_loops(function: Callable[..., Any], sizes: Sequence[Any]) -> str | None:
    """What is wrong if the function executes more lines for the second, larger one of ``sizes``."""
    outcomes = [call(function, arguments, count_lines=True) for arguments in sizes]
    for outcome in outcomes:
        if outcome.failure is not None:
            return outcome.failure.in_words()
    small, large = outcomes[0].lines, outcomes[1].lines
    if small is None or large is None:
        return NOT_COUNTED
    return growth_in_words(small, large) if grows(small, large) else None


def _report(
    name: str, total: int, outcomes: dict[str, Outcome], wrong: Sequence[str], lines: list[str]
) -> None:
    if wrong:
        title = f"{name}: {total - len(wrong)} of {total} public checks passed."
        known = recognised(
            name,
            outcomes,
            [case for case in wrong if case in outcomes],
            single_precision=public_cases()[name].get("single_precision", False),
        )
        if known:
            lines += ["This is a mistake that others have made, too:"]
            lines += [wrapped(sentence, "  ") for sentence in known]
        lines += [f"For a hint: hint({name})"]
        raise CheckFailed("\n".join([title, *lines]))
    print("\n".join([f"{name}: {total} of {total} public checks passed.", *lines]))
    print("  Grading runs more cases than these: other sizes, settings and numbers.")


def complain(outcome: Outcome, case: dict[str, Any], about: dict[str, Any]) -> str | None:
    """What is wrong with the outcome of a public case, in words; None if it is right."""
    if outcome.failure is not None:
        return outcome.failure.in_words()
    found = unpack(pack(outcome.value))  # as the grader sees it
    expectation = Expectation(
        about["returns"], about.get("single_precision", False), about.get("examined", "")
    )
    difference = expectation.difference(
        found, unpack(case["expected"]), lambda: unpack(case["arguments"])
    )
    if difference is not None:
        return difference.in_words(with_values=True)
    if outcome.arguments != digest(unpack(case["arguments"])):
        return (
            "The result is right, but the function changed its inputs. "
            "Work on a copy: somebody else still needs the originals."
        )
    return COPIED if about.get("view") and not outcome.is_view else None


@functools.cache
def public_cases() -> dict[str, Any]:
    """The public cases by exercise, read once from ``public_cases.json``."""
    path = Path(__file__).with_name("public_cases.json")
    try:
        cases: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CheckFailed(
            f"The instant checks need the file {path.parent.name}/{path.name} beside the "
            "notebook. It is missing or damaged: copy it from the assignment again."
        ) from None
    return cases
