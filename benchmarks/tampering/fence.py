"""A fence around graders that run submissions with their own rights. Also a program.

Behind it there are no other processes, no network but loopback, nothing to write but one folder,
and no capabilities. What the submission leaves running is waited for a little, then ended. Only
Linux has this; the attacks are harmless besides.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import resource
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from autograder.sandbox import kernel_calls as kernel

AFTERLIFE_SECONDS = 5
_MOUNT_SETATTR, _AT_FDCWD, _AT_RECURSIVE, _READ_ONLY = 442, -100, 0x8000, 1
_SIOCSIFFLAGS, _UP = 0x8914, 0x1
_PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _LAST_CAPABILITY = 24, 38, 40
_LIMITS = {
    resource.RLIMIT_CPU: 200,
    resource.RLIMIT_DATA: 4_000_000_000,
    resource.RLIMIT_FSIZE: 200_000_000,
}
_UNSHARE = (
    "unshare --user --map-root-user --mount --pid --net --ipc --fork --kill-child --mount-proc"
)


def run_fenced(
    command: list[str], folder: Path, variables: Mapping[str, str], seconds: float
) -> subprocess.CompletedProcess[str]:
    """Run ``command``, which may write below ``folder`` alone; its home is there, too."""
    home, temporary = folder / "home", folder / "tmp"
    for each in (home, temporary):
        each.mkdir(exist_ok=True)
    environment = {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "TMPDIR": str(temporary),
        **{name: value for name, value in os.environ.items() if name.startswith("OPENBLAS")},
        **variables,
    }
    inside = [sys.executable, "-m", __name__, str(folder), str(seconds), *command]
    return subprocess.run(
        [*_UNSHARE.split(), *inside],
        cwd=Path(__file__).resolve().parents[2],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=seconds + 60,
        start_new_session=True,
        check=False,
    )


def _main() -> int:
    folder, seconds, *command = sys.argv[1:]
    _close_in(Path(folder))
    process = subprocess.Popen(command, cwd=folder, preexec_fn=_take_rights)
    try:
        code = process.wait(float(seconds))
    except subprocess.TimeoutExpired:
        print(f"ended after {seconds} s")
        return 124
    _outlive(AFTERLIFE_SECONDS)
    return code


def _close_in(folder: Path) -> None:
    """Make everything read-only but ``folder``, and let this namespace talk to itself."""
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    kernel.mount(str(folder), str(folder), None, kernel.MS_BIND)
    _set_attributes("/", set_=_READ_ONLY, recursive=True)
    _set_attributes(str(folder), clear=_READ_ONLY)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", _UP))


def _set_attributes(path: str, *, set_: int = 0, clear: int = 0, recursive: bool = False) -> None:
    """See mount_setattr(2), which Linux has since 5.12."""
    attributes = struct.pack("QQQQ", set_, clear, 0, 0)
    flags = _AT_RECURSIVE if recursive else 0
    library = ctypes.CDLL(None, use_errno=True)
    arguments = (_MOUNT_SETATTR, _AT_FDCWD, os.fsencode(path), flags, attributes, len(attributes))
    if library.syscall(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"mount_setattr {path}: {os.strerror(number)}")


def _take_rights() -> None:
    library = ctypes.CDLL(None)
    for capability in range(_LAST_CAPABILITY + 1):
        library.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    library.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    for limit, most in _LIMITS.items():
        resource.setrlimit(limit, (most, most))


def _outlive(seconds: float) -> None:
    """Wait for what was left running: it may be an attack that waits for the grader to end."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            process, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not process:
            time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(_main())
