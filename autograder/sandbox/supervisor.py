"""The trusted side of the sandbox: start the fork server, ask it for a run, end what overstays."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from typing import Any

from autograder.errors import CourseError
from autograder.sandbox.tiers import Tier

_START_SECONDS = 120
_THREADS = (
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "TF_NUM_INTRAOP_THREADS",
    "TF_NUM_INTEROP_THREADS",
)
_KEPT = ("HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR", "LD_LIBRARY_PATH")


class SandboxError(CourseError):
    """The sandbox cannot be entered; the message says which layer refused and why."""


class ForkServer:
    """One warm fork server; many threads may ask it for runs. Use as a context manager."""

    def __init__(self, tier: Tier) -> None:
        """Prepare; the server starts when it is entered or asked."""
        self.tier = tier
        self._lock = threading.Lock()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> ForkServer:
        """Start it."""
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End it, and whatever it still runs."""
        self.close()

    @property
    def pid(self) -> int | None:
        """The server's process number, while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the server and wait until it is warm. Raises :class:`SandboxError`."""
        with self._lock:
            if self._control is None:
                self._start()

    def _start(self) -> None:
        own, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, tempfile.TemporaryFile() as errors:
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-P",
                    "-m",
                    "autograder.sandbox.server",
                    self.tier,
                    str(theirs.fileno()),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                pass_fds=[theirs.fileno()],
                env=_environment(),
                start_new_session=True,  # Ctrl-C is for the supervisor
            )
            theirs.close()
            own.settimeout(_START_SECONDS)
            self._control = own
            try:
                answer = json.loads(own.recv(65_536) or b"{}")
            except (OSError, ValueError):
                answer = {}
            if "ready" not in answer:
                errors.seek(0)
                said = errors.read()[-2_000:].decode(errors="replace").strip()
                self._end()
                reason = answer.get("refused") or said or "it ended without a word"
                raise SandboxError(f"The sandbox cannot be started: {reason}")
            own.settimeout(None)

    def close(self) -> None:
        """End the server for good; its forks end with it, and nobody may ask it any more."""
        self._closed = True
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._control is not None:
            self._control.close()
            self._control = None
        if self._process is not None:
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def ask(self, request: bytes, *descriptors: int) -> None:
        """Ask for a run that uses these files. Starts the server (again) if it does not run."""
        with self._lock:
            for attempt in (1, 2):
                if self._closed:
                    raise SandboxError("The sandbox was closed.")
                if self._control is None:
                    self._start()
                assert self._control is not None
                try:
                    socket.send_fds(self._control, [request], list(descriptors))
                    return
                except OSError as error:
                    self._end()
                    if attempt == 2:
                        raise SandboxError(f"The sandbox does not answer: {error}") from None


def _environment() -> dict[str, str]:
    """For the server: nothing of the grader's own but where the caches are."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    threads = dict.fromkeys(_THREADS, "1")
    # One seed for the order of sets: the same submission prints the same wherever it is graded.
    fixed = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
    return {**kept, **threads, **fixed, "PYTHONDONTWRITEBYTECODE": "1"}


@contextlib.contextmanager
def packed(task: Any) -> Iterator[int]:
    """A file descriptor from which the server's fork reads ``task``; it is on no disk."""
    descriptor = os.memfd_create("task")
    try:
        with open(descriptor, "wb", closefd=False) as file:
            pickle.dump(task, file)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)
