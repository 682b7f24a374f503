"""Call a student's function once on one case, and record everything that can be said about it.

The function gets its own copy of the inputs. What comes back is an :class:`Outcome`: the value, or
the error with the student's own line, the warnings, and whether the inputs were left alone.
"""

from __future__ import annotations

import contextlib
import linecache
import random
import traceback
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import FrameType
from typing import Any

import numpy as np

from .line_counting import LineCounter, Lines
from .packing import digest, unpack

MAX_WARNINGS = 5
MAX_MESSAGE = 500
COPIED = (
    "The numbers are right, but they were copied. Return a view: the same memory, looked at with "
    "other strides."
)
"""What to say where a view was asked for."""


_SAID_IN_WORDS = ("NotWrittenYet", "NotByTensorFlow")
"""Errors of ours: their message says all."""


@dataclass(frozen=True)
class Failure:
    """An exception: its type's name, its message, and the deepest line of the student's own code.

    ``function``, ``line`` and ``code`` are empty (0 for ``line``) if no line of theirs took part.
    """

    error: str
    message: str
    function: str = ""
    line: int = 0
    code: str = ""

    def in_words(self) -> str:
        """The error as one sentence, with the line that it came from."""
        message = f"{self.error}: {self.message}" if self.message else self.error
        if self.error in _SAID_IN_WORDS:
            return self.message
        if not self.function:
            return message
        return f"{message} (line {self.line} of {self.function}: {self.code})"


@dataclass(frozen=True)
class Outcome:
    """What one call did. ``failure`` is None if the function returned ``value``.

    ``arguments`` is the digest of the arguments after the call, to be compared with their digest
    before; ``warnings`` are the texts of the warnings that the call gave, each once. ``is_view``
    tells whether ``value`` shares its memory with the first argument, and ``lines`` how many lines
    were executed, if that was asked for and could be counted.
    """

    value: Any
    failure: Failure | None
    arguments: str
    warnings: tuple[str, ...]
    is_view: bool = False
    lines: Lines | None = None


def call(
    function: Callable[..., Any], packed_arguments: dict[str, Any], *, count_lines: bool = False
) -> Outcome:
    """Call ``function`` with fresh copies of the packed arguments.

    The random state is the same before every call, so that a result which depends on chance is at
    least the same on every grading; :func:`same_chance_afterwards` puts back the caller's. Only
    ``KeyboardInterrupt`` passes through: ``SystemExit`` is an error like any other here.
    """
    arguments = unpack(packed_arguments)
    value, failure = None, None
    counter = LineCounter() if count_lines else None
    random.seed(0)
    np.random.seed(0)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("default")
        try:
            with counter or contextlib.nullcontext():
                value = function(*arguments)
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            failure = describe_failure(error)
    return Outcome(
        value,
        failure,
        digest(arguments),
        _texts(caught),
        is_view=_is_view(value, arguments),
        lines=counter.lines if counter else None,
    )


def _is_view(value: Any, arguments: tuple[Any, ...]) -> bool:
    """Whether ``value`` lies in the memory of the first argument."""
    first = arguments[0] if arguments else None
    arrays = type(value) is np.ndarray and type(first) is np.ndarray
    return arrays and bool(np.may_share_memory(value, first))


@contextlib.contextmanager
def same_chance_afterwards() -> Iterator[None]:
    """Put the random states back at the end, as a notebook's own random numbers follow them.

    For many calls at once: to read and set NumPy's takes as long as some of the calls.
    """
    states = random.getstate(), np.random.get_state()
    try:
        yield
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])


def describe_failure(error: BaseException) -> Failure:
    """The error, and the deepest frame that belongs to the notebook (module ``__main__``)."""
    name = type(error).__name__
    try:
        message = str(error)[:MAX_MESSAGE]
    except Exception:
        message = ""
    theirs = [
        (frame, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_globals.get("__name__") == "__main__"
    ]
    if not theirs:
        return Failure(name, message)
    frame, line = theirs[-1]
    return Failure(name, message, frame.f_code.co_name, line, _code(frame, line))


def _code(frame: FrameType, line: int) -> str:
    return linecache.getline(frame.f_code.co_filename, line).strip()[:200]


def _texts(caught: list[warnings.WarningMessage]) -> tuple[str, ...]:
    texts = [f"{item.category.__name__}: {item.message}"[:MAX_MESSAGE] for item in caught]
    return tuple(dict.fromkeys(texts))[:MAX_WARNINGS]
