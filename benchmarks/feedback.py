"""Stock nbgrader and ours write the feedback of the same graded class: ``make bench-feedback``.

The class is graded once, with figures. Stock means ``nbgrader generate_feedback`` as it ships: its
own preprocessors, exporter and template, nothing of this course's. Ours is ``autograder feedback``,
each from its start-up; beside them stands nbgrader's command with our exporter plugged in, most of
whose time is nbgrader's own start, if there is time for it. Ours is so short that the machine's
moods show: it writes the class up to five times, before and after stock nbgrader, and the run of
median length counts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from autograder.course import CONFIG, Course
from autograder.sample_class import ASSIGNMENT
from benchmarks.courses import hand_in, new_course
from benchmarks.measuring import Measured, measure

MEGABYTE = 1_000_000
_RUNS = 5
_SECONDS = 80
_BIN = Path(sys.executable).parent
_OURS = [str(_BIN / "autograder"), "feedback", ASSIGNMENT]
_NBGRADERS = [str(_BIN / "nbgrader"), "generate_feedback", ASSIGNMENT]
_STOCK = "\n# nbgrader's own feedback\ndel c.GenerateFeedback, c.HTMLExporter\n"
_MARK = 'class="summary"'
"""On every page of ours and on none of nbgrader's."""


def main() -> None:
    """Measure all, look at every page, print the figures and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=12, metavar="N")
    count = parser.parse_args().submissions
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-feedback-") as folder:
        ours, plugged_in, stock = _graded_courses(Path(folder), count)
        runs = [_measured(_OURS, ours, count)]
        columns = {"stock nbgrader": _measured(_NBGRADERS, stock, count, ours=False)}
        if time.monotonic() - begun + columns["stock nbgrader"].wall < _SECONDS:
            columns["nbgrader, our parts"] = _measured(_NBGRADERS, plugged_in, count)
        while len(runs) < _RUNS and time.monotonic() - begun + 1.1 * runs[-1].wall < _SECONDS:
            runs.append(_measured(_OURS, ours, count))
    columns["autograder"] = sorted(runs, key=lambda run: run.wall)[len(runs) // 2]
    print(f"{count} different submissions, graded with figures, on {os.cpu_count()} processors.")
    print("Everybody has a page from each, with all of their own plots inside.\n")
    print(f"{'':20}" + "".join(f"{name:>22}" for name in columns))
    for label, value in _ROWS.items():
        values = (value(measured, count) for measured in columns.values())
        print(f"{label:20}" + "".join(f"{each:22.2f}" for each in values))
    print("\nseconds of each run of ours: " + ", ".join(f"{run.wall:.2f}" for run in runs))
    print(f"ratio: {columns['stock nbgrader'].wall / columns['autograder'].wall:.1f}")


_ROWS = {
    "seconds": lambda measured, _: measured.wall,
    "pages per second": lambda measured, count: count / measured.wall,
    "CPU seconds": lambda measured, _: measured.cpu,
    "peak memory, MB": lambda measured, _: measured.peak / MEGABYTE,
}


def _graded_courses(folder: Path, count: int) -> list[Course]:
    """The same graded class three times; the last has nbgrader's own feedback configured."""
    first = new_course(folder / "ours")
    hand_in(first, count)
    grading = [str(_BIN / "autograder"), "grade", ASSIGNMENT, "--no-feedback", "--figures"]
    measure(grading, first.root, {})
    others = [Course(folder / "plugged-in"), Course(folder / "stock")]
    for other in others:
        shutil.copytree(first.root, other.root)
    with (others[-1].root / CONFIG).open("a", encoding="utf-8") as config:
        config.write(_STOCK)
    return [first, *others]


def _measured(command: list[str], course: Course, count: int, *, ours: bool = True) -> Measured:
    """Have ``command`` write all pages, none of which is there before, and look at them."""
    pages = course.root / "feedback"
    shutil.rmtree(pages, ignore_errors=True)
    measured = measure(command, course.root, {})
    students = sorted(each.name for each in (course.root / "submitted").iterdir())
    for student in students:
        page = pages / student / ASSIGNMENT / f"{ASSIGNMENT}.html"
        text = "".join(page.read_text(encoding="utf-8").split())
        plots = _plots(course.root / "autograded" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
        if not plots or any(plot not in text for plot in plots):
            sys.exit(f"{page} has not all of the {len(plots)} plots of {student}")
        if (_MARK.replace(" ", "") in text) != ours:
            sys.exit(f"{page} was not written by what should have been measured")
    if len(students) != count:
        sys.exit(f"{len(students)} students instead of {count} in {course.root}")
    return measured


def _plots(notebook: Path) -> list[str]:
    """The plots that a student's code drew, as they stand in the notebook."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    found = ("".join(output.get("data", {}).get("image/png", "")) for output in outputs)
    return ["".join(plot.split()) for plot in found if plot]


if __name__ == "__main__":
    main()
