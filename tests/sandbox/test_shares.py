"""Each submission has its own share of the processor, however many processes it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sandbox import shared_server, shares
from autograder.sandbox.processes import family
from autograder.sandbox.running import run_in_sandbox
from autograder.sandbox.shares import Hierarchy, Share, candidates
from tests.sandbox.cells import said, soon, task

V1_MOUNTS = """\
31 23 0:28 / /sys/fs/cgroup rw shared:9 - tmpfs tmpfs rw,mode=755
32 31 0:29 /box /sys/fs/cgroup/cpu,cpuacct rw shared:1 - cgroup cgroup rw,cpu,cpuacct
34 31 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
"""
V1_OWN = "4:memory:/box\n2:cpu,cpuacct:/box/one:more\n1:name=systemd:/\n0::/\n"
V2_MOUNTS = "25 1 0:22 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n"
LEAVES_CHILDREN = """
import os, signal, sys, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
sys.stdin.readline()
for _ in range(3):
    if os.fork() == 0:
        while time.process_time() < 0.1: pass
        os._exit(0)
try: os.wait()
except ChildProcessError: pass
print(flush=True); sys.stdin.read()
"""


@pytest.mark.no_sandbox
def test_groups_are_made_in_this_process_s_own_group():
    [shared, unified] = candidates(V1_MOUNTS, V1_OWN)
    assert shared == Hierarchy(Path("/sys/fs/cgroup/cpu,cpuacct/one:more"), "cpuacct.usage")
    assert unified == Hierarchy(Path("/sys/fs/cgroup/unified"), "cpu.stat")


@pytest.mark.no_sandbox
def test_of_version_2_they_may_lie_beside_it():
    """A group that has processes of its own can have no groups in it."""
    found = candidates(V2_MOUNTS, "0::/user.slice/a.scope\n")
    assert [str(each.folder) for each in found] == [
        "/sys/fs/cgroup/user.slice/a.scope",
        "/sys/fs/cgroup/user.slice",
    ]


@pytest.mark.no_sandbox
@pytest.mark.parametrize("texts", [("", ""), (V1_MOUNTS, "0::/elsewhere\n"), ("", V1_OWN)])
def test_what_does_not_fit_together_is_no_place(texts):
    assert [each for each in candidates(*texts) if "cpu," in str(each.folder)] == []


@pytest.fixture
def waiting() -> Iterator[subprocess.Popen[bytes]]:
    """A process that waits for a line, and then has children that compute."""
    command = [sys.executable, "-I", "-S", "-c", LEAVES_CHILDREN]
    with subprocess.Popen(command, stdin=-1, stdout=-1) as process:
        yield process
        process.kill()


def _groups() -> list[Path]:
    places = shares.hierarchies()
    if not places:
        pytest.skip("no control groups can be made here")
    own = f"autograder-{os.getpid()}-*"
    return [each for place in places for each in place.folder.glob(own)]


@pytest.mark.no_sandbox
def test_a_share_counts_all_that_its_processes_use_and_is_removed(waiting):
    """Also of children that nobody waited for, whose time /proc forgets."""
    before = _groups()
    share = Share()
    share.enter(waiting.pid)
    share.enter(waiting.pid)
    assert f"autograder-{os.getpid()}-" in Path(f"/proc/{waiting.pid}/cgroup").read_text()
    assert waiting.stdin is not None and waiting.stdout is not None
    waiting.stdin.write(b"\n")
    waiting.stdin.flush()
    waiting.stdout.readline()
    seconds = share.seconds()
    assert seconds is None or seconds >= 0.29
    waiting.kill()
    waiting.wait()
    share.close()
    assert _groups() == before


@pytest.mark.no_sandbox
def test_without_a_place_a_share_does_nothing(monkeypatch, waiting):
    monkeypatch.setattr(shares, "hierarchies", lambda: ())
    share = Share()
    share.enter(waiting.pid)
    assert share.seconds() is None
    share.close()


@pytest.mark.no_sandbox
def test_what_a_killed_grader_left_is_removed():
    _groups()
    folder = shares.hierarchies()[0].folder
    left, busy = folder / "autograder-4194304-1", folder / f"autograder-{os.getpid()}-kept"
    for group in (left, busy):
        group.mkdir()
    shares.hierarchies.cache_clear()
    try:
        shares.hierarchies()
        assert not left.exists()
        assert busy.exists()
    finally:
        busy.rmdir()


def _session(process: int) -> str:
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[3]


@pytest.mark.full_tier
def test_a_submission_is_one_session_whatever_it_does():
    """The kernel shares the processor by session."""
    from threading import Thread

    source = (
        "import os, subprocess, time\n"
        "if os.fork() == 0: os.setsid(); time.sleep(600)\n"
        "subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
        "subprocess.Popen(['setsid', 'sleep', '600'])\n"
        "while not os.path.exists('seen'): time.sleep(0.05)"
    )
    server = shared_server()
    assert server.pid is not None
    runs = [Thread(target=run_in_sandbox, args=(server, task(source))) for _ in range(2)]
    for run in runs:
        run.start()

    def sessions() -> list[set[str]]:
        keepers = [each for each in family(server.pid) if _parent(each) == server.pid]
        families = [list(family(each)) for each in keepers]
        if [len(each) for each in families] != [5, 5]:
            return []
        return [{_session(member) for member in each} for each in families]

    try:
        first, second = soon(sessions)
        assert len(first) == len(second) == 1
        assert len(first | second | {_session(server.pid)}) == 3
    finally:
        for each in [each for each in family(server.pid) if _parent(each) == server.pid]:
            os.kill(each, 9)
        for run in runs:
            run.join()


def _parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.full_tier
def test_groups_of_processes_can_be_had_within_the_session():
    """``timeout`` sends its signal to its own group."""
    assert said("!timeout 0.1 sleep 600; echo $?") == "124"
