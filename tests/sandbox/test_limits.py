"""A cell that uses too much is given up, and the cells around it are as if it were not there."""

from __future__ import annotations

import pytest

from autograder.execution import execute
from autograder.execution.faults import Fault, fault_of
from autograder.execution.limits import MEGABYTE, Limits
from tests.sandbox.cells import descendants, errors, printed, run, said, soon, task

SHORT = Limits(cell=1)
SIGNALS = "import signal\nfor each in (2, 3, 10, 14, 15): signal.signal(each, signal.SIG_IGN)\n"


def _given_up(source: str, limits: Limits = SHORT) -> Fault | None:
    """The fault of a cell between two others, which must be as ever."""
    before, cell, after = run("x = 1\nprint('before')", source, "print('after', x)", limits=limits)
    assert (printed(before), printed(after)) == ("before\n", "after 1\n")
    return fault_of(cell)


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        SIGNALS + "while True: pass",
        "import time; time.sleep(600)",
        SIGNALS + "import time; time.sleep(600)",
        "import threading; threading.Event().wait()",
        "sum(range(10**12))",
        "import re; re.match('(a+)+b', 'a' * 60)",
        "import sys\nclass Odd:\n    def __del__(self):\n        while True: pass\nOdd();",
    ],
)
def test_a_cell_that_does_not_end_is_given_up(source):
    assert _given_up(source) is Fault.TIMED_OUT


@pytest.mark.full_tier
@pytest.mark.parametrize(
    "source", ["!sleep 600", "%%bash\nsleep 600", "import os; os.system('cat /dev/zero')"]
)
def test_a_program_that_does_not_end_is_given_up(source):
    assert _given_up(source) in (Fault.TIMED_OUT, Fault.FLOODED)


@pytest.mark.parametrize(
    "source",
    [
        "import os; os._exit(0)",
        "import ctypes; ctypes.string_at(0)",
        "import os; os.abort()",
        "import ctypes; ctypes.CDLL(None).exit(3)",
        "import os\nos.close(3); os._exit(1)",
    ],
)
def test_a_cell_that_ends_the_process_is_given_up(source):
    assert _given_up(source) is Fault.DIED


def test_a_given_up_cell_keeps_what_it_had_shown():
    [cell] = run("print('so far', flush=True)\n7\nimport os; os._exit(0)", limits=SHORT)
    assert printed(cell) == "so far\n"


def test_every_cell_that_dies_is_given_up_on_its_own():
    cells = run(
        "print(1)", "import os; os._exit(0)", "print(2)", "import os; os.abort()", "print(3)"
    )
    assert [fault_of(cell) for cell in cells] == [None, Fault.DIED, None, Fault.DIED, None]
    assert [printed(cell) for cell in cells[::2]] == ["1\n", "2\n", "3\n"]


def test_a_notebook_whose_time_is_up_runs_no_more_cells():
    sleep = "import time; time.sleep(0.7); print('slept')"
    cells = run(*[sleep] * 4, limits=Limits(cell=5, notebook=1))
    assert [fault_of(cell) for cell in cells] == [
        None,
        Fault.CUT_SHORT,
        Fault.NOT_RUN,
        Fault.NOT_RUN,
    ]
    assert [printed(cell) for cell in cells] == ["slept\n", "", "", ""]


def test_a_thread_that_goes_on_does_not_keep_the_notebook():
    source = (
        "import threading\ndef spin():\n    while True: pass\nthreading.Thread(target=spin).start()"
    )
    cells = run(source, "print('on')", limits=Limits(cell=5))
    assert [fault_of(cell) for cell in cells] == [None, None]
    assert printed(cells[1]) == "on\n"


def test_deep_recursion_is_an_error_like_others():
    failed, after = run("def f(): f()\nf()", "print('on')")
    assert errors(failed) == ["RecursionError"]
    assert printed(after) == "on\n"


