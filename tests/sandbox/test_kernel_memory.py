"""Memory that the kernel keeps for a submission counts like the submission's own."""

from __future__ import annotations

import os
import socket
import sys
import tempfile

import pytest

from autograder.execution.faults import Fault, fault_of
from autograder.execution.limits import MEGABYTE, Limits
from autograder.sandbox import kernel_memory
from tests.sandbox.cells import errors, printed, run, said

SMALL = Limits(cell=20, memory=300 * MEGABYTE)
WAIT = "\nimport time; time.sleep(600)"
FILL = """
import os, socket
def fill(end):
    end.setblocking(False)
    try:
        while True: end.send(b'x' * 30_000)
    except BlockingIOError: pass
"""
SOCKETS = (
    FILL
    + """
for _ in range(8):
    if os.fork() == 0:
        keep = [socket.socketpair() for _ in range(100)]
        for pair in keep: fill(pair[0]); fill(pair[1])
        break
"""
)
NOT_ACCEPTED = (
    FILL
    + """
server = socket.socket(socket.AF_UNIX)
server.bind('here'); server.listen(4_096)
for _ in range(1_500):
    client = socket.socket(socket.AF_UNIX)
    client.connect('here'); fill(client); client.close()
"""
)
ON_THE_WAY = (
    FILL
    + """
first, second = socket.socketpair()
for _ in range(6):
    keep = [socket.socketpair() for _ in range(100)]
    for pair in keep: fill(pair[0]); fill(pair[1])
    if os.fork() == 0: __import__('time').sleep(600)
    for pair in keep:
        for end in pair: end.close()
"""
)
PAGE_TABLES = """
import ctypes
library = ctypes.CDLL(None)
library.mmap.restype = ctypes.c_void_p
library.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + [ctypes.c_int] * 3 + [ctypes.c_long]
place = library.mmap(None, 1 << 39, 1, 0x4022, -1, 0)
for far in range(0, 1 << 39, 1 << 21): ctypes.string_at(place + far, 1)
"""


@pytest.mark.full_tier
@pytest.mark.parametrize("source", [SOCKETS, NOT_ACCEPTED, ON_THE_WAY])
def test_what_waits_in_sockets_counts(source):
    cell, after = run(source + WAIT, "print('on')", limits=SMALL)
    assert fault_of(cell) is Fault.MEMORY
    assert printed(after) == "on\n"


def test_page_tables_count():
    cell, after = run(PAGE_TABLES + WAIT, "print('on')", limits=SMALL)
    assert fault_of(cell) is Fault.MEMORY
    assert printed(after) == "on\n"


@pytest.mark.parametrize("option", ["SO_SNDBUF", "SO_RCVBUF"])
def test_there_is_no_more_room_in_a_socket_than_usual(option):
    source = (
        f"import socket\nend, _ = socket.socketpair()\noption = socket.{option}\n"
        "before = end.getsockopt(socket.SOL_SOCKET, option)\n"
        "for wanted in (option, option + 25 if option == 8 else 32):\n"
        "    end.setsockopt(socket.SOL_SOCKET, wanted, 10**9)\n"
        "print(end.getsockopt(socket.SOL_SOCKET, option) == before)"
    )
    assert said(source) == "True"


def test_other_options_of_a_socket_can_be_set():
    source = (
        "import socket\nend, _ = socket.socketpair()\n"
        "for option in (2, 9, 16):\n    end.setsockopt(socket.SOL_SOCKET, option, 1)\n"
        "    assert end.getsockopt(socket.SOL_SOCKET, option)\n"
        "end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, bytes(16)); print('set')"
    )
    assert said(source) == "set"


@pytest.mark.full_tier
def test_nobody_sends_datagrams_to_a_name():
    """As many as like could, each with a buffer of its own, and end."""
    source = "import socket; socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)"
    [cell] = run(source)
    assert errors(cell) == ["PermissionError"]


@pytest.mark.full_tier
def test_an_honest_crowd_stays_within_the_usual_limits():
    source = (
        "import asyncio, socket\nfrom multiprocessing import Manager, Pool\n"
        "pairs = [socket.socketpair() for _ in range(50)]\n"
        "with Pool(16) as pool: print(sum(pool.map(abs, range(-99, 0))))\n"
        "with Manager() as manager: print(manager.list([1]))\n"
        "await asyncio.sleep(1)"
    )
    assert said(source, limits=Limits(cell=20)).split() == ["4950", "[1]"]


@pytest.mark.no_sandbox
@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_sockets_and_unlinked_files_are_seen():
    own = os.getpid()
    sockets, unlinked = kernel_memory.open_sockets(own), kernel_memory.unlinked(own)
    first, second = socket.socketpair()
    with first, second, tempfile.TemporaryFile() as file:
        file.write(bytes(MEGABYTE))
        file.flush()
        assert kernel_memory.open_sockets(own) == sockets + 2
        assert kernel_memory.sockets_in_network(own) >= 2
        assert kernel_memory.unlinked(own) >= unlinked + MEGABYTE
    assert kernel_memory.open_sockets(own) == sockets
    assert kernel_memory.unlinked(own) == unlinked


@pytest.mark.no_sandbox
@pytest.mark.skipif(sys.platform != "linux", reason="/proc is Linux's")
def test_an_unlinked_file_is_seen_as_long_as_it_is_mapped():
    import mmap

    before = kernel_memory.unlinked(os.getpid())
    with tempfile.TemporaryFile() as file:
        file.write(bytes(MEGABYTE))
        file.flush()
        mapped = mmap.mmap(file.fileno(), MEGABYTE)
        both = kernel_memory.unlinked(os.getpid())
    assert MEGABYTE <= kernel_memory.unlinked(os.getpid()) - before <= both - before < 2 * MEGABYTE
    mapped.close()
    assert kernel_memory.unlinked(os.getpid()) == before
