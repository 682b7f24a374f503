"""Count the lines of Python that a call executes: a loop shows as a count that grows.

A count, not a time: it is the same on every machine. Lines of the student's own code are counted
apart from those of libraries, which may loop on the student's behalf (``numpy.vectorize``). Steps
(single instructions) of their own code are counted as well, for lines can be hidden in a table.
What keeps lines from being counted is watched by :mod:`.ways_round_counting`.
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

from .ways_round_counting import Watch

_OWN_GROWTH = 2
_STEPS_GROWTH = 40
"""Instructions of the two lines more that :data:`_OWN_GROWTH` allows."""
_LIBRARY_GROWTH = 100
"""NumPy's own Python code chooses among ways to compute by size; loops over positions add more."""
_UNEVEN = 200
"""Own lines that a smaller input may take more than a larger one: what is worked out once."""
_LIBRARIES = (
    *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
    str(Path(np.__file__).parent),
    str(Path(__file__).parent),
    "<frozen",
)
"""How the names of files begin whose lines are not the student's."""


@dataclass(frozen=True)
class Lines:
    """Lines executed in the student's own code and in ``libraries``, and ``steps`` of their own.

    ``doubts`` say why these may not be all of them: keys of :data:`.ways_round_counting.DOUBTS`.
    """

    own: int
    libraries: int
    steps: int = 0
    doubts: tuple[str, ...] = ()


def grows(small: Lines, large: Lines) -> bool:
    """Whether ``large``, of more examples and larger images, took more lines than ``small``."""
    return (
        large.own > small.own + _OWN_GROWTH
        or large.libraries > small.libraries + _LIBRARY_GROWTH
        or large.steps > small.steps + _STEPS_GROWTH
    )


def is_uneven(small: Lines, large: Lines) -> bool:
    """Whether ``small`` took so many lines that a loop would not show beside them."""
    return (
        small.own > large.own + _UNEVEN
        or small.libraries > large.libraries + 10 * _UNEVEN
        or small.steps > large.steps + 20 * _UNEVEN
    )


def growth_in_words(small: Lines, large: Lines) -> str:
    """What to say to a student whose function :func:`grows`."""
    more = large.own + large.libraries, small.own + small.libraries
    if more[0] <= more[1]:
        return (
            f"With more examples and larger images {large.steps:,} instructions of Python are "
            f"executed instead of {small.steps:,}: a loop goes over examples or positions. Let "
            "NumPy do all of them at once."
        )
    return (
        f"With more examples and larger images {more[0]:,} lines of Python are executed instead of "
        f"{more[1]:,}: a loop, a comprehension or numpy.vectorize goes over examples or positions. "
        "Let NumPy do all of them at once."
    )


NOT_COUNTED = (
    "The lines that it executes cannot be counted, because it sets a trace function, starts "
    "threads or processes, or changes how its own lines are followed. Leave that out."
)
"""What to say of a function that keeps its lines from being counted."""


class LineCounter:
    """Counts the lines that are executed while it is entered; ``lines`` are None if that failed.

    It fails if the code that is watched works where nothing is counted: see :class:`Watch`.
    """

    def __init__(self) -> None:
        """Nothing is counted yet."""
        self.lines: Lines | None = None
        self._own = self._libraries = self._steps = 0
        self._is_library: dict[CodeType, bool] = {}
        self._begin, self._in_libraries = self._new_frame, self._in_library  # found by identity
        self._watch = Watch(self._in_own_code, self._is_own, self._count_item)

    def __enter__(self) -> LineCounter:
        """Begin to count, in threads that are started from here, too."""
        self._before: tuple[Any, Any] = sys.gettrace(), sys.getprofile()
        threading.settrace(self._begin)
        sys.setprofile(self._watch.follow)
        sys.settrace(self._begin)
        self._watch.begin()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop counting."""
        kept = sys.gettrace() is self._begin and sys.getprofile() is self._watch.follow
        doubts = self._watch.end()
        sys.settrace(self._before[0])
        sys.setprofile(self._before[1])
        threading.settrace(self._before[0])
        if kept and not self._watch.evaded:
            self.lines = Lines(self._own, self._libraries, self._steps, doubts)

    def _new_frame(self, frame: FrameType, *_: Any) -> Callable[..., Any]:
        """A call: what it returns is told of the lines of this frame."""
        if self._is_own(frame):
            self._own += 1
            self._watch.meet(frame)
            return self._watch.trace
        self._libraries += 1
        return self._in_libraries

    def _in_own_code(self, _: FrameType, event: str, __: Any) -> Callable[..., Any]:
        if event == "opcode":
            self._steps += 1
        elif event == "line":
            self._own += 1
        return self._watch.trace

    def _in_library(self, _: FrameType, event: str, __: Any) -> Callable[..., Any]:
        if event == "line":
            self._libraries += 1
        return self._in_libraries

    def _count_item(self) -> None:
        """An item of the student's own ``map`` counts as a line."""
        self._own += 1

    def _is_own(self, frame: FrameType) -> bool:
        if frame.f_trace is self._in_libraries:
            return False
        code = frame.f_code
        library = self._is_library.get(code)
        if library is None:
            library = self._is_library[code] = _is_of_a_library(frame)
        return not library


def _is_of_a_library(frame: FrameType) -> bool:
    """Whether this is a library's code: by its file, and by the module whose names it uses.

    Code of the student's that goes by a library's file name has names of its own.
    """
    if not frame.f_code.co_filename.startswith(_LIBRARIES):
        return False
    module = sys.modules.get(frame.f_globals.get("__name__", ""))
    return module is not None and vars(module) is frame.f_globals
