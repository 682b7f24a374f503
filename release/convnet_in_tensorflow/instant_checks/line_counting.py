"""Count the lines of Python that a call executes: a loop shows as a count that grows.

A count, not a time: it is the same on every machine. Lines of the student's own code are counted
apart from those of libraries, which may loop on the student's behalf (``numpy.vectorize``).
"""

from __future__ import annotations

import sys
import sysconfig
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import numpy as np

_OWN_GROWTH = 2
_LIBRARY_GROWTH = 100
"""NumPy's own Python code chooses among ways to compute by size; loops over positions add more."""
_LIBRARIES = (
    *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
    str(Path(np.__file__).parent),
    str(Path(__file__).parent),
    "<frozen",
    "<__array_function__",
)
"""How the names of files begin whose lines are not the student's."""
_changes = 0
_watching = False


@dataclass(frozen=True)
class Lines:
    """Lines executed in the student's own code and in ``libraries``."""

    own: int
    libraries: int


def grows(small: Lines, large: Lines) -> bool:
    """Whether ``large``, of more examples and larger images, took more lines than ``small``."""
    return (
        large.own > small.own + _OWN_GROWTH or large.libraries > small.libraries + _LIBRARY_GROWTH
    )


def growth_in_words(small: Lines, large: Lines) -> str:
    """What to say to a student whose function :func:`grows`."""
    more = large.own + large.libraries, small.own + small.libraries
    return (
        f"With more examples and larger images {more[0]:,} lines of Python are executed instead of "
        f"{more[1]:,}: a loop, a comprehension or numpy.vectorize goes over examples or positions. "
        "Let NumPy do all of them at once."
    )


NOT_COUNTED = (
    "The lines that it executes cannot be counted, because it sets a trace function or starts "
    "threads. Leave that out."
)
"""What to say of a function that keeps its lines from being counted."""


class LineCounter:
    """Counts the lines that are executed while it is entered; ``lines`` are None if that failed.

    It fails if the code that is watched sets a trace function of its own.
    """

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self.lines: Lines | None = None
        self._own = self._libraries = 0
        self._is_library: dict[CodeType, bool] = {}

    def __enter__(self) -> LineCounter:
        """Begin to count, in threads that are started from here, too."""
        _watch_for_changes()
        self._before: Callable[..., Any] | None = sys.gettrace()
        threading.settrace(self._trace)
        sys.settrace(self._trace)
        self._changes = _changes
        return self

    def __exit__(self, *_: object) -> None:
        """Stop counting."""
        kept = sys.gettrace() == self._trace and _changes == self._changes
        sys.settrace(self._before)
        threading.settrace(self._before)
        self.lines = Lines(self._own, self._libraries) if kept else None

    def _trace(self, frame: FrameType, event: str, _: Any) -> Callable[..., Any]:
        code = frame.f_code
        library = self._is_library.get(code)
        if library is None:
            library = self._is_library[code] = code.co_filename.startswith(_LIBRARIES)
        if event in ("call", "line"):
            if library:
                self._libraries += 1
            else:
                self._own += 1
        return self._trace


def _watch_for_changes() -> None:
    """Note every change of the trace function: code that hides from it is not counted as short."""
    global _watching
    if _watching:
        return
    _watching = True

    def note(event: str, _: Any) -> None:
        global _changes
        if event == "sys.settrace":
            _changes += 1

    sys.addaudithook(note)
