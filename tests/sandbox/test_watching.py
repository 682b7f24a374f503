"""What /proc tells of a submission's processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from autograder.sandbox import watching
from autograder.sandbox.processes import family
from tests.sandbox.cells import soon

pytestmark = pytest.mark.no_sandbox
if sys.platform != "linux":
    pytest.skip("/proc is Linux's", allow_module_level=True)

NOBODY_HAS_IT = 2**22
"""A process's number is always smaller."""
BURN = "import time\nuntil = time.process_time() + 0.3\nwhile time.process_time() < until: pass\n"
SPIN = "while True: pass"
WAIT = "import sys; print(flush=True); sys.stdin.read()"


@contextmanager
def python(code: str) -> Iterator[subprocess.Popen[bytes]]:
    """A Python that runs ``code`` until the block ends."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-I", "-S", "-c", code], stdin=pipe, stdout=pipe
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def said_something(process: subprocess.Popen[bytes]) -> None:
    """Wait until it has printed a line."""
    assert process.stdout is not None
    process.stdout.readline()


def test_seconds_are_those_of_a_process():
    with python(BURN + WAIT) as process:
        said_something(process)
        assert watching.processor_seconds(process.pid) >= 0.29


@pytest.mark.parametrize("wait", ["os.wait()", "os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)"])
def test_seconds_of_children_count_while_they_live_and_afterwards(wait):
    """Whether or not their parent has waited for them."""
    code = f"import os\nif os.fork() == 0:\n    {BURN}os._exit(0)\n".replace(
        BURN, BURN.replace("\n", "\n    ")
    )
    with python(f"{code}{wait}\n{WAIT}") as process:
        said_something(process)
        assert watching.processor_seconds(process.pid) >= 0.29


def test_seconds_of_threads_and_of_a_living_grandchild_count():
    burning = BURN.replace("\n", "\n    ")
    code = (
        f"import os, threading\ndef burn():\n    {burning}\n"
        "thread = threading.Thread(target=burn); thread.start(); thread.join()\n"
        "read, write = os.pipe()\n"
        "if os.fork() == 0:\n    if os.fork() == 0:\n        burn(); os.write(write, b'x')\n"
        "    import time; time.sleep(600)\n"
        f"os.read(read, 1)\n{WAIT}"
    )
    with python(code) as process:
        said_something(process)
        children = [each for each in family(process.pid) if each != process.pid]
        try:
            assert len(children) == 2
            assert watching.processor_seconds(process.pid) >= 0.58
        finally:
            for child in children:
                os.kill(child, 9)


def test_what_waits_is_not_runnable():
    with python(WAIT) as process:
        said_something(process)
        assert soon(lambda: not watching.is_runnable(process.pid))


@pytest.mark.parametrize(
    "code",
    [
        SPIN,
        f"import threading\ndef spin():\n    {SPIN}\nthreading.Thread(target=spin).start()",
        "import ctypes; ctypes.CDLL(None).prctl(15, b'a) S 1 (b')\n" + SPIN,
    ],
)
def test_what_computes_is_runnable_in_any_thread_under_any_name(code):
    with python(code) as process:
        assert soon(lambda: watching.processor_seconds(process.pid) > 0.2)
        assert watching.is_runnable(process.pid)


def test_a_process_whose_child_computes_is_runnable():
    with python(f"import os\nif os.fork() == 0:\n    {SPIN}\n{WAIT}") as process:
        said_something(process)
        [_, child] = family(process.pid)
        try:
            assert soon(lambda: watching.is_runnable(process.pid))
        finally:
            os.kill(child, 9)


def test_a_process_that_has_ended_has_used_nothing_and_runs_no_more():
    assert watching.processor_seconds(NOBODY_HAS_IT) == 0
    assert not watching.is_runnable(NOBODY_HAS_IT)
    assert watching.processor_seconds(-1) == 0
    assert not watching.uses_more(NOBODY_HAS_IT, 0, own_network=True)
