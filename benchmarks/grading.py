"""Stock nbgrader and ours grade the same class, each from its start-up: ``make bench-grading``.

Stock means ``nbgrader autograde`` with its own Execute, one notebook after another in a kernel of
its own; the judge, and so the scores, are the same. It always draws figures and writes no feedback
pages, so ours writes none here either.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.sample_class import ASSIGNMENT
from benchmarks.courses import hand_in, new_course, use_stock_execution
from benchmarks.measuring import measure

MEGABYTE = 1_000_000
_BIN = Path(sys.executable).parent


def main() -> None:
    """Measure both, compare the scores, print the figures and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=16, metavar="N")
    parser.add_argument("--figures", action="store_true", help="ours draws figures too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-grading-") as folder:
        stock, ours = (
            _class(Path(folder, name), options.submissions) for name in ("stock", "ours")
        )
        variables = use_stock_execution(stock)
        slow = measure([str(_BIN / "nbgrader"), "autograde", ASSIGNMENT], stock.root, variables)
        command = [str(_BIN / "autograder"), "grade", ASSIGNMENT, "--no-feedback"]
        command += ["--figures"] if options.figures else []
        fast = measure(command, ours.root, {})
        expected, found = _scores(stock), _scores(ours)
    if expected != found or len(found) != options.submissions:
        sys.exit(f"the scores differ:\nstock: {expected}\nours:  {found}")
    print(f"{options.submissions} different submissions on {os.cpu_count()} processors; all scores")
    print(f"are equal. Figures: stock draws them, ours {'too' if options.figures else 'does not'}.")
    print(f"\n{'':24}{'stock nbgrader':>16}{'autograder':>16}")
    for label, value in _ROWS.items():
        values = (value(each, options.submissions) for each in (slow, fast))
        print(f"{label:24}" + "".join(f"{each:16.2f}" for each in values))
    print(f"\nratio: {slow.wall / fast.wall:.1f}")


_ROWS = {
    "seconds": lambda measured, _: measured.wall,
    "submissions per minute": lambda measured, count: 60 * count / measured.wall,
    "CPU seconds": lambda measured, _: measured.cpu,
    "peak memory, MB": lambda measured, _: measured.peak / MEGABYTE,
}


def _class(folder: Path, count: int) -> Course:
    course = new_course(folder)
    hand_in(course, count)
    return course


def _scores(course: Course) -> dict[str, dict[str, float | None]]:
    """Every exercise's points in the gradebook, by student."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        return {
            submission.student_id: {
                grade.cell.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(ASSIGNMENT)
        }


if __name__ == "__main__":
    main()
