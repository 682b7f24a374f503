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
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            with contextlib.suppress(OSError):
                for child in (task / "children").read_text().split():
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
