"""A class of 300, of which 30 are hostile, and the honest ones alone: ``make bench-hostile-class``.

Grades the class without the hostile ones, then with them, each by one ``autograder grade``, and
holds the honest ones' results against each other: all that is said of them, not the points alone.
Exits with 1 if any differs, or if the class takes longer by the clock than one and a half times
what the honest ones take, and the hostile ones' own limits, as if these ran one after another.

The limits are lowered, so that this ends in minutes. The hostile ones are every kind that
``tests/hazards`` has.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.course import CONFIG, Course
from autograder.sample_class import ASSIGNMENT
from benchmarks.accounting import Account, account
from benchmarks.courses import hand_in, new_course
from benchmarks.fuzzing.capped import processors
from tests.hazards.hostile import LIMITS, NOTEBOOK_SECONDS, HandIn, hostile_hand_ins, lay_down

HONEST = 270
MOST = 1.5
"""Times the time of the honest ones alone."""
SECONDS = 3_600.0
MEGABYTE = 1_000_000
_COMMAND = (str(Path(sys.executable).parent / "autograder"), "grade", ASSIGNMENT)
_MOST_LINES = 6
_LINE = "{:34} {:>14} {:>14} {:>8}"


def main() -> None:
    """Grade both classes, print the figures, and what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--honest", type=int, default=HONEST, metavar="N")
    parser.add_argument("--only", default="", metavar="PART", help="of the hostile ones' names")
    options = parser.parse_args()
    hostile = {name: each for name, each in hostile_hand_ins().items() if options.only in name}
    print(
        f"{options.honest} honest and {len(hostile)} hostile hand-ins, {processors()} processors,"
    )
    print(f"which others keep busy with {os.getloadavg()[0]:.1f} programs now.\n", flush=True)
    alone, before = _graded(options.honest, {})
    together, after = _graded(options.honest, hostile)
    allowed = MOST * alone.wall + _own_seconds(hostile)
    _print_table(alone, together, allowed)
    print("\nthe hostile ones: points, cells given up")
    for name in hostile:
        print(f"  {name:30} {_in_words(after.get(_student(name)))}")
    sys.exit(_complaint(alone, together, allowed, before, after))


def _graded(honest: int, hostile: dict[str, HandIn]) -> tuple[Account, dict[str, Any]]:
    """What grading them took, and what was said of each."""
    with tempfile.TemporaryDirectory(prefix="bench-hostile-class-") as folder:
        course = new_course(Path(folder, "course"))
        with (course.root / CONFIG).open("a", encoding="utf-8") as file:
            file.writelines(f"\n{line}" for line in LIMITS)
        hand_in(course, honest)
        for name, each in hostile.items():
            lay_down(each, course.root / "submitted" / _student(name) / ASSIGNMENT)
        _between(course, honest, list(map(_student, hostile)))
        took = account(_COMMAND, course.root, SECONDS)
        return took, _results(course)


def _student(name: str) -> str:
    return f"hostile-{name}"


def _between(course: Course, honest: int, hostile: list[str]) -> None:
    """Let the hostile ones stand among the others, in the alphabet and so in the queue."""
    for number, name in enumerate(hostile):
        neighbour = f"student-{number * honest // len(hostile):05d}"
        folder = course.root / "submitted" / name
        folder.rename(folder.with_name(f"{neighbour}-{name}"))


def _results(course: Course) -> dict[str, Any]:
    """All that was said of each student, by name; a hostile one's without its neighbour's."""
    found = {}
    for path in (course.root / "autograded").glob(f"*/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        _, marked, name = path.parts[-3].partition("-hostile-")
        result = notebook["metadata"]["autograder"]["result"]
        faults = [cell["metadata"].get("autograder", {}).get("fault") for cell in notebook["cells"]]
        result["faults"] = [fault for fault in faults if fault]
        found[f"hostile-{name}" if marked else path.parts[-3]] = result
    return found


def _own_seconds(hostile: dict[str, HandIn]) -> float:
    """What the hostile ones may take by their limits."""
    return len(hostile) * NOTEBOOK_SECONDS


def _print_table(alone: Account, together: Account, allowed: float) -> None:
    print(_LINE.format("", "honest alone", "with hostile", "ratio"))
    for label, one, other in (
        ("seconds by the clock", alone.wall, together.wall),
        ("processor seconds, all", alone.all, together.all),
        ("processor seconds, coordinator", alone.own, together.own),
        ("peak MB, coordinator", alone.memory / MEGABYTE, together.memory / MEGABYTE),
        ("peak MB, fork server", alone.server / MEGABYTE, together.server / MEGABYTE),
    ):
        ratio = f"{other / one:.2f}" if one else "–"
        print(_LINE.format(label, f"{one:.1f}", f"{other:.1f}", ratio))
    print(_LINE.format("allowed by the clock", "", f"{allowed:.1f}", ""))


def _in_words(result: Any) -> str:
    if result is None:
        return "no verdict"
    faults = Counter(result["faults"])
    given_up = ", ".join(f"{count} × {fault}" for fault, count in faults.items())
    return f"{result['score']:g} of {result['max_score']:g}  {given_up}"


def differences(before: Any, after: Any, where: str = "") -> Iterator[str]:
    """Where two results differ, a line for each place."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            yield from differences(before.get(key), after.get(key), f"{where}/{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for number, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{where}/{number}")
    elif before != after:
        yield f"  {where}: {str(before)[:100]!r}, with hostile ones {str(after)[:100]!r}"


def _complaint(
    alone: Account,
    together: Account,
    allowed: float,
    before: dict[str, Any],
    after: dict[str, Any],
) -> str | int:
    """What is wrong, or 0."""
    if alone.code != 0:
        return f"The honest ones alone: exit {alone.code}\n{alone.said}"
    differing = [name for name, result in before.items() if after.get(name) != result]
    for name in differing:
        lines = list(differences(before[name], after.get(name)))
        print("", name, *lines[:_MOST_LINES], f"  {len(lines)} differences", sep="\n")
    if differing:
        return f"{len(differing)} of {len(before)} honest verdicts differ."
    if together.code is None:
        return f"With the hostile ones it was not done within {SECONDS:g} s."
    if together.wall > allowed:
        return "With the hostile ones it took too long."
    print(f"\nAll {len(before)} honest verdicts are the same.")
    return 0


if __name__ == "__main__":
    main()
