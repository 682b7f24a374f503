"""Sockets of every kind that a submission may try to reach."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack, suppress
from pathlib import Path

from tests.hazards.neighbours import PORT

ABSTRACT = f"\0tests-of-hazards-{os.getpid()}"


class Listeners:
    """Sockets of this test's own that nothing must reach."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.path = str(folder / "socket")
        self.tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.udp = stack.enter_context(socket.socket(type=socket.SOCK_DGRAM))
        self.udp.bind(("127.0.0.1", 0))
        self.files = [stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(2)]
        for file, address in zip(self.files, (self.path, ABSTRACT), strict=True):
            file.bind(address)
            file.listen()
        for each in (self.tcp, self.udp, *self.files):
            each.setblocking(False)

    def attempts(self) -> list[str]:
        """Ways to reach them, or to listen beside them."""
        tcp, udp = self.tcp.getsockname(), self.udp.getsockname()
        query = b"\x12\x34\x01\0\0\x01\0\0\0\0\0\0\x07answers\x07invalid\0\0\x01\0\x01"
        return [
            f"socket.create_connection({tcp}, 2)",
            f"urllib.request.urlopen('http://127.0.0.1:{tcp[1]}/?found=gradebook', timeout=2)",
            f"socket.socket(type=socket.SOCK_DGRAM).sendto(b'found', {udp})",
            f"socket.socket(type=socket.SOCK_DGRAM).sendto({query!r}, {udp})",
            "socket.getaddrinfo('localhost', 80)",
            f"program('bash', '-c', 'echo found > /dev/tcp/127.0.0.1/{tcp[1]}')",
            f"program('bash', '-c', 'echo found > /dev/udp/127.0.0.1/{udp[1]}')",
            f"socket.create_server(('127.0.0.1', {PORT}))",
            f"socket.create_server(('::', {PORT}), family=socket.AF_INET6)",
            "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)",
            "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
            "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
            f"socket.socket(socket.AF_UNIX).connect({self.path!r})",
            f"socket.socket(socket.AF_UNIX).connect({ABSTRACT!r})",
        ]

    def heard(self) -> list[str]:
        """What reached them."""
        found = []
        for each in (self.tcp, *self.files):
            with suppress(BlockingIOError):
                each.accept()[0].close()
                found.append("a connection")
        with suppress(BlockingIOError):
            found.append(repr(self.udp.recv(100)))
        return found
