"""Notice when a call works where its lines are not counted.

Some of it no answer has a reason for, such as a thread, or a frame whose lines are not followed:
then nothing was counted (``evaded``). Some of it honest code does, too: then there are ``doubts``,
and a person looks. Three things are watched: what the function and its libraries call (a profile
function), what Python reports of itself (an audit hook), and which names the function uses.
"""

from __future__ import annotations

import _signal  # type: ignore[import-not-found] # signal makes enumerations, which takes long
import _thread
import functools
import itertools
import sys
from collections.abc import Callable, Iterator
from types import CodeType, FrameType, ModuleType
from typing import Any

import numpy as np

DOUBTS = {
    "items": "functools.reduce, numpy.vectorize or the like may go over examples or positions",
    "elsewhere": "another thread, process or language may do a part of the work",
    "unseen": "it uses frames, hooks or signals of Python, in which lines are not counted",
    "no Python": "it is not a function of Python",
    "kit": "the loops of the training kit ran",
}
"""Why lines may not all be counted, in words. "kit" is no doubt: it says whose loops ran."""

_EVASIONS = (
    "sys.settrace", "sys.setprofile", "sys._current_frames", "sys.monitoring", "_thread.start",
    "os.fork", "os.posix_spawn", "os.spawn", "os.exec", "os.system", "subprocess.Popen",
)  # fmt: skip
"""How the names of audit events begin that no vectorised answer causes."""
_OTHERS = ("ctypes.", "mmap.", "socket.", "time.sleep", "os.pidfd", "os.kill")
_HARMLESS = (
    "import", "open", "exec", "compile", "marshal.", "os.listdir", "os.scandir", "builtins.id",
    "object.", "code.__new__", "cpython.", "function.__new__", "array.__new__",
)  # fmt: skip
"""Audit events that an answer may cause without meaning to."""
_WAYS_TO_A_FRAME = {"tb_frame", "gi_frame", "cr_frame", "ag_frame"}
_HIDING_NAMES = {"f_trace", "f_trace_lines", "f_trace_opcodes", "settrace", "setprofile"}
_DOUBTFUL_NAMES = {
    "items": {"nditer", "starmap", "vectorize", "frompyfunc", "fromiter", "apply_along_axis"},
    "unseen": {"_getframe", "currentframe", "f_back", "addaudithook", "audit", "monitoring"},
}
_ELSEWHERE = {
    "_thread", "threading", "queue", "_queue", "concurrent", "multiprocessing", "subprocess",
    "_posixsubprocess", "socket", "_socket", "select", "mmap", "_multiprocessing", "asyncio",
    "ctypes", "_ctypes", "cffi", "_cffi_backend", "numba", "posix",
}  # fmt: skip
"""Modules by which a thread or process waits for another, or what runs is not Python."""
_ITERATORS = (map, filter, itertools.starmap)
_GO_OVER_ITEMS = (functools.reduce, np.frompyfunc, np.fromiter)
_LIBRARY_LOOPS = {"vectorize.__call__", "apply_along_axis"}
_KIT_LOOPS = "training_kit/loops.py"
_ABSENT = object()
_BUILTINS = {"map": map, "filter": filter}
_SIGNALS = tuple(_signal.valid_signals())
_USUAL_HANDLERS = (int, type(None), type(_signal.default_int_handler))

_watching: Watch | None = None
_listening = _hearing = _hooked = False


