"""Read the evidence that came out of a student's process, forged or cut off as it may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from autograder.expected import Answer
from autograder.instant_checks.line_counting import Lines
from autograder.instant_checks.packing import unpack, unpack_like
from autograder.instant_checks.trial import Failure
from autograder.instant_checks.ways_round_counting import DOUBTS
from autograder.verdicts import Verdict

MALFORMED = (
    LookupError, TypeError, ValueError, AttributeError, OverflowError, RecursionError
)  # fmt: skip
"""What reading JSON of any other shape can raise."""
_REPORTED = ("value", "failure", "arguments", "warnings")
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
    which the collector never does. ``lines`` are the counted lines by case and turn, None where
    they could not be counted, and ``copied`` are the cases whose result was a copy at least once.
    """

    reports: Mapping[tuple[str, int], Report]
    excuse: tuple[Verdict, str] | None = None
    doubled: bool = False
    lines: Mapping[tuple[str, int], Lines | None] = field(default_factory=dict)
    copied: frozenset[str] = frozenset()


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
    lines: dict[tuple[str, int], Lines | None] = {}
    copied: set[str] = set()
    doubled = False
    for item in items:
        try:
            if item["exercise"] != exercise:
                continue
            key = (str(item["case"]), int(item["turn"]))
            same = _same_but_for_the_turn(item, first.get(key[0]))
            report = first[key[0]][1] if same else _read_report(item, answers.get(key[0]))
            if "lines" in item:
                lines[key] = None if item["lines"] is None else _read_lines(item["lines"])
        except MALFORMED:
            continue
        if item.get("is_view") is False:
            copied.add(key[0])
        first.setdefault(key[0], (item, report))
        doubled = doubled or key in reports
        reports[key] = report
    return Evidence(reports, excuse, doubled, lines, frozenset(copied))


def _same_but_for_the_turn(
    item: Mapping[str, Any], earlier: tuple[Mapping[str, Any], Report] | None
) -> bool:
    return earlier is not None and all(earlier[0][part] == item[part] for part in _REPORTED)


def _read_report(item: Mapping[str, Any], answer: Answer | None) -> Report:
    failure = item["failure"]
    return Report(
        value=None if failure is not None else _read_value(item["value"], answer),
        failure=None if failure is None else _read_failure(failure),
        arguments=str(item["arguments"]),
        warnings=tuple(str(text)[:500] for text in item["warnings"][:5]),
    )


def _read_lines(lines: Mapping[str, Any]) -> Lines:
    """As the counter found them; of doubts only those that there are, whoever made up others."""
    doubts = lines.get("doubts", ())
    return Lines(
        int(lines["own"]),
        int(lines["libraries"]),
        int(lines.get("steps", 0)),
        tuple(reason for reason in DOUBTS if reason in doubts),
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
