"""Do items in processes that the kernel ends when one takes too long; hear how each went.

That an item hangs, or eats the machine's memory, is a finding and not the end of the search: the
next process goes on behind it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TypeVar, cast

from autograder.sandbox import close_shared_server

Item = TypeVar("Item")
Entry = Callable[[], tuple[float, bool]]
"""Takes an item that is drawn through its room: the points won, and whether it was refused."""
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Caps:
    """What one item may take: seconds of its process's own time, seconds by the clock, bytes."""

    processor: float = 5.0
    clock: float = 300.0
    memory: int = 300 * MEGABYTE
    wall: int = 1_500 * MEGABYTE
    """More memory than this it cannot have, so that the machine is safe."""


CAPS = Caps()


@dataclass(frozen=True)
class Done:
    """How an item went: seconds of processor time, bytes at the most, points, what was wrong."""

    seconds: float = 0.0
    memory: int = 0
    won: float = 0.0
    refused: bool = False
    trouble: str = ""


def work_through(
    batches: Sequence[Sequence[Item]],
    draw: Callable[[Item], Entry],
    workers: int,
    caps_of: Callable[[Item], Caps],
) -> Iterator[tuple[Item, Done]]:
    """Draw every item and take it through, each batch in a process of its own, ``workers`` at once.

    ``caps_of`` says what an item may take; drawing it takes nothing of that.
    """
    waiting = deque(batch for batch in batches if batch)
    running: dict[Connection, tuple[multiprocessing.Process, Sequence[Item]]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                batch = waiting.popleft()
                running.__setitem__(*_started(batch, draw, caps_of))
            for receiver in cast("list[Connection]", wait(list(running))):
                process, batch = running[receiver]
                try:
                    done = receiver.recv()
                except EOFError:
                    del running[receiver]
                    process.join()
                    receiver.close()
                    if batch:
                        yield (
                            batch[0],
                            Done(trouble=_end_in_words(process.exitcode or 0, caps_of(batch[0]))),
                        )
                        waiting.appendleft(batch[1:]) if batch[1:] else None
                    continue
                running[receiver] = process, batch[1:]
                yield batch[0], done
    finally:
        for process, _ in running.values():
            process.terminate()
            process.join()


def _started(
    batch: Sequence[Item],
    draw: Callable[[Item], Entry],
    caps_of: Callable[[Item], Caps],
) -> tuple[Connection, tuple[multiprocessing.Process, Sequence[Item]]]:
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_do, args=(batch, draw, sender, caps_of))
    process.start()
    sender.close()
    return receiver, (process, batch)  # type: ignore[return-value]


def _end_in_words(code: int, caps: Caps) -> str:
    words = {
        -signal.SIGPROF: f"it took more than {caps.processor:g} s of processor time",
        -signal.SIGALRM: f"it took more than {caps.clock:g} s by the clock",
    }
    return words.get(code, f"its process ended with {code}")


def _do(
    batch: Sequence[Item],
    draw: Callable[[Item], Entry],
    sender: Connection,
    caps_of: Callable[[Item], Caps],
) -> None:
    """In the fork: signals that nobody handles end it, whatever it is doing."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for number in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(number, signal.SIG_DFL)
    for item in batch:
        sender.send(_measured(item, draw, caps_of(item)))
    close_shared_server()


def _measured(item: Item, draw: Callable[[Item], Entry], caps: Caps) -> Done:
    won, refused, trouble = 0.0, False, ""
    before, begun = 0, time.process_time()
    signal.setitimer(signal.ITIMER_REAL, caps.clock)
    try:
        enter = draw(item)
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5")  # forget the most there was in memory
        before, begun = _field("VmRSS"), time.process_time()
        most = _field("VmData") + caps.wall
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.RLIM_INFINITY))
        signal.setitimer(signal.ITIMER_PROF, caps.processor)
        won, refused = enter()
    except Exception:
        trouble = traceback.format_exc(limit=-6)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_DATA, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    seconds, memory = time.process_time() - begun, max(0, _field("VmHWM") - before)
    if not trouble and won > 1e-9:
        trouble = f"it won {won:g} points"
    if not trouble and memory > caps.memory:
        trouble = f"it took {memory / MEGABYTE:.0f} MB, more than {caps.memory / MEGABYTE:.0f}"
    return Done(seconds, memory, won, refused, trouble)


def _field(name: str) -> int:
    """Bytes of this process, as the kernel names them."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    return 0


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0))
