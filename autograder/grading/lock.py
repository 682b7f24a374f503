"""One grader at a time: a second one on the same course waits for the first."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

LOCK = ".grading.lock"


@contextlib.contextmanager
def only_grader(course_root: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the course's lock. It is the system's own, so it ends with the process that holds it."""
    lock = FileLock(course_root / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        tell("Another grader is at work on this course. Waiting for it to end; Ctrl-C gives up.")
        lock.acquire(poll_interval=0.2)
    try:
        yield
    finally:
        lock.release()
