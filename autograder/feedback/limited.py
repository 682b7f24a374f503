"""Work on strangers' words in a process of its own, which has limits and can fail alone.

Whatever turns what students wrote into pages goes through libraries that take long, or much
memory, for some short texts. Here that ends one process, and is a :class:`LimitReachedError` for
whoever asked.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO, Any

from autograder.errors import CourseError

LENGTH = struct.Struct("!Q")
"""Before each message stands how many bytes it has."""
_WORKER = "autograder.feedback.limited_worker"
_START_SECONDS = 120.0
_PATIENCE = 12
"""So many times its processor seconds may one job take by the clock: a far backstop, and where the
system counts no processor time the only limit."""


@dataclass(frozen=True)
class WorkLimits:
    """What one job may take: ``seconds`` of processor time, bytes of ``memory`` and ``answer``.

    ``memory`` is what the whole process may have, its libraries included; where the system can set
    no such limit, there is none.
    """

    seconds: float = 5.0
    memory: int = 800_000_000
    answer: int = 80_000_000


class LimitReachedError(Exception):
    """The process did not finish its job; the message, a sentence, says why."""


class LimitedProcess:
    """One process that works through jobs, one after another; started when there is one.

    After a job that was not finished the next one has a fresh process.
    """

    def __init__(self, limits: WorkLimits, *modules: str) -> None:
        """``modules`` are imported before the first job, at nobody's expense."""
        self.limits = limits
        self._modules = modules
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._ready = False
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The process's number, while there is one."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it if it does not run, and do not wait for it to be ready."""
        with self._lock:
            self._start()

    def ask(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What ``function``, a module's own, returns there: a value that JSON can hold.

        Raises :class:`LimitReachedError`, and :class:`CourseError` if it cannot be started or was
        closed.
        """
        with self._lock:
            self._start()
            self._await_ready()
            try:
                answer = self._answer(pickle.dumps((function, arguments)))
            except (OSError, EOFError, ValueError):
                why = self._why_ended()
                self._refuse_closed()
                raise LimitReachedError(why) from None
            except BaseException:  # Ctrl-C while it works
                self._end()
                raise
            if answer.get("last"):
                self._end()
        if "problem" in answer:
            raise LimitReachedError(str(answer["problem"]))
        return answer["value"]

    def close(self) -> None:
        """End the process for good, whatever it does."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()  # a thread that waits for its answer hears of its end
        with self._lock:
            self._end()

    def _refuse_closed(self) -> None:
        if self._closed:
            raise CourseError("The process that writes pages was closed.")

    def _start(self) -> None:
        self._refuse_closed()
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is not None:
            return
        limits = self.limits
        self._ready = False
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the process
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-P", "-m", _WORKER),
                *(str(limits.seconds), str(limits.memory), *self._modules),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            # Threads of NumPy's would take memory for themselves.
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            start_new_session=True,  # Ctrl-C is for who asks
        )
        if self._closed:  # meanwhile, by somebody who saw no process to end
            self._end()
            self._refuse_closed()

    def _await_ready(self) -> None:
        if self._ready:
            return
        try:
            with self._killed_after(_START_SECONDS):
                self._read()
        except (OSError, EOFError, ValueError):
            said = self._complaint()
            self._end()
            self._refuse_closed()
            raise CourseError(f"The process that writes pages cannot be started: {said}") from None
        self._ready = True

    def _answer(self, job: bytes) -> dict[str, Any]:
        assert self._process and self._process.stdin
        with self._killed_after(_PATIENCE * self.limits.seconds):
            self._process.stdin.write(LENGTH.pack(len(job)) + job)
            self._process.stdin.flush()
            answer: dict[str, Any] = json.loads(self._read())
            return answer

    def _read(self) -> bytes:
        assert self._process and self._process.stdout
        (length,) = LENGTH.unpack(_all_of(self._process.stdout, LENGTH.size))
        if length > self.limits.answer:
            self._process.kill()
            raise EOFError
        return _all_of(self._process.stdout, length)

    @contextlib.contextmanager
    def _killed_after(self, seconds: float) -> Iterator[None]:
        assert self._process
        timer = threading.Timer(seconds, self._process.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _why_ended(self) -> str:
        assert self._process
        self._process.kill()
        code = self._process.wait()
        self._end()
        if hasattr(signal, "SIGPROF") and code == -signal.SIGPROF:
            return f"that took more than {self.limits.seconds:g} seconds of processor time"
        return "that took more time or memory than it may"

    def _complaint(self) -> str:
        assert self._errors and self._process
        self._process.kill()
        self._process.wait()
        self._errors.seek(0)
        said = self._errors.read()[-2_000:].decode(errors="replace").strip()
        return said.rpartition("\n")[2] or "it ended without a word."

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout, self._errors):
                with contextlib.suppress(OSError):  # what could not be written any more
                    if stream is not None:
                        stream.close()


class LimitedPool:
    """Several such processes, for jobs that may be done beside each other."""

    def __init__(self, count: int, limits: WorkLimits, *modules: str) -> None:
        """At most ``count`` processes, each started when all others are busy."""
        self._processes = [LimitedProcess(limits, *modules) for _ in range(count)]
        self._free: queue.LifoQueue[LimitedProcess] = queue.LifoQueue()
        for process in reversed(self._processes):
            self._free.put(process)
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="limited")

    def start(self, count: int = 1) -> None:
        """Start ``count`` of them now, beside what else there is to do."""
        for process in self._processes[:count]:
            process.start()

    def submit(self, work: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Let ``work`` have one of the processes, here in a thread, and the ``arguments``."""
        return self._threads.submit(self._lend, work, *arguments)

    def _lend(self, work: Callable[..., Any], *arguments: Any) -> Any:
        process = self._free.get()
        try:
            return work(process, *arguments)
        finally:
            self._free.put(process)

    def close(self, *, wait: bool = True) -> None:
        """Let everything be done, or nothing more if ``wait`` is not set; end the processes."""
        self._threads.shutdown(wait=wait, cancel_futures=not wait)
        for process in self._processes:
            process.close()


def _all_of(stream: IO[bytes], length: int) -> bytes:
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return content