class Watch:
    """What was noticed from :meth:`begin` to :meth:`end`: ``evaded``, or doubts.

    ``trace`` counts the lines of the student's frames, ``is_own`` tells these from those of
    libraries, and ``count_item`` is called for every item that their own ``map`` goes over.
    ``follow`` is the profile function.
    """

    def __init__(
        self,
        trace: Callable[..., Any],
        is_own: Callable[[FrameType], bool],
        count_item: Callable[[], None],
    ) -> None:
        """Nothing is watched yet."""
        self.evaded = False
        self.trace, self.follow = trace, self._follow
        self._is_own, self._count_item = is_own, count_item
        self._doubts: dict[str, None] = {}
        self._met: list[tuple[CodeType, dict[str, Any]]] = []
        self._replaced: list[tuple[dict[str, Any], str, Any]] = []
        listen()
        if _hooked or _has_signal_handlers():
            self._doubt("unseen")

    def begin(self) -> None:
        """Watch from here on."""
        global _watching
        _watching = self

    def end(self) -> tuple[str, ...]:
        """Watch no longer; returns the doubts: keys of :data:`DOUBTS`."""
        global _watching
        _watching = None
        for names, name, value in reversed(self._replaced):
            if value is _ABSENT:
                names.pop(name, None)
            else:
                names[name] = value
        if not self._met:
            self._doubt("no Python")
        return tuple(self._doubts)

    def meet(self, frame: FrameType) -> None:
        """A frame of the student's begins, or goes on: have its steps counted; look at its code."""
        self.evaded = self.evaded or not frame.f_trace_lines
        frame.f_trace_opcodes = True
        code, names = frame.f_code, frame.f_globals
        if any(code is met and names is its for met, its in self._met):
            return
        self._met.append((code, names))
        if code.co_filename.replace("\\", "/").endswith(_KIT_LOOPS):
            self._doubt("kit")
        self._look_at_names(frame, code)

    def _follow(self, frame: FrameType, event: str, called: Any) -> None:
        """A call begins or ends: look at what is called, and whether lines are still followed."""
        if event == "c_return":
            return
        own = self._is_own(frame)
        if event == "c_call":
            self._look_at_call(frame, own, called)
        elif event == "call" and not own and frame.f_code.co_qualname in _LIBRARY_LOOPS:
            self._doubt("items")
        if own and event in ("c_call", "return"):
            kept = frame.f_trace_lines and frame.f_trace_opcodes and frame.f_trace is self.trace
            self.evaded = self.evaded or not kept

    def hear(self, event: str, arguments: tuple[Any, ...], frame: FrameType | None) -> None:
        """An audit event, and the frame that caused it."""
        if event == "object.__getattr__":
            if arguments[1] in _WAYS_TO_A_FRAME:
                self._doubt("unseen", frame)
        elif event.startswith(_EVASIONS):
            self.evaded = self.evaded or self._is_theirs(frame)
        elif not event.startswith(_HARMLESS):
            self._doubt("elsewhere" if event.startswith(_OTHERS) else "unseen", frame)

    def _doubt(self, reason: str, frame: FrameType | None = None) -> None:
        """Remember a reason, once; if it lies in a ``frame``, only if that is of theirs."""
        if frame is None or self._is_theirs(frame):
            self._doubts[reason] = None

    def _is_theirs(self, frame: FrameType | None) -> bool:
        """Whether it is done by the student or for them, not by a module that is being imported."""
        while frame is not None and not self._is_own(frame):
            if frame.f_code.co_filename.startswith("<frozen importlib"):
                return False
            frame = frame.f_back
        return True

    def _look_at_call(self, frame: FrameType, own: bool, called: Any) -> None:
        if own and called in _GO_OVER_ITEMS:
            self._doubt("items")
        elif _is_from_elsewhere(getattr(called, "__self__", None)):
            if called is _thread.start_new_thread:
                self.evaded = self.evaded or self._is_theirs(frame)
            self._doubt("elsewhere", frame)

    def _look_at_names(self, frame: FrameType, code: CodeType) -> None:
        names = set(code.co_names)
        self.evaded = self.evaded or not _HIDING_NAMES.isdisjoint(names)
        for reason, doubtful in _DOUBTFUL_NAMES.items():
            if not doubtful.isdisjoint(names):
                self._doubt(reason)
        for name in names:
            self._look_at_global(frame.f_globals, name)
        enclosed = frame.f_locals if code.co_freevars else {}
        for name in code.co_freevars:
            self._look_at_value(enclosed.get(name))

    def _look_at_global(self, names: dict[str, Any], name: str) -> None:
        value = dict.get(names, name, _ABSENT)
        found = _BUILTINS.get(name) if value is _ABSENT else value
        if any(found is each for each in _ITERATORS):
            self._replaced.append((names, name, value))
            names[name] = _counting(found, self._count_item)
        else:
            self._look_at_value(found)

    def _look_at_value(self, value: Any) -> None:
        if type(value) is np.ufunc and value.__name__.endswith("(vectorized)"):
            self._doubt("items")  # numpy.frompyfunc has made it
        elif _is_from_elsewhere(value):
            self._doubt("elsewhere")


def _counting(make: Any, count_item: Callable[[], None]) -> Callable[..., Any]:
    """``map`` or the like, made to count the items that it goes over."""

    def counted(items: Iterator[Any]) -> Iterator[Any]:
        for item in items:
            count_item()
            yield item

    def stand_in(function: Any, *iterables: Any, **settings: Any) -> Any:
        return make(function, *(counted(iter(each)) for each in iterables), **settings)

    return stand_in


def _is_from_elsewhere(value: Any) -> bool:
    """Whether ``value`` is one of the modules :data:`_ELSEWHERE`, or its type is of one.

    Nothing of the student's runs for it: nobody would see what that does.
    """
    kind = type(value)
    if kind is ModuleType:
        name = vars(value).get("__name__")
    elif type(kind) is type:
        name = type.__dict__["__module__"].__get__(kind)
    else:
        return False
    return type(name) is str and name.split(".")[0] in _ELSEWHERE


def _has_signal_handlers() -> bool:
    """Whether Python code is to run when a signal comes, other than the usual interrupt."""
    return any(type(_signal.getsignal(each)) not in _USUAL_HANDLERS for each in _SIGNALS)


def listen() -> None:
    """Listen to what Python reports of itself, from now on: once, and for good."""
    global _listening
    if not _listening:
        _listening = True
        sys.addaudithook(_hook)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    global _hearing, _hooked
    if event == "sys.addaudithook":
        _hooked = True
    elif _watching is not None and not _hearing:
        _hearing = True  # to ask for the caller's frame is an event as well
        try:
            _watching.hear(event, arguments, sys._getframe(1))
        finally:
            _hearing = False
