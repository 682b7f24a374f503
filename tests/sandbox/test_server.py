"""The fork server outlives what it runs, and leaves nothing behind when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.execution.faults import Fault, fault_of
from autograder.execution.limits import Limits
from autograder.sandbox import close_shared_server, shared_server
from autograder.sandbox.probing import layers, probe
from autograder.sandbox.running import run_in_sandbox
from autograder.sandbox.supervisor import ForkServer, SandboxError
from autograder.sandbox.tiers import Tier
from tests.sandbox.cells import (
    descendants,
    open_files,
    printed,
    processes_saying,
    run,
    run_one,
    said,
    soon,
    task,
)

DEATHS = {
    "exit": "import os; os._exit(3)",
    "abort": "import os; os.abort()",
    "crash": "import ctypes; ctypes.string_at(0)",
    "time": "while True: pass",
    "flood": "import os\nwhile True: os.write(3, b'x' * 10**5)",
    "closed": "import os; os.closerange(0, 99); os._exit(0)",
}


def test_the_server_lives_on_after_every_kind_of_death():
    server = shared_server().pid
    for death in DEATHS.values():
        assert fault_of(run_one(death, limits=Limits(cell=0.5, notebook=5))) is not None
        assert said("print('alive')") == "alive"
    assert shared_server().pid == server
    assert soon(lambda: descendants(server) == [])


def test_a_server_that_was_killed_is_started_again():
    server = shared_server().pid
    os.kill(server, signal.SIGKILL)
    assert said("print('alive')") == "alive"
    assert shared_server().pid != server


def test_the_end_of_the_server_is_not_blamed_on_a_submission():
    """It may be the host that ran out of memory; the submission has done nothing."""
    with ForkServer(shared_server().tier) as server, ThreadPoolExecutor() as pool:
        slow = pool.submit(
            run_in_sandbox, server, task("import time; time.sleep(2); print('done')")
        )
        assert soon(lambda: descendants(server.pid))
        os.kill(server.pid, signal.SIGKILL)
        try:
            [cell] = slow.result(timeout=30).notebook.cells
        except SandboxError:
            return
        assert (fault_of(cell), printed(cell)) == (None, "done\n")


def test_the_keyboard_does_not_reach_the_server():
    """It has a session of its own: Ctrl-C at the terminal ends the grader, which ends it."""
    assert os.getsid(shared_server().pid) != os.getsid(0)
    assert os.getpgid(shared_server().pid) != os.getpgid(0)


def test_threads_get_their_own_results():
    def one(number: int) -> str:
        return said(f"import time; time.sleep(0.0{number % 5}); print('number', {number})")

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(one, range(24))) == [f"number {number}" for number in range(24)]


def test_threads_start_one_server_after_it_was_closed():
    close_shared_server()
    barrier = threading.Barrier(4)

    def one(_: int) -> int:
        barrier.wait()
        said("1")
        return shared_server().pid

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(one, range(4)))) == 1


def test_one_death_does_not_touch_the_others():
    with ThreadPoolExecutor(3) as pool:
        slow = pool.submit(said, "import time; time.sleep(1); print('through')")
        dead = list(
            pool.map(lambda death: run_one(death, limits=Limits(cell=0.5)), DEATHS.values())
        )
        assert all(fault_of(cell) for cell in dead)
        assert slow.result() == "through"


def test_nothing_is_left_open_or_lying_about():
    said("1")
    files, temporary = open_files(), set(Path(tempfile.gettempdir()).iterdir())
    for number in range(20):
        run(
            "open('mine', 'w').write('x')", list(DEATHS.values())[number % 3], limits=Limits(cell=1)
        )
    assert open_files() == files
    left = set(Path(tempfile.gettempdir()).iterdir()) - temporary
    assert not [path for path in left if path.name.startswith(("submission-", "ipython-"))]
    assert soon(lambda: descendants(shared_server().pid) == [])


def test_a_server_that_cannot_start_leaves_nothing_open(monkeypatch):
    before = open_files()
    monkeypatch.setattr(sys, "executable", "/bin/false")
    for _ in range(5):
        with pytest.raises(SandboxError, match="cannot be started"):
            ForkServer(Tier.FULL).start()
    server = ForkServer(Tier.FULL)
    for _ in range(5):
        with pytest.raises(SandboxError):
            run_in_sandbox(server, task("1"))
    assert open_files() == before


@pytest.mark.full_tier
@pytest.mark.parametrize(
    "hide",
    [
        "subprocess.Popen(['sleep', '{marker}'])",
        "subprocess.Popen(['setsid', 'sleep', '{marker}'])",
        "subprocess.Popen(['sh', '-c', 'trap \"\" TERM HUP INT; nohup sleep {marker} & disown'])",
        "os.system('(setsid sleep {marker} &) &')",
        "(os.fork() or (os.setsid(), os.fork() or os.execvp('sleep', ['sleep', '{marker}'])))",
    ],
)
@pytest.mark.parametrize("end", ["", "\nos._exit(0)", "\ntime.sleep(600)"])
def test_no_process_outlives_its_submission(hide, end):
    marker = f"60{os.getpid()}"
    source = "import os, subprocess, time\n" + hide.format(marker=marker) + ";\ntime.sleep(0.2)"
    cell = run_one(source + end, limits=Limits(cell=0.7))
    assert fault_of(cell) is {"": None, "\nos._exit(0)": Fault.DIED}.get(end, Fault.TIMED_OUT)
    assert soon(lambda: not processes_saying(marker))
    assert soon(lambda: not descendants(shared_server().pid))


SUPERVISOR = """
from concurrent.futures import ThreadPoolExecutor
from autograder.sandbox import shared_server
from tests.sandbox.cells import run
cells = [
    "import time; time.sleep(600)",
    "import os\\nfor _ in range(3): os.fork() or os.setsid()\\nwhile True: pass",
]
print(shared_server().pid, flush=True)
with ThreadPoolExecutor() as pool:
    list(pool.map(run, cells))
"""


def test_the_end_of_the_grader_ends_all(tmp_path):
    script = tmp_path / "supervisor.py"
    script.write_text(textwrap.dedent(SUPERVISOR))
    root = Path(__file__).parent.parent.parent
    with subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, text=True, env=_with_path(root)
    ) as grader:
        server = int(grader.stdout.readline())
        assert soon(lambda: len(descendants(server)) >= 4)
        family = [server, *descendants(server)]
        grader.kill()
        grader.wait(timeout=10)
    assert soon(lambda: not any(_lives(process) for process in family))


def _with_path(root: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(root)}


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_what_this_host_offers_is_told(tier):
    best, reasons = probe()
    assert best is tier
    assert bool(reasons) == (tier is not Tier.FULL)
    found = layers()
    assert len({layer.name for layer in found}) == len(found)
    assert all(layer.present or layer.note for layer in found)
