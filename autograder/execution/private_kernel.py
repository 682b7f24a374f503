"""A kernel that nobody else can listen to or collide with."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from jupyter_client.manager import AsyncKernelManager
from traitlets import default


class PrivateKernelManager(AsyncKernelManager):
    """Talks to its kernel over sockets in a folder of its own, where the system has them.

    Ports can be given to two kernels that start at the same moment; these sockets cannot. Elsewhere
    (Windows) it is Jupyter's ordinary manager.
    """

    @default("transport")
    def _default_transport(self) -> str:
        return "ipc" if os.name == "posix" else "tcp"

    @default("ip")
    def _default_ip(self) -> str:
        if self.transport != "ipc":
            return "127.0.0.1"
        return str(Path(tempfile.mkdtemp(prefix="kernel-")) / "socket")

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        await super()._async_cleanup_resources(restart)
        if self.transport == "ipc" and not restart:
            shutil.rmtree(Path(self.ip).parent, ignore_errors=True)

    cleanup_resources = _async_cleanup_resources
