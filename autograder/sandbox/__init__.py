"""Run strangers' notebooks where they can do no harm, in a fork of a warm process.

``server`` is the process that forks, ``supervisor`` and ``running`` are the trusted side of it.
"""

from __future__ import annotations

import atexit
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.sandbox.supervisor import ForkServer

_lock = threading.Lock()
_server: ForkServer | None = None


def shared_server() -> ForkServer:
    """This process's fork server, started on first use with the best tier that the host has."""
    global _server
    with _lock:
        if _server is None:
            from autograder.sandbox.probing import start_best

            _server = start_best()
            atexit.register(close_shared_server)
        return _server


def close_shared_server() -> None:
    """End this process's fork server, if it has one."""
    global _server
    with _lock:
        if _server is not None:
            _server.close()
            _server = None
