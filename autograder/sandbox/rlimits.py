"""Limits that the kernel keeps on each process."""

from __future__ import annotations

import math
import resource

from autograder.execution.limits import Limits

OPEN_FILES = 256
NO_CORE_DUMP = 1
"""Too small for a core file, and the one value that also keeps the kernel from starting a program
that collects dumps (a limit of 0 does not)."""


def set_limits(limits: Limits, *, own_processes: bool) -> None:
    """Hold this process, and whatever it starts, to ``limits``.

    Memory is counted as data, not as address space, of which Python with NumPy has 900 MB from the
    start. ``own_processes`` tells that processes are counted for this submission alone.
    """
    seconds = math.ceil(limits.notebook) + 1
    wanted = {
        resource.RLIMIT_DATA: limits.memory,
        resource.RLIMIT_FSIZE: limits.files,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: NO_CORE_DUMP,
        resource.RLIMIT_CPU: seconds * limits.processes,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 1024,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_RTPRIO: 0,
    }
    if own_processes:
        wanted[resource.RLIMIT_NPROC] = limits.processes
    for kind, value in wanted.items():
        _, hard = resource.getrlimit(kind)
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (bound, bound))
