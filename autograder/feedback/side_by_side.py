"""Do a list of small jobs on all processors, in forks that have all that they need already.

On other systems than Linux, where forking is not to be relied on, all are done in this process.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from typing import TypeVar

Job = TypeVar("Job")
Done = TypeVar("Done")

_FORKS = sys.platform == "linux"


def side_by_side(
    work: Callable[[Job], Done], jobs: Sequence[Job], workers: int, lost: Callable[[Job], Done]
) -> Generator[Done]:
    """What ``work`` makes of every job, as it is done; ``lost`` if its process ended before that.

    The first job is done here: what it leaves in memory, the forks have as well.
    """
    here = jobs[:1] if _FORKS and min(workers, len(jobs) - 1) > 1 else jobs
    yield from map(work, here)
    rest = jobs[len(here) :]
    if rest:
        yield from _in_forks(work, [rest[start::workers] for start in range(workers)], lost)


def _in_forks(
    work: Callable[[Job], Done], shares: list[Sequence[Job]], lost: Callable[[Job], Done]
) -> Iterator[Done]:
    with contextlib.ExitStack() as running:
        left = {running.enter_context(_forked(work, share)): share for share in shares if share}
        while left:
            for receiver in wait(left):
                assert isinstance(receiver, Connection)
                share = left[receiver]
                try:
                    done = receiver.recv()
                except EOFError:
                    yield from map(lost, share)
                    del left[receiver]
                    continue
                left[receiver] = share[1:]
                yield done


@contextlib.contextmanager
def _forked(work: Callable[[Job], Done], share: Sequence[Job]) -> Iterator[Connection]:
    """Where to hear what ``work`` makes of a share, done in a fork that ends with this context."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(work, share, sender, os.getpid()), daemon=True)
    process.start()
    sender.close()
    try:
        yield receiver
    finally:
        process.terminate()  # at the end it has ended, or nobody waits for it any more
        process.join()
        receiver.close()


def _do(work: Callable[[Job], Done], share: Sequence[Job], sender: Connection, parent: int) -> None:
    """In the fork. Ctrl-C is for the one that forked, which ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for job in share:
        if os.getppid() != parent:
            return  # nobody is there to hear of it
        sender.send(work(job))
