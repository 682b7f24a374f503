"""A scheduler and workers of Dask as processes of their own, on the loopback only."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.grading.graders import wait_until


class Cluster:
    """A running scheduler with two workers, who have nothing in common with the grader's folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        about = folder / "scheduler.json"
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", about)
        wait_until(lambda: about.exists() and about.read_text(), "the scheduler to start")
        self.address = str(json.loads(about.read_text())["address"])
        for number in (1, 2):
            scratch = folder / f"scratch of worker {number}"
            self._start(
                "worker",
                self.address,
                *("--host", "127.0.0.1", "--nthreads", 1, "--no-nanny"),
                *("--local-directory", scratch),
            )
        self.workers = self._processes[1:]
        wait_until(lambda: self._connected() == 2, "both workers to connect")

    def _start(self, kind: str, *words: object) -> None:
        home = self._folder / f"home of {kind} {len(self._processes)}"
        home.mkdir()
        with (home / "log").open("wb") as log:
            self._processes.append(
                subprocess.Popen(
                    [
                        *(sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard"),
                        *map(str, words),
                    ],
                    cwd=home,
                    env={**os.environ, "LD_LIBRARY_PATH": self.mark, "DASK_CONFIG": str(home)},
                    stdout=log,
                    stderr=log,
                )
            )

    @property
    def mark(self) -> str:
        """What its processes, and those that they start, have in their environment."""
        return str(self._folder / "mark")

    def _connected(self) -> int:
        return sum(
            b"Registered to:" in (self._folder / f"home of worker {number}" / "log").read_bytes()
            for number in (1, 2)
        )

    def close(self) -> None:
        """End all of it."""
        for process in reversed(self._processes):
            process.send_signal(signal.SIGTERM)
        for process in self._processes:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
            process.kill()
            process.wait()


@contextlib.contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Start a cluster whose files are in ``folder``."""
    folder.mkdir()
    running = Cluster(folder)
    try:
        yield running
    finally:
        running.close()
