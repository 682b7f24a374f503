"""Compare what a function returned with what was expected, and say in words where they differ.

Pure: values in, a :class:`Difference` (or None) out. The grader's judge and the student's instant
checks both use it, so that the two can never disagree about what is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .packing import Omitted, Opaque


@dataclass(frozen=True)
class Tolerance:
    """Numbers agree if they differ by at most ``absolute`` and ``relative`` times the expected."""

    relative: float
    absolute: float


DOUBLE_PRECISION = Tolerance(1e-5, 1e-7)
SINGLE_PRECISION = Tolerance(1e-4, 1e-5)
"""For sums in float32, whose last digits depend on the order in which a processor adds."""


@dataclass(frozen=True)
class Difference:
    """How a result differs from the expected one.

    ``kind`` is "wrong type", "wrong shape" or "differs". ``where`` names the part of the result
    ("dW", "the cache"), ``summary`` says what is wrong without giving any expected number away, and
    ``values`` adds the first position that differs with both its numbers.
    """

    kind: str
    where: str
    summary: str
    values: str = ""

    def in_words(self, *, with_values: bool) -> str:
        """One or two sentences; ``with_values`` only where the expected numbers are public."""
        capitalised = self.summary[0].upper() + self.summary[1:]
        sentence = f"{self.where}: {self.summary}" if self.where else capitalised
        return f"{sentence} {self.values}".strip() if with_values else sentence


def compare_result(
    found: object,
    expected: object,
    names: Sequence[str] = (),
    tolerance: Tolerance = DOUBLE_PRECISION,
) -> Difference | None:
    """Compare what a function returned; ``names`` are what the parts of its result are called."""
    if not (isinstance(expected, tuple) and isinstance(found, tuple)):
        return compare(found, expected, tolerance=tolerance)
    if len(found) != len(expected) or len(names) != len(expected):
        return compare(found, expected, tolerance=tolerance)
    parts = zip(found, expected, names, strict=True)
    differences = [compare(*part, tolerance) for part in parts]
    first = next(filter(None, differences), None)
    right = [name for name, difference in zip(names, differences, strict=True) if not difference]
    if first is None or not right:
        return first
    verb = "is" if len(right) == 1 else "are"
    return replace(first, summary=f"{first.summary} ({' and '.join(right)} {verb} right.)")


def compare(
    found: object, expected: object, where: str = "", tolerance: Tolerance = DOUBLE_PRECISION
) -> Difference | None:
    """None if ``found`` equals ``expected`` within ``tolerance``, else the first difference.

    Where a float is expected any
    real number type will do (float32 included, as far as it is precise enough); where booleans are
    expected only booleans. Tuples, lists and dicts are compared part by part.
    """
    if found is expected:
        return None
    if isinstance(expected, tuple | list):
        return _compare_sequence(found, expected, where, tolerance)
    if isinstance(expected, dict):
        return _compare_dict(found, expected, where, tolerance)
    if isinstance(expected, np.ndarray):
        return _compare_array(found, expected, where, tolerance)
    if isinstance(expected, bool | str) or expected is None:
        return _compare_exactly(found, expected, where)
    return _compare_number(found, expected, where, tolerance)


def _compare_exactly(found: object, expected: Any, where: str) -> Difference | None:
    if type(found) is not type(expected):
        return _wrong_type(found, f"a {type(expected).__name__}", where)
    if found == expected:
        return None
    values = f"Expected {expected!r}, found {found!r}."
    return Difference("differs", where, "another value was expected.", values)


def _compare_sequence(
    found: object, expected: tuple[Any, ...] | list[Any], where: str, tolerance: Tolerance
) -> Difference | None:
    count = len(expected)
    wanted = f"a {type(expected).__name__} of {count} part{'s' if count > 1 else ''}"
    if not isinstance(found, type(expected)):
        return _wrong_type(found, wanted, where)
    if len(found) != len(expected):
        return Difference("wrong type", where, f"expected {wanted}, found {len(found)} parts.")
    for number, (part, expected_part) in enumerate(zip(found, expected, strict=True), start=1):
        part_name = f"{where}, part {number}" if where else f"part {number} of the result"
        if difference := compare(part, expected_part, part_name, tolerance):
            return difference
    return None


def _compare_dict(
    found: object, expected: dict[Any, Any], where: str, tolerance: Tolerance
) -> Difference | None:
    if not isinstance(found, dict):
        return _wrong_type(found, "a dict", where)
    if set(found) != set(expected):
        keys = ", ".join(sorted(map(repr, expected)))
        return Difference("differs", where, f"expected a dict with the keys {keys}.")
    for key, value in expected.items():
        if difference := compare(found[key], value, f"{where}[{key!r}]", tolerance):
            return difference
    return None


def _compare_array(
    found: object, expected: np.ndarray[Any, Any], where: str, tolerance: Tolerance
) -> Difference | None:
    if isinstance(found, Omitted):
        return _wrong_shape(found.shape, expected.shape, where)
    if isinstance(found, np.generic) and expected.ndim == 0:
        found = np.asarray(found)
    if isinstance(found, np.generic):
        summary = f"expected an array of shape {expected.shape}, found a single number."
        return Difference("wrong shape", where, summary)
    if not isinstance(found, np.ndarray):
        return _wrong_type(found, f"an array of shape {expected.shape}", where)
    if not _kinds_agree(found, expected):
        hint = " A comparison such as == gives bool values." if expected.dtype.kind == "b" else ""
        summary = f"expected an array of {expected.dtype.name} values, found {found.dtype.name}."
        return Difference("wrong type", where, summary + hint)
    if found.shape != expected.shape:
        return _wrong_shape(found.shape, expected.shape, where)
    return _compare_values(found, expected, where, tolerance)


def _compare_number(
    found: object, expected: Any, where: str, tolerance: Tolerance
) -> Difference | None:
    if isinstance(found, np.ndarray | Omitted) and found.shape:
        return Difference(
            "wrong shape",
            where,
            f"expected a single number, found an array of shape {found.shape}; "
            "take the number out of a one-element array with .item().",
        )
    if isinstance(found, bool | np.bool_) or not isinstance(
        found, int | float | complex | np.ndarray | np.number
    ):
        return _wrong_type(found, "a single number", where)
    number, wanted = np.asarray(found), np.asarray(expected)
    if not _kinds_agree(number, wanted):
        return _wrong_type(found, "a real number", where)
    return _compare_values(number, wanted, where, tolerance)


def _kinds_agree(found: np.ndarray[Any, Any], expected: np.ndarray[Any, Any]) -> bool:
    if expected.dtype.kind in "fiu":
        return found.dtype.kind in "fiu"
    return bool(found.dtype.kind == expected.dtype.kind)


def _compare_values(
    found: np.ndarray[Any, Any],
    expected: np.ndarray[Any, Any],
    where: str,
    tolerance: Tolerance,
) -> Difference | None:
    with np.errstate(all="ignore"):
        if _clearly_close(found, expected, tolerance):
            return None
        wrong = ~np.isclose(found, expected, rtol=tolerance.relative, atol=tolerance.absolute)
    if not wrong.any():
        return None
    position = tuple(int(index) for index in np.argwhere(wrong)[0])
    wanted, got = _number(expected[position]), _number(found[position])
    if position:
        count = int(wrong.sum())
        counted = f"{count} of {wrong.size} values {'is' if count == 1 else 'are'} wrong"
        summary = f"the shape is right, but {counted}, the first one at {list(position)}."
        values = f"Expected {wanted} at {list(position)}, found {got}."
    else:
        summary, values = "the number is wrong.", f"Expected {wanted}, found {got}."
    if tolerance == DOUBLE_PRECISION and found.dtype.name in ("float16", "float32"):
        summary += f" It was computed in {found.dtype.name}, which may be too coarse: use float64."
    return Difference("differs", where, summary, values)


def _clearly_close(
    found: np.ndarray[Any, Any], expected: np.ndarray[Any, Any], tolerance: Tolerance
) -> bool:
    """What ``np.isclose`` says of ordinary numbers, without the time that it takes for others."""
    if found.dtype.kind != "f" or expected.dtype.kind != "f":
        return bool((found == expected).all())
    allowed = tolerance.absolute + tolerance.relative * np.abs(expected)
    return bool((np.abs(found - expected) <= allowed).all() and np.isfinite(allowed).all())


def _number(value: Any) -> str:
    return repr(value.item()) if value.dtype.kind in "bc" else f"{value:.10g}"


def _wrong_shape(found: tuple[int, ...], expected: tuple[int, ...], where: str) -> Difference:
    return Difference("wrong shape", where, f"expected the shape {expected}, found {found}.")


def _wrong_type(found: object, wanted: str, where: str) -> Difference:
    hint = ""
    if found is None:
        hint = " Does the function end with a return statement?"
    elif isinstance(found, tuple) and "list" in wanted:
        hint = " Square brackets make a list."
    elif isinstance(found, list):
        make = (
            "round brackets make a tuple" if "tuple" in wanted else "np.array(...) makes an array"
        )
        hint = f" A list is not taken for one; {make}."
    return Difference("wrong type", where, f"expected {wanted}, found {_described(found)}.{hint}")


def _described(found: object) -> str:
    if isinstance(found, Opaque):
        return f"a value of type {found.description}"
    if isinstance(found, np.ndarray):
        return f"an array of shape {found.shape}"
    if found is None or isinstance(found, bool):
        return repr(found)
    name = type(found).__name__
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
