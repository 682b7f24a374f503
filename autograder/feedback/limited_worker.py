"""The process with limits: reads a job, does it, answers, until nobody asks any more."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import pickle
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from autograder.feedback.limited import LENGTH

_LARGE = 300_000_000
"""A process that has grown to this many bytes is replaced by a small one."""
_MEMORY = "that took more memory than it may"


def main(seconds: float, memory: int, modules: list[str]) -> None:
    """Work until the other side is closed. Only what it sends is unpickled, never the reverse."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    _import(modules)
    _limit(memory)
    _send(answers, {})
    jobs = sys.stdin.buffer
    while len(head := jobs.read(LENGTH.size)) == LENGTH.size:
        job = jobs.read(*LENGTH.unpack(head))
        with _processor_time(seconds):
            answer = _done(job)
            content = _packed(answer)
        _send_bytes(answers, content)
        if answer.get("last"):
            return


def _import(modules: list[str]) -> None:
    from autograder.quick_jsonschema import import_jsonschema

    if modules:
        import_jsonschema()
    for module in modules:
        importlib.import_module(module)


def _done(job: bytes) -> dict[str, Any]:
    try:
        function, arguments = pickle.loads(job)
        value = function(*arguments)
    except MemoryError:
        return {"problem": _MEMORY, "last": True}
    except BaseException as error:  # a library in Rust panics with no ordinary exception
        last = not isinstance(error, Exception)
        return {"problem": f"a library failed ({type(error).__name__})", "last": last}
    return {"value": value, "last": _size() > _LARGE}


def _packed(answer: dict[str, Any]) -> bytes:
    try:
        return json.dumps(answer).encode()
    except MemoryError:
        answer.clear()
        answer.update(problem=_MEMORY, last=True)
        return json.dumps(answer).encode()


def _send(answers: IO[bytes], answer: dict[str, Any]) -> None:
    _send_bytes(answers, json.dumps(answer).encode())


def _send_bytes(answers: IO[bytes], content: bytes) -> None:
    answers.write(LENGTH.pack(len(content)))
    answers.write(content)
    answers.flush()


@contextlib.contextmanager
def _processor_time(seconds: float) -> Iterator[None]:
    """The system ends this process when it has used so much, also in the middle of C code."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit(memory: int) -> None:
    """Where the system can do it; Windows cannot."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _size() -> int:
    """Bytes that this process has had at the most; 0 where that is not known."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    try:  # on Linux this would be no less than what the process had that started this one
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
