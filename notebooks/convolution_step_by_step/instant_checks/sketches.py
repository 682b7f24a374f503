"""Recognise a known mistake in the student's own notebook, by a few numbers of each result.

Whole outputs of all mistakes would be megabytes. A sketch of an array is its shape and three
weighted sums of it: two arrays with the same sketch are the same, but for a chance in millions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from .trial import Outcome

_SUMS = 3
_TOLERANCE, _SINGLE_PRECISION = 1e-6, 1e-5
"""Of the sum of all sizes: about as exactly as results are compared."""
_NO_NUMBER = 1.25e100
"""Stands for NaN, which equals nothing."""


def sketch(value: Any) -> Any:
    """What is kept of ``value``, as JSON."""
    if isinstance(value, tuple):
        return [sketch(part) for part in value]
    if isinstance(value, list):
        return ["list", *map(sketch, value)]
    if isinstance(value, dict):
        in_order = sorted(value.items(), key=lambda item: repr(item[0]))
        return ["dict", *([repr(key), sketch(part)] for key, part in in_order)]
    if isinstance(value, (bool, int, float, np.ndarray, np.generic)):
        array = np.asarray(value)
        if array.dtype.kind in "biuf":
            return _of_array(array)
    return ["text", value] if isinstance(value, str) else type(value).__name__


def _of_array(array: np.ndarray[Any, Any]) -> dict[str, Any]:
    numbers = np.nan_to_num(array.astype(np.float64).ravel(), nan=_NO_NUMBER)
    places = np.arange(1, numbers.size + 1)
    return {
        "kind": "bool" if array.dtype.kind == "b" else "number",
        "shape": list(array.shape),
        "sums": [float(np.cos(places * step) @ numbers) for step in range(1, _SUMS + 1)],
        "size": float(np.abs(numbers).sum()),
    }


def alike(one: Any, other: Any, tolerance: float = _TOLERANCE) -> bool:
    """Whether two sketches are of the same value."""
    if isinstance(one, list) and isinstance(other, list):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(alike(*pair, tolerance) for pair in pairs)
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return bool(one == other)
    if one["kind"] != other["kind"] or one["shape"] != other["shape"]:
        return False
    allowed = tolerance * (1 + max(one["size"], other["size"]))
    sums = zip(one["sums"], other["sums"], strict=True)
    return all(abs(mine - theirs) <= allowed for mine, theirs in sums)


def recognised(
    exercise: str,
    outcomes: Mapping[str, Outcome],
    wrong: Iterable[str],
    *,
    single_precision: bool = False,
) -> list[str]:
    """In words, the mistake that the ``outcomes`` by case show; empty if none or not one alone.

    ``wrong`` are the cases that failed. Public cases cannot tell all mistakes apart: where several
    fit, none is named, for a wrong name would cost more time than no name.
    """
    failed, known = set(wrong), known_mistakes().get(exercise, {})
    if not failed:
        return []
    sketches = {case: sketch(outcomes[case].value) for case in failed}
    tolerance = _SINGLE_PRECISION if single_precision else _TOLERANCE
    fitting = [
        mistake
        for mistake in known.values()
        if _fits(mistake, outcomes, sketches, failed, tolerance)
    ]
    if len(fitting) != 1:
        return []
    return [str(fitting[0]["happens"]), str(fitting[0]["question"])]


def _fits(
    mistake: Mapping[str, Any],
    outcomes: Mapping[str, Outcome],
    sketches: Mapping[str, Any],
    failed: set[str],
    tolerance: float,
) -> bool:
    errors = {
        case: f"{failure.error}: {failure.message}"
        for case in failed
        if (failure := outcomes[case].failure) is not None
    }
    if "raises" in mistake:
        return errors.keys() == failed and all(
            re.match(mistake["raises"], error) for error in errors.values()
        )
    if mistake["cases"].keys() != failed:
        return False
    if errors.keys() == failed and not all("words" in kept for kept in mistake["cases"].values()):
        return False  # errors are known by their words, not by their types alone
    return all(
        _is_error(errors.get(case, ""), kept)
        if "error" in kept
        else case not in errors and alike(sketches[case], kept["sketch"], tolerance)
        for case, kept in mistake["cases"].items()
    )


def _is_error(found: str, kept: Mapping[str, str]) -> bool:
    if "words" in kept:
        return found == f"{kept['error']}: {kept['words']}"
    return found.startswith(f"{kept['error']}:")


@cache
def known_mistakes() -> dict[str, Any]:
    """The mistakes by exercise and id, read once; none if their file is missing or damaged."""
    try:
        text = Path(__file__).with_name("mistakes.json").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
    except (OSError, ValueError):
        return {}
    return found
