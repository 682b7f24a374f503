"""Stock nbgrader and ours grade the same class, each from its start-up: ``make bench-grading``.

Ours is so short that the machine's moods show. So it grades the class up to five times, before and
after stock nbgrader, as often as 95 seconds allow, each time a course of its own; the run of median
length counts, and of an even number the longer of the two in the middle. ``make
bench-grading-tensorflow`` does the same with assignment 3, within four minutes.

Stock means ``nbgrader autograde`` with its own Execute, one notebook after another in a kernel of
its own; the judge, and so the scores, are the same. It always draws figures and writes no feedback
pages, so ours writes none here either.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from nbgrader.api import Gradebook

from autograder.course import Course
from autograder.exercises import assignments
from autograder.sample_class import ASSIGNMENT
from benchmarks.courses import hand_in, new_course, use_stock_execution
from benchmarks.measuring import measure

MEGABYTE = 1_000_000
_RUNS = 5
_SECONDS = 95
_SECONDS_WITH_A_FRAMEWORK = 240
_FEW = 8
"""Submissions where each has to import a framework."""
_BIN = Path(sys.executable).parent


def main() -> None:
    """Measure both, compare the scores, print the figures and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, metavar="N", help="by default what 95 s allow")
    parser.add_argument("--figures", action="store_true", help="ours draws figures too")
    parser.add_argument("--assignment", default=ASSIGNMENT, help="by default the first one")
    options = parser.parse_args()
    assignment, seconds, count = options.assignment, _SECONDS, 14 if options.figures else 16
    if assignments()[assignment].framework:
        seconds, count = _SECONDS_WITH_A_FRAMEWORK, _FEW
    options.submissions = options.submissions or count
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-grading-") as folder:
        stock, *ours = _courses(Path(folder), options.submissions, assignment)
        variables = use_stock_execution(stock, assignment)
        command = [str(_BIN / "autograder"), "grade", assignment, "--no-feedback"]
        command += ["--figures"] if options.figures else []
        runs = [measure(command, ours[0].root, {})]
        slow = measure([str(_BIN / "nbgrader"), "autograde", assignment], stock.root, variables)
        while len(runs) < len(ours) and time.monotonic() - begun + 1.1 * runs[-1].wall < seconds:
            runs.append(measure(command, ours[len(runs)].root, {}))
        expected = _scores(stock, assignment)
        for found in (_scores(each, assignment) for each in ours[: len(runs)]):
            if expected != found or len(found) != options.submissions:
                sys.exit(f"the scores differ:\nstock: {expected}\nours:  {found}")
    fast = sorted(runs, key=lambda run: run.wall)[len(runs) // 2]
    print(f"{options.submissions} different submissions on {os.cpu_count()} processors; all scores")
    print(f"are equal. Figures: stock draws them, ours {'too' if options.figures else 'does not'}.")
    print(f"\n{'':24}{'stock nbgrader':>16}{'autograder':>16}")
    for label, value in _ROWS.items():
        values = (value(each, options.submissions) for each in (slow, fast))
        print(f"{label:24}" + "".join(f"{each:16.2f}" for each in values))
    print("\nseconds of each run of ours: " + ", ".join(f"{run.wall:.2f}" for run in runs))
    print(f"ratio: {slow.wall / fast.wall:.1f}")


_ROWS = {
    "seconds": lambda measured, _: measured.wall,
    "submissions per minute": lambda measured, count: 60 * count / measured.wall,
    "CPU seconds": lambda measured, _: measured.cpu,
    "peak memory, MB": lambda measured, _: measured.peak / MEGABYTE,
}


def _courses(folder: Path, count: int, assignment: str) -> list[Course]:
    """The same course several times: one for stock nbgrader and one for each run of ours."""
    first = new_course(folder / "stock", assignment)
    hand_in(first, count, assignment)
    others = [folder / f"ours-{number}" for number in range(_RUNS)]
    for other in others:
        shutil.copytree(first.root, other)
    return [first, *map(Course, others)]


def _scores(course: Course, assignment: str) -> dict[str, dict[str, float | None]]:
    """Every exercise's points in the gradebook, by student."""
    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        return {
            submission.student_id: {
                grade.cell.name: grade.auto_score
                for notebook in submission.notebooks
                for grade in notebook.grades
            }
            for submission in gradebook.assignment_submissions(assignment)
        }


if __name__ == "__main__":
    main()
