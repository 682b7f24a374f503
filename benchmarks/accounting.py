"""Run a command; account for its time, and for the memory of the program itself, without its own.

Beside :mod:`benchmarks.measuring`, which looks at all processes together, this tells the
coordinator of a class from those that run submissions, and ends what overstays.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY_SECONDS = 0.05
"""How often is looked. The most that a process used is kept by the kernel, so little is missed."""
_TICKS = os.sysconf("SC_CLK_TCK")
_FORK_SERVER = b"autograder.sandbox.server"


@dataclass(frozen=True)
class Account:
    """What a command took: seconds, and bytes of memory at the most.

    ``own`` is the processor time of the program itself, ``all`` with those that it started.
    ``server`` is the memory of the sandbox's fork server. ``code`` is the exit status, None if the
    command was ended for taking too long; ``said`` is the end of what it printed.
    """

    wall: float
    own: float
    all: float
    memory: int
    server: int
    code: int | None
    said: str


def account(command: Sequence[str], folder: Path, seconds: float) -> Account:
    """Run ``command`` in ``folder``, for ``seconds`` by the clock at the most."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, stdout=said, stderr=said, start_new_session=True
        )
        memory, server, late = 0, 0, False
        while not (ended := _has_ended(process.pid)) and not late:
            memory = max(memory, _peak(process.pid))
            server = max((server, *map(_peak, _fork_servers(process.pid))))
            late = time.monotonic() - begun > seconds
            time.sleep(EVERY_SECONDS)
        own = _processor_seconds(process.pid)
        if not ended:
            os.killpg(process.pid, signal.SIGKILL)  # the fork server sees it, and ends
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read()[-4_000:].decode(errors="replace")
    code = process.returncode if ended else None
    together = max(own, used.ru_utime + used.ru_stime)  # of what was killed, not all is known
    return Account(time.monotonic() - begun, own, together, memory, server, code, words)


def _has_ended(process: int) -> bool:
    """Whether it has, without burying it: its figures are read first."""
    return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def _processor_seconds(process: int) -> float:
    """Of the process alone; its name, in brackets before the numbers, may hold blanks."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def _peak(process: int) -> int:
    """The most bytes that it had in memory; 0 for a process that has ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return 0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(found[0]) * 1024 if found else 0


def _fork_servers(process: int) -> Iterator[int]:
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in map(int, (task / "children").read_text(encoding="utf-8").split()):
                if _FORK_SERVER in Path(f"/proc/{child}/cmdline").read_bytes():
                    yield child
    except OSError:  # one of them has just ended
        return
