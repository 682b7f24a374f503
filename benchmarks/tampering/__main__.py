"""Try all attacks on all three graders and print what they won: ``make bench-tampering``.

The argument is the environment that nbgrader and Otter are installed in. Exits with 1 if an attack
won a point here, or if a grader is wrong about the notebooks that nobody tampered with.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nbformat import NotebookNode

from benchmarks.tampering.attacks import ATTACKS
from benchmarks.tampering.by_nbgrader import StockNbgrader
from benchmarks.tampering.by_otter import Otter
from benchmarks.tampering.by_us import RELEASE, grade_here
from benchmarks.tampering.handed_in import HandedIn, attacking, controls
from benchmarks.tampering.table import OTTER, OURS, STOCK, Points, complaints, table
from benchmarks.tampering.won import Won

_AT_ONCE = 4
"""Classes graded side by side; most of their time they wait."""


def main() -> int:
    """Grade everything, print the table, and say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("environment", type=Path, help="where nbgrader and Otter are installed")
    parser.add_argument("--only", nargs="*", metavar="ATTACK", help="try these alone")
    options = parser.parse_args()
    environment = options.environment.absolute()
    chosen = [each for each in ATTACKS if not options.only or each.name in options.only]

    def handed_in(release: NotebookNode) -> list[HandedIn]:
        return [*controls(release), *(attacking(release, attack) for attack in chosen)]

    points: dict[str, Points] = {}
    with tempfile.TemporaryDirectory(prefix="bench-tampering-") as folder:
        stock = StockNbgrader(Path(folder, "nbgrader"), environment)
        points[STOCK] = _in_classes(stock.grade, handed_in(stock.release))
        otter = Otter(Path(folder, "otter"), environment)
        points[OTTER] = _in_classes(otter.grade, handed_in(otter.release))
        points[OURS] = grade_here(Path(folder, "ours"), handed_in(RELEASE))
    print("\n".join(table(chosen, points)))
    found = complaints(chosen, points)
    print("\n".join(found), file=sys.stderr)
    return 1 if found else 0


def _in_classes(
    grade: Callable[[Sequence[HandedIn]], Mapping[str, Won]], handed_in: Sequence[HandedIn]
) -> Points:
    """The points of all; those that are to be alone have a class of their own."""
    together = [each for each in handed_in if not each.alone]
    classes = [together[number::_AT_ONCE] for number in range(_AT_ONCE)]
    classes += [[each] for each in handed_in if each.alone]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        graded = list(pool.map(grade, filter(None, classes)))
    return {name: won for each in graded for name, won in each.items()}


if __name__ == "__main__":
    sys.exit(main())
