"""Show a folder in another place, with whatever is mounted in it, and let nobody write there."""

from __future__ import annotations

import os
import re
from pathlib import Path

from autograder.sandbox import kernel_calls as kernel

_MOUNTS = Path("/proc/self/mountinfo")
_READ_ONLY = kernel.MS_RDONLY | kernel.MS_NOSUID | kernel.MS_NODEV
"""Device files are bound one by one, where no folder is bound."""


def bind(source: Path, target: Path) -> None:
    """Show ``source`` at ``target``, which is made if need be, with all that is mounted in it.

    A user who is not root may not leave that out: it would show what the mounts hide.
    """
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    elif not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    kernel.mount(str(source), str(target), None, kernel.MS_BIND | kernel.MS_REC)


def make_read_only(path: Path) -> None:
    """Remount read-only. Flags that a mount already has must be kept, or the kernel refuses."""
    kept = os.statvfs(path).f_flag
    flags = kernel.MS_REMOUNT | kernel.MS_BIND | _READ_ONLY
    flags |= kernel.MS_NOEXEC if kept & os.ST_NOEXEC else 0
    flags |= kept & (os.ST_NOATIME | os.ST_NODIRATIME | os.ST_RELATIME)
    kernel.mount("none", str(path), None, flags)


def make_all_read_only(path: Path) -> None:
    """The same for ``path`` and all that is mounted in it."""
    try:
        kernel.set_mount_flags(str(path), _READ_ONLY)
    except kernel.KernelCallError:  # before Linux 5.12, or in a container that does not know it
        for mounted in mount_points(_MOUNTS.read_text()):
            if mounted == path or path in mounted.parents:
                make_read_only(mounted)


def mount_points(table: str) -> list[Path]:
    """Where there are mounts, each once, from the text of a ``mountinfo``; see proc(5)."""
    places = (line.split(" ")[4] for line in table.splitlines())
    return [Path(_unescaped(place)) for place in dict.fromkeys(places)]


def _unescaped(place: str) -> str:
    """Blanks, tabs, line ends and backslashes are written as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place)
