"""Jobs in forks: all are done, once, whatever becomes of the forks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter

import pytest

from autograder.feedback.side_by_side import side_by_side


def twice_and_where(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def gone(number: int) -> tuple[int, int]:
    return -number, 0


@pytest.mark.parametrize("workers", [1, 2, 3, 7])
@pytest.mark.parametrize("count", [0, 1, 2, 3, 10])
def test_all_are_done_once(workers, count):
    done = list(side_by_side(twice_and_where, range(count), workers, gone))
    assert Counter(number for number, _ in done) == Counter(range(0, 2 * count, 2))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_they_are_shared_out():
    processes = Counter(process for _, process in side_by_side(twice_and_where, range(9), 2, gone))
    assert sorted(processes.values()) == [1, 4, 4]
    assert processes[os.getpid()] == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_a_fork_that_is_ended_loses_its_own_share_only():
    def work(number: int) -> tuple[int, int]:
        if number == 3:  # the first of this share is done by then
            os._exit(9)
        return twice_and_where(number)

    done = [number for number, _ in side_by_side(work, range(9), 2, gone)]
    assert Counter(done) == Counter([0, 2, -3, -5, -7, 4, 8, 12, 16])


def test_who_asks_for_no_more_gets_no_more_and_no_fork_stays():
    pages = side_by_side(twice_and_where, range(1_000), 2, gone)
    number, _ = next(pages)
    forked = {process for _, process in (next(pages), next(pages))}
    pages.close()
    assert number == 0
    for process in forked - {os.getpid()}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


_ALONE = """
import os, signal, time
from autograder.feedback.side_by_side import side_by_side

def work(number):
    if number:
        time.sleep(0.2)
        print(os.getpid(), flush=True)
    return number

for number in side_by_side(work, range(1_000), 2, work):
    if number:
        os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is forked")
def test_forks_end_soon_after_who_forked_them_was_killed():
    """What is printed ends when the last process has: were they to go on, it would be minutes."""
    done = subprocess.run(
        [sys.executable, "-c", _ALONE], stdout=subprocess.PIPE, text=True, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert len(done.stdout.split()) < 100
