"""``autograder grade`` as a process of its own: start it, end it, look for what it left."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from autograder.course import Course
from tests.jupyter_servers import BIN
from tests.submissions import ASSIGNMENT

PATIENCE_SECONDS = 120


class Grader:
    """A running grader; whatever it starts carries a mark in its environment."""

    def __init__(
        self, course: Course, *options: str, program: list[str] | None = None, **variables: str
    ) -> None:
        self._mark = mark(course)
        self._said = course.root.parent / f"{course.root.name}.{time.monotonic_ns()}"
        words = [*(program or [str(BIN / "autograder")]), "grade", ASSIGNMENT]
        with self._file("out").open("wb") as out, self._file("err").open("wb") as err:
            self.process = subprocess.Popen(
                [*words, "--course", str(course.root), *options],
                cwd=course.root,
                env={**os.environ, "LD_LIBRARY_PATH": self._mark, **variables},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                # A shell may have told its jobs to ignore Ctrl-C, which is inherited.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )

    def _file(self, kind: str) -> Path:
        return Path(f"{self._said}.{kind}")

    @property
    def said(self) -> str:
        """What it printed so far."""
        return self._file("out").read_text(encoding="utf-8")

    @property
    def complained(self) -> str:
        """What it printed so far on stderr."""
        return self._file("err").read_text(encoding="utf-8")

    @property
    def has_started(self) -> bool:
        """Whether it has begun to start the sandbox, which is the first thing it does."""
        return len(marked(self._mark)) > 1

    def end(self) -> int:
        """Wait for its end; returns the exit code."""
        code = self.process.wait(PATIENCE_SECONDS)
        assert "Traceback" not in self.complained
        return code

    def kill(self) -> None:
        """End it as the system does when memory runs out; it hears nothing of it."""
        self.process.kill()
        self.process.wait()

    def interrupt(self) -> int:
        """Press Ctrl-C; returns the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.end()

    def assert_nothing_is_left(self) -> None:
        """No process that it started, or that these started, is alive."""
        wait_until(lambda: not marked(self._mark), "its processes to end")


def mark(course: Course) -> str:
    """Of the graders of ``course``: a variable's value that the sandbox's processes inherit too."""
    return str(course.root.parent / f"mark-of-{course.root.name}")


def marked(text: str) -> list[int]:
    """The numbers of living processes that were started with ``text`` in their environment."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and text.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


def wait_until(true: Callable[[], object], what: str) -> None:
    """Wait for something to happen, and fail if it does not."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < until, f"waited in vain for {what}"
        time.sleep(0.02)
