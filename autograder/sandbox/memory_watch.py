"""Keep an eye on the memory of all of a submission's processes together.

Each process alone is held by its own limit; many of them could still use many times that.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

EVERY_SECONDS = 0.2


def together(process: int) -> int:
    """Bytes that ``process`` and its descendants use, if there are any; 0 for one that is alone.

    Memory that they share is counted once.
    """
    family = list(_family(process))
    return sum(map(_proportional_size, family)) if len(family) > 1 else 0


def _family(process: int) -> Iterator[int]:
    yield process
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            with contextlib.suppress(OSError):
                for child in (task / "children").read_text().split():
                    yield from _family(int(child))


def _proportional_size(process: int) -> int:
    with contextlib.suppress(OSError, ValueError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def process_of(handle: int) -> int:
    """The number of the process that the file descriptor ``handle`` stands for; -1 if it ended."""
    for line in Path(f"/proc/self/fdinfo/{handle}").read_text().splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    return -1
