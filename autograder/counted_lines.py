"""What the judge makes of counted lines: whether there are loops, and whether all was counted.

Of all that evidence says, these counts alone cannot be checked against anything. So what looks as
if lines had gone uncounted is said, and a person is asked to look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from autograder.exercises import Case
from autograder.instant_checks.line_counting import (
    NOT_COUNTED,
    Lines,
    grows,
    growth_in_words,
    is_uneven,
)
from autograder.instant_checks.ways_round_counting import DOUBTS
from autograder.reports import Evidence
from autograder.verdicts import CaseResult, Verdict

EVADED = "Some of what it does was kept from being counted. A person should look at how it works."
DOUBTFUL = "Perhaps not all of its lines were counted"
"""How a note begins that says why."""
UNEVEN = "it takes far more lines for a smaller input than for a larger one"
KIT_LOOPS = (
    "It calls the loops of the training kit. What they give counts as right: you wrote such loops "
    "yourself in assignment 1. The points for doing without loops are not earned with them."
)

Pair = tuple[Lines | None, Lines | None]


def complaint_about_lines(case: Case, evidence: Evidence) -> str | None:
    """What is wrong with the lines that were executed for ``case``, None if nothing is."""
    for small, large in _pairs(case, evidence):
        if small is None or large is None:
            return NOT_COUNTED
        if grows(small, large):
            return growth_in_words(small, large)
    return None


def _pairs(case: Case, evidence: Evidence) -> Iterator[Pair]:
    """The lines of the case it is compared with, and its own, of every call that was counted.

    Calls are compared with those of the same turn: what a function works out once, it works out in
    the first. The lines of the last turn have to be there.
    """
    lines, smaller = evidence.lines, case.same_lines_as
    for turn in case.turns:
        if (case.name, turn) in lines or turn == case.turns[-1]:
            other = turn if (smaller, turn) in lines else 1
            yield lines.get((smaller, other)), lines.get((case.name, turn))


def notes_on_lines(
    cases: Iterable[Case], results: Iterable[CaseResult], evidence: Evidence
) -> Iterator[str]:
    """What is to be said of an exercise in which lines are counted."""
    counted = evidence.lines.values()
    if any(lines is None for lines in counted):
        yield EVADED
    found = {reason for lines in counted if lines is not None for reason in lines.doubts}
    if "kit" in found:
        yield KIT_LOOPS
    passed = {result.name for result in results if result.verdict is Verdict.PASSED}
    asked = [case for case in cases if case.same_lines_as and case.name in passed]
    reasons = [DOUBTS[reason] for reason in DOUBTS if reason in found - {"kit"}]
    if any(_is_uneven(pair) for case in asked for pair in _pairs(case, evidence)):
        reasons.append(UNEVEN)
    if asked and reasons:
        yield f"{DOUBTFUL}: {'; '.join(reasons)}. A person should look at how it works."


def _is_uneven(pair: Pair) -> bool:
    small, large = pair
    return small is not None and large is not None and is_uneven(small, large)


def is_about_uncounted_lines(note: str) -> bool:
    """Whether a note on an exercise says that lines may have gone uncounted."""
    return note == EVADED or note.startswith(DOUBTFUL)
