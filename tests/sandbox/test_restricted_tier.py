"""Without namespaces, Landlock and seccomp alone hold a submission, and it has one process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.execution.faults import Fault
from autograder.sandbox import kernel_calls
from autograder.sandbox.tiers import Tier
from tests.sandbox.another_host import run_as

ROOT = Path(__file__).parent.parent.parent
AFTER = "print('on')"
WORKS = {
    "prints": ("print(6 * 7)", "42"),
    "files": ("print(open('mine.txt').read()); open('new', 'w').write('x');", "own"),
    "numpy": ("import numpy as np; print(np.ones((50, 50)).dot(np.ones(50)).sum())", "2500.0"),
    "plots": (
        "import matplotlib.pyplot as plt; plt.plot([1]); plt.savefig('x.png'); print(1)",
        "1",
    ),
    "threads": (
        "from threading import Thread\nt = Thread(target=print, args=['thread'])\n"
        "t.start(); t.join()",
        "thread",
    ),
    "awaits": ("import asyncio; print(await asyncio.sleep(0, 'later'))", "later"),
    "temporary": ("import tempfile; print(tempfile.TemporaryFile().write(b'x'))", "1"),
    "copies": (
        "import shutil; shutil.copy2('mine.txt', 'copy'); print(open('copy').read())",
        "own",
    ),
    "random": ("import os; print(len(os.urandom(4)))", "4"),
    "cleared": (
        "from IPython.display import clear_output; print('a'); clear_output(); print('b')",
        "b",
    ),
}
REFUSED = {
    "fork": "import os; os.fork()",
    "exec": "import os; os.execv('/bin/true', ['true'])",
    "subprocess": "import subprocess; subprocess.run(['true'])",
    "command": "import subprocess; subprocess.check_output('echo hidden', shell=True)",
    "multiprocessing": "import multiprocessing as m; m.Process(target=print).start()",
    "TCP": "import socket; socket.socket()",
    "UDP": "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
    "path socket": "import socket; socket.socket(socket.AF_UNIX)",
    "passwords": "open('/etc/passwd').read()",
    "shadow": "open('/etc/shadow').read()",
    "the repository": f"open({str(ROOT / 'pyproject.toml')!r}).read()",
    "the reference": "import autograder.reference.convolution_step_by_step",
    "the judge": "import autograder.judge",
    "the expected": "import os, autograder; p = os.path.dirname(autograder.__file__);"
    " open(p + '/expected/convolution_step_by_step.h5', 'rb').read(1)",
    "the list of files": f"import os; os.listdir({str(ROOT)!r})",
    "the root": "import os; os.listdir('/')",
    "temporary files": "import os; os.listdir('/tmp')",
    "processes": "import os; os.listdir('/proc')",
    "a process": "open('/proc/GRADER/environ', 'rb').read()",
    "handing on files": "import array, socket; a, b = socket.socketpair();"
    " socket.send_fds(a, [b'x'], [0])",
    "watching files": "import ctypes; n = ctypes.CDLL(None).inotify_init();"
    " assert n >= 0, 'refused'",
    "own process": "open('/proc/self/mem', 'rb')",
    "the file": "open('VICTIM').read()",
    "writing": "open('VICTIM', 'w')",
    "removing": "import os; os.remove('VICTIM')",
    "moving": "import os; os.rename('VICTIM', 'mine')",
    "linking": "import os; os.link('VICTIM', 'mine'); open('mine').read()",
    "a link": "import os; os.symlink('VICTIM', 'mine'); open('mine').read()",
    "truncating": "import os; os.truncate('VICTIM', 0)",
    "Python": "import os; open(os.__file__, 'a')",
    "NumPy": "import numpy; open(numpy.__file__, 'a')",
    "new files": "open('/tmp/new', 'w')",
    "killing": "import os; os.kill(GRADER, 9)",
    "killing the server": "import os; os.kill(SERVER, 9)",
    "killing all": "import os; os.kill(-1, 9)",
}
HARMLESS = {
    "mode": "import os\ntry: os.chmod('VICTIM', 0o666)\nexcept OSError: pass",
    "times": "import os\ntry: os.utime('VICTIM', (0, 0))\nexcept OSError: pass",
    "attributes": "import os\ntry: os.setxattr('VICTIM', 'user.x', b'1')\nexcept OSError: pass",
    "priority": "import os\ntry: os.setpriority(os.PRIO_PROCESS, GRADER, 5)\nexcept OSError: pass",
    "of its user": "import os\ntry: os.setpriority(os.PRIO_USER, 0, 10)\nexcept OSError: pass",
}
GIVEN_UP = {
    "time": ("while True: pass", {Fault.TIMED_OUT}),
    "crash": ("import ctypes; ctypes.string_at(0)", {Fault.DIED}),
    "exit": ("import os; os._exit(0)", {Fault.DIED}),
    "flood": ("import os\nwhile True: os.write(3, b'x' * 10**5)", {Fault.FLOODED, Fault.TIMED_OUT}),
    "unlinked files": (
        "import os, time\nfiles = []\nfor name in map(str, range(12)):\n"
        "    files.append(open(name, 'wb')); os.unlink(name)\n"
        "    files[-1].write(bytes(10**6)); files[-1].flush()\ntime.sleep(600)",
        {Fault.CROWDED},
    ),
    "nameless files": (
        "import os, time\nfor _ in range(12):\n"
        "    os.write(os.open('.', os.O_TMPFILE | os.O_RDWR), bytes(10**6))\ntime.sleep(600)",
        {Fault.CROWDED},
    ),
    "mapped files": (
        "import mmap, os, time\nkept = []\nfor _ in range(12):\n"
        "    with open('x', 'w+b') as file:\n        os.unlink('x')\n"
        "        file.truncate(10**6); kept.append(mmap.mmap(file.fileno(), 10**6))\n"
        "        kept[-1][:] = bytes(b'x' * 10**6)\ntime.sleep(600)",
        {Fault.CROWDED},
    ),
    "sockets": (
        "import socket, time\nkept = [socket.socketpair() for _ in range(120)]\n"
        "for end in (end for pair in kept for end in pair):\n    end.setblocking(False)\n"
        "    try:\n        while True: end.send(b'x' * 30_000)\n"
        "    except BlockingIOError: pass\nx = bytearray(b'x') * 300_000_000\ntime.sleep(600)",
        {Fault.MEMORY, None},
    ),
    "shared memory": (
        "import mmap, os, time\nx = mmap.mmap(os.open('/dev/zero', os.O_RDWR), 600_000_000)\n"
        "for i in range(0, len(x), 4096): x[i] = 1\ntime.sleep(600)",
        {Fault.MEMORY, Fault.DIED, None},
    ),
}
BOUNDED = {
    "size of files": (
        "import os, time\ntry:\n    for i in range(40): open(f'{i}', 'wb').write(bytes(10**6))\n"
        "    time.sleep(0.7)\nexcept OSError: pass\n"
        "print(sum(os.stat(name).st_size for name in os.listdir()))",
        4_000_000,
    ),
    "number of threads": (
        "import threading, time\nthreading.stack_size(65536)\nn = 0\n"
        "try:\n    for _ in range(500):\n"
        "        threading.Thread(target=time.sleep, args=(60,), daemon=True).start(); n += 1\n"
        "    time.sleep(0.7)\nexcept RuntimeError: pass\nprint(n)",
        32,
    ),
}


def _notebooks() -> dict[str, list[str]]:
    every = {name: [source, AFTER] for name, source in {**REFUSED, **HARMLESS}.items()}
    for table in (WORKS, GIVEN_UP, BOUNDED):
        every |= {name: [row[0], AFTER] for name, row in table.items()}
    return every


@pytest.fixture(scope="module", params=["root", "user"])
def results(request: pytest.FixtureRequest) -> dict[str, Any]:
    """What came of all notebooks, graded as root and as somebody else."""
    if kernel_calls.landlock_version() < 1:
        pytest.skip("this kernel has no Landlock")
    return run_as(request.param, Tier.RESTRICTED, _notebooks())


def _printed(cell: dict[str, Any]) -> str:
    return "".join(each.get("text", "") for each in cell["outputs"]).strip()


def _failed(cell: dict[str, Any]) -> bool:
    return any(each["output_type"] == "error" for each in cell["outputs"])


@pytest.mark.parametrize("what", WORKS)
def test_notebooks_work(results, what):
    cell, after = results[what]["cells"]
    assert _printed(cell) == WORKS[what][1], cell
    assert _printed(after) == "on"


@pytest.mark.parametrize("what", REFUSED)
def test_is_refused(results, what):
    cell, after = results[what]["cells"]
    assert _failed(cell), cell
    assert results[what]["unchanged"]
    assert _printed(after) == "on"


@pytest.mark.parametrize("what", HARMLESS)
def test_changes_nothing(results, what):
    assert results[what]["unchanged"]


@pytest.mark.parametrize("what", GIVEN_UP)
def test_is_given_up(results, what):
    cell, after = results[what]["cells"]
    assert cell["fault"] in GIVEN_UP[what][1]
    assert cell["fault"] or _failed(cell)
    assert _printed(after) == "on"


@pytest.mark.parametrize("what", BOUNDED)
def test_is_bounded(results, what):
    cell, after = results[what]["cells"]
    assert cell["fault"] or int(_printed(cell)) <= BOUNDED[what][1]
    assert _printed(after) == "on"
