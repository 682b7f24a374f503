"""Say clearly that a function is not written yet, instead of letting its ``None`` cause riddles.

``@exercise`` stands above every function that students write. It changes nothing about a function
that is written. While ``None`` is still to be replaced between the START and END lines, a call
that fails because of it, or returns it, ends in one sentence.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

Function = TypeVar("Function", bound=Callable[..., Any])

_PLACEHOLDER = re.compile(r"[^=!<>]=\s*None$|\bin (range\()?None\)?\s*:|^None$")


_WITHOUT_A_PLACE = ("@", "def ", "with ", "if ", "elif ", "return ")
"""How lines begin that stay as they are in a stub, whatever follows."""


class PlainError(Exception):
    """An error that a notebook shows as its words alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """What IPython prints instead of a traceback."""
        return str(self).splitlines()


class NotWrittenYet(PlainError):
    """A function was called whose stub still has placeholders."""


def exercise(function: Function) -> Function:
    """Mark a function as an exercise: while it is unwritten, calling it says so."""

    if not _placeholders(_statements(function)):
        return function

    @functools.wraps(function)
    def call(*arguments: Any, **keywords: Any) -> Any:
        __tracebackhide__ = True  # IPython leaves this frame out of the student's tracebacks
        try:
            result = function(*arguments, **keywords)
        except NotWrittenYet:
            raise
        except Exception as error:
            if sentence := _unwritten(function, error):
                raise NotWrittenYet(sentence) from None
            raise
        if _looks_unwritten(result) and (sentence := _unwritten(function)):
            raise NotWrittenYet(sentence)
        return result

    return call  # type: ignore[return-value]


def _looks_unwritten(result: object) -> bool:
    """Whether a placeholder may have got into the result: None, or the NaN that it becomes when it
    is put into an array of floats."""
    if isinstance(result, dict):
        result = list(result.values())
    if isinstance(result, tuple | list):
        return any(map(_looks_unwritten, result))
    if isinstance(result, np.ndarray):
        return result.dtype.kind == "f" and bool(np.isnan(result).any())
    return result is None or (isinstance(result, float) and result != result)


def _unwritten(function: Callable[..., Any], error: Exception | None = None) -> str | None:
    """The sentence to say if placeholders are left in the function's source, else None.

    A finished line may set something to None on purpose, so an ``error`` is told along with it.
    """
    statements = _statements(function)
    left = _placeholders(statements)
    if not left:
        return None
    name = function.__name__
    if len(left) == sum(_has_a_place(line) for line in statements):
        return f"{name} is not written yet: fill in its cell and run it."
    sentence = f"{name} is not finished yet: there is still a None to replace in `{left[0]}`."
    return sentence if error is None else f"{sentence} ({type(error).__name__}: {error})"


def _statements(function: Callable[..., Any]) -> list[str]:
    """The lines of code that are the student's to write; none if the source is not known."""
    try:
        return _statements_to_write(inspect.getsource(function).splitlines())
    except (OSError, TypeError):
        return []


def _placeholders(statements: list[str]) -> list[str]:
    return [line for line in statements if _PLACEHOLDER.search(line)]


def _statements_to_write(lines: list[str]) -> list[str]:
    inside = False
    statements = []
    for line in lines:
        if "END CODE HERE" in line:
            inside = False
        elif inside and (code := line.split("#")[0].strip()):
            statements.append(code)
        inside = inside or "START CODE HERE" in line
    return statements


def _has_a_place(line: str) -> bool:
    """Whether the line is one with a placeholder as long as nothing is written."""
    if line.startswith(_WITHOUT_A_PLACE):
        return False
    return "=" in line or line.startswith("for ") or line == "None"
