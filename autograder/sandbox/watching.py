"""Keep an eye on what all of a submission's processes use together.

The kernel holds each process to its own limit; many of them could still use many times that, and
some kinds of memory count against no limit. Without namespaces it counts neither a submission's
threads nor its files.
"""

from __future__ import annotations

import contextlib
import os

from autograder.sandbox.kernel_memory import (
    SOCKET_BYTES,
    open_sockets,
    sockets_in_network,
    unlinked,
)
from autograder.sandbox.processes import (
    family,
    fields,
    kilobytes,
    process_of,
    statistics,
    threads_of,
)

__all__ = [
    "EVERY_SECONDS",
    "file_size",
    "is_runnable",
    "process_of",
    "processor_seconds",
    "threads",
    "uses_more",
]

EVERY_SECONDS = 0.2
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_RUNNABLE = (b"R", b"D")
"""States of a thread: running or ready to, and waiting for what nothing can interrupt."""


def uses_more(process: int, limit: int, *, own_network: bool) -> bool:
    """Whether ``process`` and its descendants use more than ``limit`` bytes of memory.

    What they share is counted once. Page tables count, and so does what may wait in sockets.
    ``own_network`` says that no sockets of others are in its network namespace.
    """
    processes = list(family(process))
    sockets = sockets_in_network if own_network else open_sockets
    limit -= sockets(process) * SOCKET_BYTES
    # What they share counts for each here, so that this is never too little.
    if sum(map(_own_size, processes)) <= limit:
        return False
    return len(processes) == 1 or sum(map(proportional_size, processes)) > limit


def threads(process: int) -> int:
    """Threads of ``process``."""
    return int(fields(f"/proc/{process}/status").get(b"Threads", b"0"))


def processor_seconds(process: int) -> float:
    """Seconds of processor time of ``process`` and its descendants, also of those that ended.

    What ended counts once its parent, or the first of its process namespace, has waited for it.
    """
    return sum(map(_own_seconds, family(process)))


def is_runnable(process: int) -> bool:
    """Whether any thread of ``process`` or its descendants computes, or waits to, or for a disk."""
    return any(map(_has_runnable_thread, family(process)))


def _own_seconds(process: int) -> float:
    """Of a process and of its ended children; 0 where it has ended itself."""
    found = statistics(f"/proc/{process}/stat")
    return sum(map(int, found[11:15])) / _TICKS_A_SECOND if found else 0.0


def _has_runnable_thread(process: int) -> bool:
    found = statistics(f"/proc/{process}/stat")
    if not found or found[0] in _RUNNABLE:
        return bool(found)
    if int(found[17]) == 1:
        return False
    states = (statistics(f"{thread}/stat")[:1] for thread in threads_of(process))
    return any(state and state[0] in _RUNNABLE for state in states)


def file_size(folder: str, process: int) -> int:
    """Bytes of all files in ``folder`` and below, and of those that ``process`` has unlinked."""
    return size(folder) + unlinked(process)


def size(folder: str) -> int:
    """Bytes of all files in ``folder`` and below; links are not followed."""
    total, folders = 0, [folder]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    # Blocks, not length: a file with a hole takes less than it says.
                    total += entry.stat(follow_symlinks=False).st_blocks * 512
    return total


def proportional_size(process: int) -> int:
    """Bytes that it uses, shared ones in shares; in full where their shares cannot be seen."""
    shares = fields(f"/proc/{process}/smaps_rollup")
    if b"Pss" not in shares:
        return _own_size(process)
    tables = kilobytes(fields(f"/proc/{process}/status"), b"VmPTE")
    return tables + kilobytes(shares, b"Pss")


def _own_size(process: int) -> int:
    """Bytes that it uses, shared ones in full; twenty times as quick to be had."""
    found = fields(f"/proc/{process}/status")
    return sum(kilobytes(found, name) for name in (b"RssAnon", b"RssShmem", b"VmPTE"))
