"""Evidence as the collector makes it, and forgeries of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st

from autograder.collect import report
from autograder.exercises import Case, Exercise
from autograder.expected import Answer
from autograder.grading.inputs import case_inputs

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=10,
)


def collected(
    exercise: Exercise, answers: Mapping[str, Answer], function: Callable[..., Any]
) -> list[dict[str, Any]]:
    """What comes out of the student's process: all cases, then the hidden ones backwards."""
    hidden = [case for case in exercise.cases if not case.public]
    calls = [(case, 1) for case in exercise.cases] + [(case, 2) for case in reversed(hidden)]
    return [reported(exercise, case, turn, function, answers[case.name]) for case, turn in calls]


def reported(
    exercise: Exercise, case: Case, turn: int, function: Callable[..., Any], answer: Answer
) -> dict[str, Any]:
    """One call's evidence, after its way through JSON."""
    item = report(exercise.name, case_inputs(exercise, case, answer), turn, function)
    again: dict[str, Any] = json.loads(json.dumps(item))
    return again


def forgeries(item: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """``item`` with any of its parts replaced by any JSON, left out, or damaged within."""
    failures = st.fixed_dictionaries(
        {},
        optional={
            key: json_values | st.just(float("inf"))
            for key in ("error", "message", "function", "line", "code")
        },
    )
    values = st.builds(
        lambda kind, content: {kind: content},
        st.sampled_from(["array", "scalar", "tuple", "dict", "int", "float", "complex", "omitted"]),
        json_values,
    )
    replacements = {
        "exercise": json_values,
        "case": json_values,
        "turn": json_values | st.just(float("inf")),
        "value": json_values | values,
        "failure": json_values | failures,
        "arguments": json_values,
        "warnings": json_values,
    }
    return st.fixed_dictionaries(
        {}, optional={key: st.just(item[key]) | forged for key, forged in replacements.items()}
    )
