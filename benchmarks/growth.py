"""Does the thousandth submission cost what the first did? ``make bench-growth``.

Grades classes of 50, 500 and 2,000 submissions, each by one ``autograder grade``, and prints the
time of each submission and the memory of the coordinator and of the sandbox beside it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from autograder.sample_class import ASSIGNMENT
from benchmarks.courses import hand_in, new_course
from benchmarks.measuring import Measured, measure

MEGABYTE = 1_000_000
SIZES = (50, 500, 2_000)
_PROCESSES_OF_A_RUN = 2
"""In the sandbox: the one that runs the cells, and the one that waits for its end."""


def main() -> None:
    """Grade the classes, from the smallest to the largest, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="N")
    sizes = parser.parse_args().sizes
    command = [str(Path(sys.executable).parent / "autograder"), "grade", ASSIGNMENT]
    found: dict[int, Measured] = {}
    print(_LINE.format("submissions", "seconds", "ms each", "CPU ms each", *_MEMORY), flush=True)
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-growth-") as folder:
            course = new_course(Path(folder, "course"))
            hand_in(course, size)
            found[size] = measured = measure([*command, "--no-feedback"], course.root, {})
        each, processor = (seconds / size * 1000 for seconds in (measured.wall, measured.cpu))
        memory = (bytes_ / MEGABYTE for bytes_ in (_coordinator(measured), _server(measured)))
        numbers = (f"{number:.0f}" for number in (each, processor, *memory, _run(measured)))
        print(_LINE.format(size, f"{measured.wall:.1f}", *numbers), flush=True)
    first, last = found[sizes[0]], found[sizes[-1]]
    growth = last.wall / sizes[-1] / (first.wall / sizes[0])
    more = (_coordinator(last) - _coordinator(first)) / MEGABYTE
    print(f"\ntime of a submission, {sizes[-1]:,} beside {sizes[0]:,}: {growth:.2f} ×")
    print(f"memory of the coordinator, {sizes[-1]:,} beside {sizes[0]:,}: {more:+.0f} MB")


_LINE = "{:>11} {:>9} {:>8} {:>12} {:>12} {:>9} {:>9}"
_MEMORY = ("coordinator", "server", "a run")


def _coordinator(measured: Measured) -> int:
    """The most that the coordinator used, in bytes."""
    return max(sample.root for sample in measured.samples)


def _server(measured: Measured) -> int:
    """The most that the fork server used while nothing ran, in bytes."""
    return max((s.others[0] for s in measured.samples if len(s.others) == 1), default=0)


def _run(measured: Measured) -> float:
    """The most that a running submission added to the sandbox, in megabytes."""
    idle = _server(measured)
    added = (
        (sum(sample.others) - idle) / (len(sample.others) // _PROCESSES_OF_A_RUN)
        for sample in measured.samples
        if len(sample.others) > _PROCESSES_OF_A_RUN
    )
    return max(added, default=0) / MEGABYTE


if __name__ == "__main__":
    main()
