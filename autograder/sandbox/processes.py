"""Read what the kernel tells of processes in /proc. What has ended reads as empty."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


def family(process: int) -> Iterator[int]:
    """``process`` and its descendants."""
    yield process
    for thread in threads_of(process):
        for child in content(f"{thread}/children").split():
            yield from family(int(child))


def threads_of(process: int) -> list[str]:
    """The folders of its threads."""
    return entries(f"/proc/{process}/task")


def entries(folder: str) -> list[str]:
    """The paths in ``folder``."""
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        return [entry.path for entry in found]
    return []


def statistics(path: str) -> list[bytes]:
    """The fields of a ``stat`` file behind the name, which may hold anything, blanks as well.

    From the state on, which is the manual's third.
    """
    return content(path).rpartition(b")")[2].split()


def content(path: str) -> bytes:
    """What is in a file."""
    pieces = []
    with contextlib.suppress(OSError):
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            while piece := os.read(file, 1 << 16):
                pieces.append(piece)
        finally:
            os.close(file)
    return b"".join(pieces)


def fields(path: str) -> dict[bytes, bytes]:
    """The lines ``name: value`` of a file."""
    lines = content(path).splitlines()
    return {name: value.strip() for name, _, value in (line.partition(b":") for line in lines)}


def kilobytes(found: dict[bytes, bytes], name: bytes) -> int:
    """The bytes of a field that is in kilobytes; 0 if there is none."""
    value = found.get(name, b"").split()
    return int(value[0]) * 1024 if value else 0


def process_of(handle: int) -> int:
    """The number of the process that the file descriptor ``handle`` stands for; -1 if it ended."""
    return int(fields(str(Path("/proc/self/fdinfo") / str(handle))).get(b"Pid", b"-1"))
