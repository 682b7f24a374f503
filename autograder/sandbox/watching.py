"""Keep an eye on what all of a submission's processes use together.

The kernel holds each process to its own limit; many of them could still use many times that, and
some kinds of memory count against no limit. Without namespaces it counts neither a submission's
threads nor its files.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

EVERY_SECONDS = 0.2
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
_RUNNABLE = (b"R", b"D")
"""States of a thread: running or ready to, and waiting for what nothing can interrupt."""


def memory(process: int) -> int:
    """Bytes that ``process`` and its descendants use; what they share is counted once."""
    processes = list(family(process))
    if len(processes) > 1:
        return sum(map(proportional_size, processes))
    fields = _fields(Path(f"/proc/{process}/status"))
    return _kilobytes(fields, "RssAnon") + _kilobytes(fields, "RssShmem")


def threads(process: int) -> int:
    """Threads of ``process``."""
    return int(_fields(Path(f"/proc/{process}/status")).get("Threads", "0"))


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
    fields = _statistics(f"/proc/{process}/stat")
    return sum(map(int, fields[11:15])) / _TICKS_A_SECOND if fields else 0.0


def _has_runnable_thread(process: int) -> bool:
    fields = _statistics(f"/proc/{process}/stat")
    if not fields or fields[0] in _RUNNABLE:
        return bool(fields)
    if int(fields[17]) == 1:
        return False
    threads = (_statistics(f"{thread}/stat") for thread in _threads_of(process))
    return any(found and found[0] in _RUNNABLE for found in threads)


def _threads_of(process: int) -> list[str]:
    """The folders of its threads in /proc."""
    with contextlib.suppress(OSError), os.scandir(f"/proc/{process}/task") as threads:
        return [thread.path for thread in threads]
    return []


def _statistics(path: str) -> list[bytes]:
    """The fields of a ``stat`` file behind the name, which may hold anything, blanks as well.

    From the state on, which is the manual's third; none of what has ended.
    """
    return _content(path).rpartition(b")")[2].split()


def _content(path: str) -> bytes:
    """A small file of /proc as it is at one moment; empty for a process that has ended."""
    with contextlib.suppress(OSError):
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            return os.read(file, 1 << 16)
        finally:
            os.close(file)
    return b""


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


def family(process: int) -> Iterator[int]:
    """``process`` and its descendants."""
    yield process
    for thread in _threads_of(process):
        for child in _content(f"{thread}/children").split():
            yield from family(int(child))


def proportional_size(process: int) -> int:
    """Bytes that it uses, shared ones in shares; 0 for a process that has ended."""
    return _kilobytes(_fields(Path(f"/proc/{process}/smaps_rollup")), "Pss")


def _fields(path: Path) -> dict[str, str]:
    """The lines ``name: value`` of a file in /proc; none of a process that has ended."""
    with contextlib.suppress(OSError):
        lines = path.read_text().splitlines()
        return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return {}


def _kilobytes(fields: dict[str, str], name: str) -> int:
    value = fields.get(name, "").split()
    return int(value[0]) * 1024 if value else 0


def process_of(handle: int) -> int:
    """The number of the process that the file descriptor ``handle`` stands for; -1 if it ended."""
    return int(_fields(Path(f"/proc/self/fdinfo/{handle}")).get("Pid", "-1"))
