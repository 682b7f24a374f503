"""A night before a deadline, simulated with measured costs: ``make deadline-night``.

100,000 submissions come in, most of them late, and are graded as they come. The costs of one are
what ``make bench-growth`` and ``make bench-stages`` measured; how students come is assumed: their
rate doubles every ``DOUBLING_HOURS`` until the deadline. Submissions wait for a free core, then for
the coordinator, which saves them one after another.
"""

from __future__ import annotations

import argparse
import heapq
from dataclasses import dataclass

import numpy as np

SUBMISSIONS = 100_000
NIGHT_HOURS = 12.0
DOUBLING_HOURS = 0.75
CORES = (4, 8, 16, 32)


@dataclass(frozen=True)
class Costs:
    """What one submission costs, in seconds and bytes."""

    run: float = 0.39
    """Of a core: its cells, its sandbox, recording its outputs."""
    save: float = 0.033
    """Of the coordinator: reading, judging, saving."""
    rows: int = 19
    """In the gradebook: the student, the submission, its notebook, 8 grades, 8 comments."""
    gradebook: int = 4_200
    """Bytes in the gradebook."""
    files: int = 100_000
    """Bytes in ``autograded/``."""


@dataclass(frozen=True)
class Night:
    """What came of it: seconds from handing in to the grade, and when the last one had it."""

    waits: np.ndarray
    last: float
    busy: float
    longest_queue: int


def main() -> None:
    """Print the table of docs/scaling.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=SUBMISSIONS)
    print(table(parser.parse_args().submissions))


def table(submissions: int = SUBMISSIONS, costs: Costs = Costs()) -> str:
    """The nights with different numbers of cores, as a table in Markdown."""
    lines = [
        "| cores | median wait | longest wait | longest queue | all graded after the deadline "
        "| cores busy on average |",
        "|--:|--:|--:|--:|--:|--:|",
    ]
    arrivals = arrivals_of(submissions)
    for cores in CORES:
        night = simulate(arrivals, cores, costs)
        waits = [_duration(float(wait)) for wait in (np.median(night.waits), night.waits.max())]
        last = _duration(max(0.0, night.last - NIGHT_HOURS * 3600))
        lines.append(
            f"| {cores} | {waits[0]} | {waits[1]} | {night.longest_queue:,} | {last} "
            f"| {100 * night.busy:.0f} % |"
        )
    return "\n".join(lines)


def arrivals_of(submissions: int) -> np.ndarray:
    """When submissions come, in seconds from the beginning of the night, in order."""
    growth = np.log(2) / (DOUBLING_HOURS * 3600)
    end = NIGHT_HOURS * 3600
    shares = np.sort(np.random.default_rng(100_000).random(submissions))
    return np.log1p(shares * np.expm1(growth * end)) / growth


def simulate(arrivals: np.ndarray, cores: int, costs: Costs) -> Night:
    """First come, first served: by ``cores`` cores, then by the one coordinator."""
    free = [0.0] * cores
    run_ends = np.empty(len(arrivals))
    for number, arrival in enumerate(arrivals):
        begin = max(arrival, heapq.heappop(free))
        run_ends[number] = begin + costs.run
        heapq.heappush(free, begin + costs.run)
    saved = np.empty(len(arrivals))
    now = 0.0
    for number, end in enumerate(run_ends):  # they end in the order in which they began
        now = max(now, end) + costs.save
        saved[number] = now
    waiting = np.arange(1, len(arrivals) + 1) - np.searchsorted(saved, arrivals)
    busy = len(arrivals) * costs.run / (cores * saved[-1])
    return Night(saved - arrivals, float(saved[-1]), busy, int(waiting.max()))


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5_400 else f"{seconds / 3600:.1f} h"


if __name__ == "__main__":
    main()
