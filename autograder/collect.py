"""The student's side of a graded cell: call their function on the cases' inputs, emit evidence.

This runs inside the student's process, so nothing here is secret and nothing here decides: it knows
inputs only, which the grader lays down in a file while the cell runs. No expected output and no
reference code is imported. What comes back is packed without pickle
(:mod:`autograder.instant_checks.packing`) and judged in another process (:mod:`autograder.judge`).
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from IPython.display import display

from autograder.evidence import EVIDENCE_TYPE
from autograder.instant_checks import GRADING_VARIABLE
from autograder.instant_checks.packing import pack
from autograder.instant_checks.trial import call, same_chance_afterwards
from autograder.instant_checks.ways_round_counting import listen

listen()  # before the first cell runs, so that hooks which are added there are known


@same_chance_afterwards()
def collect(name: str, function: Callable[..., Any]) -> None:
    """Call ``function`` on every case of the exercise ``name`` and emit what came back.

    All cases run in order; then the hidden ones run again in reverse order, so that a function
    which remembers earlier calls is found out. Where a case asks for it, the lines of all its
    calls are counted: what an uncounted one found out, a counted one could remember. Outside a
    graded cell of a grading run this does nothing.
    """
    path = os.environ.get(GRADING_VARIABLE)
    if not path or not Path(path).is_file():
        return
    cases = json.loads(Path(path).read_text(encoding="utf-8"))[name]
    again = [case for case in reversed(cases) if case["again"]]
    for turn, turn_cases in ((1, cases), (2, again)):
        for case in turn_cases:
            with _silence():
                evidence = report(name, case, turn, function)
            display({EVIDENCE_TYPE: evidence}, raw=True)


def report(
    exercise: str, case: Mapping[str, Any], turn: int, function: Callable[..., Any]
) -> dict[str, Any]:
    """Call ``function`` on the inputs of ``case`` and report what came back, as JSON."""
    outcome = call(function, case["arguments"], count_lines=case["count_lines"])
    evidence = {
        "exercise": exercise,
        "case": case["name"],
        "turn": turn,
        "value": pack(outcome.value),
        "failure": None if outcome.failure is None else asdict(outcome.failure),
        "arguments": outcome.arguments,
        "warnings": list(outcome.warnings),
    }
    if case["view"]:
        evidence["is_view"] = outcome.is_view
    if case["count_lines"]:
        evidence["lines"] = outcome.lines and asdict(outcome.lines)
    return evidence


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """Drop what the function prints: it would bury the evidence, and may repeat hidden inputs."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield
