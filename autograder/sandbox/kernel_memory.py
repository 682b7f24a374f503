"""What the kernel keeps in memory, and on the disk, for a submission, and no limit of it counts."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator

from autograder.sandbox.processes import content, entries

_USUAL_BUFFER = 212_992


def _socket_size() -> int:
    """Bytes that may wait in a socket: less than its buffer, and one message more."""
    text = content("/proc/sys/net/core/wmem_default").strip()
    return 2 * (int(text) if text else _USUAL_BUFFER)


SOCKET_BYTES = _socket_size()


def sockets_in_network(process: int) -> int:
    """Sockets in the network namespace of ``process``, also those that no file stands for.

    Such are on their way through another socket, or wait in a queue to be accepted.
    """
    return max(0, content(f"/proc/{process}/net/unix").count(b"\n") - 1)


def open_sockets(process: int) -> int:
    """Sockets that ``process`` has open."""
    return sum(stat.S_ISSOCK(found.st_mode) for found in _open_files(process))


def unlinked(process: int) -> int:
    """Bytes of files that have no name any more, but ``process`` has them open or mapped."""
    sizes = _mapped_and_unlinked(process)
    for found in _open_files(process):
        if stat.S_ISREG(found.st_mode) and found.st_nlink == 0:
            sizes[found.st_ino] = found.st_blocks * 512
    return sum(sizes.values())


def _open_files(process: int) -> Iterator[os.stat_result]:
    for path in entries(f"/proc/{process}/fd"):
        with contextlib.suppress(OSError):
            yield os.stat(path)  # noqa: PTH116 - there may be hundreds, five times a second


def _mapped_and_unlinked(process: int) -> dict[int, int]:
    """By the file's number: up to where it is mapped, for only root could see its size."""
    sizes: dict[int, int] = {}
    table = content(f"/proc/{process}/maps")
    for line in table.splitlines() if b" (deleted)\n" in table else ():
        place, _, offset, _, number, *path = line.split(maxsplit=5)
        if path and path[0].endswith(b" (deleted)") and not path[0].startswith(b"/dev/zero"):
            begin, end = (int(each, 16) for each in place.split(b"-"))
            mapped = int(offset, 16) + end - begin
            sizes[int(number)] = max(mapped, sizes.get(int(number), 0))
    return sizes
