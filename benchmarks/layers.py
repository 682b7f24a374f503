"""Assignment 2's layers beside PyTorch's on the same numbers, and loops: ``make bench-layers``.

Every operation is timed in turns, ours and PyTorch's, and the medians count. One process does so
with one thread for both, another with all of the machine's processors. PyTorch's layers get NCHW
arrays, which is what they are made for. Loops (assignment 1's solution) are timed on one picture
of the batch, times the number of pictures.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from dataclasses import asdict, dataclass

_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
STEP = "training step, 64 pictures of 64×64×3"


@dataclass(frozen=True)
class Row:
    """One operation: seconds and bytes (the most that it had on top of its arguments)."""

    operation: str
    ours: float
    torch: float
    ours_memory: int
    torch_memory: int
    loops: float | None = None

    @property
    def ratio(self) -> float:
        """How many times PyTorch's time ours is."""
        return self.ours / self.torch


def main() -> None:
    """Print a table for one thread and one for all, and last the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=0.5, help="for each operation and side")
    options = parser.parse_args()
    one = _measure(1, options.seconds)
    _print(one, "one thread")
    everything = os.cpu_count() or 1
    if everything > 1:
        _print(_measure(everything, options.seconds), f"{everything} threads")
    (step,) = (row for row in one if row.operation == STEP)
    print(f"ratio: {step.ratio:.2f}")


def _measure(threads: int, seconds: float) -> list[Row]:
    """In a process of its own, since libraries read their number of threads when they start."""
    variables = os.environ | dict.fromkeys(_THREADS, str(threads))
    command = [sys.executable, "-m", "benchmarks.layer_timing", str(threads), str(seconds)]
    said = subprocess.run(command, env=variables, stdout=subprocess.PIPE, text=True, check=True)
    return [Row(**row) for row in json.loads(said.stdout)]


def rows_as_json(rows: list[Row]) -> str:
    """What :func:`main` reads from the processes that measure."""
    return json.dumps([asdict(row) for row in rows])


def _print(rows: list[Row], title: str) -> None:
    print()
    for head in (
        (title, "ours", "PyTorch", "ratio", "ours", "PyTorch", "loops", "ours is"),
        ("", "ms", "ms", "", "peak MB", "peak MB", "ms", "faster"),
    ):
        print("{:47}{:>9}{:>9}{:>7}{:>9}{:>9}{:>10}{:>8}".format(*head))
    for row in rows:
        loops = ""
        if row.loops is not None:
            loops = f"{row.loops * 1e3:10,.0f}{row.loops / row.ours:7,.0f}×"
        print(
            f"{row.operation:47}{row.ours * 1e3:9.2f}{row.torch * 1e3:9.2f}{row.ratio:7.2f}"
            f"{row.ours_memory / 1e6:9.1f}{row.torch_memory / 1e6:9.1f}{loops}"
        )
    ratios = [row.ratio for row in rows]
    print(f"{'geometric mean of the ratios':65}{statistics.geometric_mean(ratios):7.2f}")


if __name__ == "__main__":
    main()
