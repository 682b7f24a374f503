"""Work in a process with limits: what is too much ends that process and nothing else."""

from __future__ import annotations

import operator
import os
import re
import signal
import subprocess
import sys
import time

import pytest

from autograder.errors import CourseError
from autograder.feedback.limited import (
    LimitedPool,
    LimitedProcess,
    LimitReachedError,
    WorkLimits,
)

LIMITS = WorkLimits(seconds=0.5, memory=400_000_000, answer=1_000_000)
ENDLESS = (re.match, r"(a+)+$", "a" * 50 + "b")
"""C code, which hears of no signal before its end."""
linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no such limit")


@pytest.fixture(scope="module")
def process():
    running = LimitedProcess(LIMITS)
    yield running
    running.close()


def test_one_process_does_all_that_it_can(process):
    first = process.ask(os.getpid)
    assert process.ask(operator.add, "zoë", " ⟨a⟩") == "zoë ⟨a⟩"
    with pytest.raises(LimitReachedError, match="ZeroDivisionError"):
        process.ask(operator.truediv, 1, 0)
    assert process.ask(os.getpid) == first == process.pid != os.getpid()


TOO_MUCH = {
    "processor time": (ENDLESS, "more than 0.5 seconds of processor time"),
    "memory": ((operator.mul, "x", 10**9), "more memory"),
    "an answer": ((operator.mul, "x", 2_000_000), "more time or memory"),
    "its end": ((os._exit, 0), "more time or memory"),
    "no exception of Python's": ((sys.exit, 3), "SystemExit"),
}


@linux
@pytest.mark.parametrize("kind", TOO_MUCH)
def test_what_is_too_much_is_said_and_the_next_job_has_a_fresh_process(process, kind):
    job, reason = TOO_MUCH[kind]
    before = process.ask(os.getpid)
    with pytest.raises(LimitReachedError, match=reason):
        process.ask(*job)
    assert process.ask(os.getpid) not in (before, os.getpid())


@linux
def test_every_job_has_all_of_the_time(process):
    """It is counted by job: together these take twice as much as one may."""
    before = process.ask(os.getpid)
    for _ in range(10):
        process.ask(re.match, r"(a+)+$", "a" * 20 + "b")
    assert process.ask(os.getpid) == before


@linux
def test_one_that_was_ended_from_outside_is_started_again(process):
    process.ask(os.getpid)
    os.kill(process.pid, signal.SIGKILL)
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    assert process.ask(operator.add, 1, 1) == 2


def test_one_that_cannot_be_started_is_said_to_whoever_grades():
    broken = LimitedProcess(LIMITS, "no_such_module")
    with pytest.raises(CourseError, match=r"cannot be started.*no_such_module"):
        broken.ask(os.getpid)
    assert broken.pid is None


def asked(process, *job):
    try:
        return process.ask(*job)
    except LimitReachedError as error:
        return str(error)


@linux
def test_others_go_on_while_one_takes_too_long():
    pool = LimitedPool(2, LIMITS)
    slow = pool.submit(asked, *ENDLESS)
    quick = [pool.submit(asked, operator.add, number, 1) for number in range(20)]
    assert [each.result() for each in quick] == list(range(1, 21))
    assert "0.5 seconds" in slow.result()
    pool.close()


def test_whoever_does_not_wait_ends_what_is_at_work():
    pool = LimitedPool(1, WorkLimits(seconds=60))
    futures = [pool.submit(asked, *ENDLESS) for _ in range(3)]
    while not futures[0].running():
        time.sleep(0.01)
    pool.close(wait=False)
    with pytest.raises(CourseError, match="closed"):  # nor does it try something else now
        futures[0].result()
    assert all(each.cancelled() for each in futures[1:])


_ALONE = """
import os, signal
from autograder.feedback.limited import LimitedProcess, WorkLimits
process = LimitedProcess(WorkLimits())
print(process.ask(os.getpid), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@linux
def test_it_ends_soon_after_who_started_it_was_killed():
    done = subprocess.run([sys.executable, "-c", _ALONE], stdout=subprocess.PIPE, check=False)
    assert done.returncode == -signal.SIGKILL
    for _ in range(6_000):
        try:
            os.kill(int(done.stdout), 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise AssertionError("it is still there")
