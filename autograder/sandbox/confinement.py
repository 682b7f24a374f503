"""Put a process, layer by layer, where a submission can do no harm. There is no way back."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path
from typing import Any

from autograder.execution.limits import Limits
from autograder.sandbox import kernel_calls as kernel
from autograder.sandbox.concealing import View
from autograder.sandbox.file_rules import restrict_files
from autograder.sandbox.rlimits import set_limits
from autograder.sandbox.root_folder import INPUTS, SCRATCH, TMP, enter_minimal_root, enter_scratch
from autograder.sandbox.system_calls import build_filter
from autograder.sandbox.tiers import Tier
from autograder.sandbox.visible import PACKAGE, STUDENTS_SIDE

NOBODY = 65_534
"""Whom submissions run as when the grader is root."""

_OWN_NAMESPACES = (
    kernel.CLONE_NEWUSER
    | kernel.CLONE_NEWNS
    | kernel.CLONE_NEWPID
    | kernel.CLONE_NEWNET
    | kernel.CLONE_NEWIPC
    | kernel.CLONE_NEWUTS
)


class Confinement:
    """The layers of one fork server, prepared once and entered by each of its forks.

    ``prepare`` in the server, ``enter_namespaces`` in the fork, and ``enter`` in the process that
    will run the submission, which is the first of the fork's process namespace.
    """

    def __init__(self, tier: Tier) -> None:
        """``tier`` is how many layers there are."""
        self.tier = tier
        self._filter: Any = None
        self._proc = -1
        self._concealed: tuple[str, ...] = ()

    def prepare(self) -> None:
        """Enter the minimal root, give up being root, build the filter. Raises OSError."""
        self._view = View()
        self._filter = build_filter(other_processes=self.tier is Tier.FULL)
        if self.tier is Tier.FULL:
            self._proc = os.open("/proc", os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
            if os.geteuid() == 0:
                kernel.unshare(kernel.CLONE_NEWNS)
                enter_minimal_root(NOBODY, NOBODY, self._view.shown)
            else:
                self._own_users(kernel.CLONE_NEWUSER | kernel.CLONE_NEWNS)
                enter_minimal_root(os.geteuid(), os.getegid(), self._view.shown)
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
            kernel.set_dumpable()
        if self.tier is not Tier.FULL:
            for folder in self._view.python:
                if not _may_read(folder):
                    raise OSError(
                        f"{folder} cannot be read by an unprivileged user: install Python where "
                        "everybody may read it, or do not grade as root"
                    )

    def _own_users(self, flags: int) -> None:
        """Unshare with a user namespace in which there is this user alone."""
        user, group = os.geteuid(), os.getegid()
        kernel.unshare(flags)
        for name, content in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            file = os.open(f"self/{name}", os.O_WRONLY | os.O_CLOEXEC, dir_fd=self._proc)
            try:
                os.write(file, content.encode())
            finally:
                os.close(file)

    def enter_namespaces(self) -> None:
        """Give this process, and its children's processes, namespaces of their own."""
        if self.tier is Tier.FULL:
            self._own_users(_OWN_NAMESPACES)

    def make_scratch(
        self, limits: Limits, inputs: int, folder: str | None, concealed: tuple[str, ...] = ()
    ) -> Path:
        """The folder for a submission's own files; without namespaces it is ``folder``.

        In it is room for ``inputs`` bytes that its checks find while they run.

        From now on ``concealed`` are out of sight; without namespaces from ``enter`` on.
        """
        self._concealed = concealed
        if self.tier is not Tier.FULL:
            assert folder is not None
            Path(folder, INPUTS).mkdir(exist_ok=True)
            return Path(folder)
        kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
        enter_scratch(limits.files, inputs, self._view.shown)
        self._view.cover(concealed, SCRATCH / "held")
        socket.sethostname("sandbox")
        return SCRATCH

    def enter(self, limits: Limits, scratch: Path) -> None:
        """The last layers; after this the process is the submission's."""
        full = self.tier is Tier.FULL
        set_limits(limits, own_processes=full)
        if full:
            kernel.drop_capabilities()
        kernel.forbid_new_privileges()
        own = [scratch, TMP] if full and not TMP.is_symlink() else [scratch]
        landlocked = restrict_files(self._readable_here(scratch), own)
        if not (landlocked or full):
            raise OSError("this kernel has no Landlock")
        kernel.set_dumpable()
        kernel.die_with_parent(signal.SIGKILL)
        self._filter.load()

    def _readable_here(self, scratch: Path) -> list[Path]:
        if self.tier is Tier.FULL:
            return [Path("/")]  # there is nothing else in it
        own = [PACKAGE / name for name in STUDENTS_SIDE]
        # TensorFlow ends the process if it cannot read how that was called.
        return [*self._view.readable(self._concealed), *own, Path("/proc/self/cmdline")]


def _may_read(path: Path) -> bool:
    """Whether this user may read a file, or list and enter a folder."""
    return os.access(path, os.R_OK) and (os.access(path, os.X_OK) or not path.is_dir())
