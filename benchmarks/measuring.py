"""Run a command; measure its time, and the processor time and memory of all its processes."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from autograder.sandbox.processes import family
from autograder.sandbox.watching import proportional_size

SAMPLE_SECONDS = 0.5
"""Looking takes milliseconds for each process, which are the command's loss."""


@dataclass(frozen=True)
class Sample:
    """One look at a command's processes: bytes of each, shared memory counted in shares."""

    root: int
    others: tuple[int, ...]

    @property
    def together(self) -> int:
        """All of it."""
        return self.root + sum(self.others)


@dataclass(frozen=True)
class Measured:
    """What running a command took, in seconds and bytes."""

    wall: float
    cpu: float
    samples: list[Sample] = field(default_factory=list)

    @property
    def peak(self) -> int:
        """The most memory that all its processes used together."""
        return max((sample.together for sample in self.samples), default=0)


def measure(command: list[str], folder: Path, variables: Mapping[str, str]) -> Measured:
    """Run ``command`` in ``folder``; raises RuntimeError with what it said if it fails."""
    os.sync()  # what the last command wrote is not this one's to wait for
    before, begun = _processor_seconds(), time.monotonic()
    log = folder.parent / f"{folder.name}.log"
    samples: list[Sample] = []
    with log.open("wb") as said:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **variables}, stdout=said, stderr=said
        )
        sampler = threading.Thread(target=_watch, args=(process.pid, samples), daemon=True)
        sampler.start()
        code = process.wait()
    wall = time.monotonic() - begun
    sampler.join()
    if code:
        raise RuntimeError(f"{command} ended with {code}:\n{log.read_text(errors='replace')}")
    return Measured(wall, _processor_seconds() - before, samples)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _watch(process: int, samples: list[Sample]) -> None:
    while size := proportional_size(process):
        _, *others = family(process)
        samples.append(Sample(size, tuple(map(proportional_size, others))))
        time.sleep(SAMPLE_SECONDS)
