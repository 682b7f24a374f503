"""Landlock: which files a submission may read and write, held by the kernel without any mounts.

In the full tier it stands behind the read-only root; without namespaces it is the wall itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from autograder.sandbox import kernel_calls as kernel

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_ALL_OF_VERSION_1 = (1 << 13) - 1
_REFER, _TRUNCATE, _IOCTL_DEVICE = 1 << 13, 1 << 14, 1 << 15
_BIND_TCP, _CONNECT_TCP = 1 << 0, 1 << 1
_SCOPE_ABSTRACT_SOCKETS, _SCOPE_SIGNALS = 1 << 0, 1 << 1

_READ = _EXECUTE | _READ_FILE | _READ_DIR
_WRITABLE_DEVICES = ("/dev/null", "/dev/full")
_READABLE_DEVICES = ("/dev/zero", "/dev/random", "/dev/urandom")
"""Mapped and written to, /dev/zero would be memory that no limit counts."""


def restrict_files(readable: Iterable[Path], writable: Iterable[Path]) -> bool:
    """Hold this process to reading ``readable`` and writing ``writable``.

    Also rules out TCP, and signals and abstract sockets to the outside, as far as the kernel's
    version has them. Returns False, and does nothing, on a kernel without Landlock.
    """
    version = kernel.landlock_version()
    if version < 1:
        return False
    files = _ALL_OF_VERSION_1
    files |= _REFER if version >= 2 else 0
    files |= _TRUNCATE if version >= 3 else 0
    files |= _IOCTL_DEVICE if version >= 5 else 0
    network = _BIND_TCP | _CONNECT_TCP if version >= 4 else 0
    scopes = _SCOPE_ABSTRACT_SOCKETS | _SCOPE_SIGNALS if version >= 6 else 0
    ruleset = kernel.landlock_ruleset(files, network, scopes)
    try:
        for path in readable:
            allowed = _READ if path.is_dir() else _READ & ~_READ_DIR
            kernel.landlock_allow(ruleset, str(path), allowed & files)
        for path in writable:
            kernel.landlock_allow(ruleset, str(path), files)
        on_files = _READ_FILE | _WRITE_FILE | _TRUNCATE | _IOCTL_DEVICE
        for device in _WRITABLE_DEVICES:
            kernel.landlock_allow(ruleset, device, on_files & files)
        for device in _READABLE_DEVICES:
            kernel.landlock_allow(ruleset, device, _READ_FILE & files)
        kernel.landlock_restrict(ruleset)
    finally:
        os.close(ruleset)
    return True