def test_recursion_without_a_limit_ends_the_process_alone():
    source = "import sys; sys.setrecursionlimit(10**9)\ndef f(x): return [f(x)]\nf(1)"
    fault = _given_up(source, Limits(cell=2, memory=300 * MEGABYTE))
    assert fault in (None, Fault.DIED, Fault.TIMED_OUT, Fault.MEMORY)


SMALL = Limits(cell=3, memory=300 * MEGABYTE)


@pytest.mark.parametrize(
    "source",
    [
        "x = bytearray(10**9)",
        "import numpy as np; x = np.ones(10**8)",
        "x = []\nwhile True: x.append(bytearray(10**7))",
        "import h5py\nx = h5py.File('x', 'w', driver='core')['x'] = bytes(10**9)",
    ],
)
def test_too_much_memory_is_an_error_of_its_cell(source):
    failed, after = run(source, "x = None; print('on')", limits=SMALL)
    assert errors(failed)[0] in ("MemoryError", "_ArrayMemoryError")
    assert fault_of(failed) is None
    assert printed(after) == "on\n"


TOUCH = "\nfor place in range(0, len(x), 4096): x[place] = 1\nimport time; time.sleep(600)"


@pytest.mark.parametrize(
    "get",
    [
        "x = mmap.mmap(-1, size)",
        "x = mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)",
        "x = mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x100)  # grows down",
        "x = mmap.mmap(os.open('/dev/zero', os.O_RDWR), size, mmap.MAP_SHARED)",
        "x = mmap.mmap(os.open('/dev/zero', os.O_RDWR), size, mmap.MAP_PRIVATE)",
        "f = open('file', 'w+b'); f.truncate(size); x = mmap.mmap(f.fileno(), size)",
        "x = mmap.mmap(os.memfd_create('x'), size)",
    ],
)
def test_no_kind_of_memory_goes_past_the_limit(get):
    source = f"import mmap, os\nsize = 500_000_000\n{get}{TOUCH}"
    cell, after = run(source, "print('on')", limits=SMALL)
    assert errors(cell) or fault_of(cell) in (Fault.MEMORY, Fault.DIED)
    assert printed(after) == "on\n"


@pytest.mark.full_tier
@pytest.mark.parametrize("hide", ["", "os.setsid()\n    if os.fork(): os._exit(0)\n    "])
def test_many_processes_together_have_the_memory_of_one(hide):
    source = (
        "import os, time\nfor number in range(6):\n    if os.fork(): continue\n    "
        f"{hide}x = bytearray(b'x') * 100_000_000\n    time.sleep(600)\ntime.sleep(600)"
    )
    assert _given_up(source, SMALL) is Fault.MEMORY


@pytest.mark.full_tier
@pytest.mark.parametrize(
    "source",
    [
        "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass",
        "import os\nwhile True:\n    try: os.fork() or os.setsid()\n    except OSError: pass",
        "%%bash\nbomb() { bomb | bomb & }; bomb; sleep 600",
    ],
)
def test_a_fork_bomb_stays_small_and_ends(source):
    from autograder.sandbox import shared_server

    fault = _given_up(source, Limits(cell=1, processes=16, memory=500 * MEGABYTE))
    assert fault in (Fault.TIMED_OUT, Fault.MEMORY)
    assert soon(lambda: descendants(shared_server().pid) == [])


def test_processes_and_threads_are_counted():
    source = (
        "import threading, time\nstarted = 0\ntry:\n    for _ in range(500):\n"
        "        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
        "        started += 1\nexcept RuntimeError: pass\nprint(started)"
    )
    assert int(said(source, limits=Limits(cell=10, processes=16))) < 16


def test_usage_is_told():
    source = "x = bytearray(b'x') * 200_000_000\nfor _ in range(3 * 10**6): pass"
    usage = execute(task(source)).usage
    assert usage.memory > 200_000_000
    assert usage.wall > 0
    assert usage.cpu > 0
