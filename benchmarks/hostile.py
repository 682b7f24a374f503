"""What hostile hand-ins cost, and whom: ``make bench-hostile FOLDER=…``.

Each sub-folder of ``FOLDER`` is a hand-in: a notebook or a zip whose name has the assignment's in
it, with files beside it, or a folder of that name. Each is graded by ``autograder grade`` in a
class of three, between two students who have everything right, and a class of these two alone
stands beside it. Zips of other names are no hand-ins but downloads, for ``autograder import``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Course
from autograder.exercises import assignments
from autograder.frameworks import require
from autograder.sample_class import sample_submissions
from benchmarks.accounting import Account, account
from benchmarks.courses import new_course

SECONDS = 300.0
"""By the clock, for grading one hand-in and its neighbours."""
MEGABYTE = 1_000_000
_BIN = Path(sys.executable).parent
_HOSTILE = "m"
_NEIGHBOURS = ("a", "z")
_NOBODY = "(neighbours alone)"
_LINE = "{:32} {:>10} {:>8} {:>8} {:>8} {:>8} {:>9}  {:22} {}"
_HEADINGS = ("points", "wall s", "own CPU", "all CPU", "peak MB", "page kB", "neighbours", "said")


@dataclass(frozen=True)
class HandIn:
    """A hand-in to try: what it is called, of which assignment, and where its files are."""

    name: str
    assignment: str
    folder: Path | None


@dataclass(frozen=True)
class Tried:
    """What came of it: results as JSON by student, and what grading took."""

    hand_in: HandIn
    took: Account
    results: dict[str, dict[str, float]]
    page: int

    def row(self) -> str:
        """The line of the table."""
        took = self.took
        said = "" if took.code == 0 else _last_words(took)
        megabytes, page = took.memory / MEGABYTE, self.page / 1000
        numbers = (f"{value:.1f}" for value in (took.wall, took.own, took.all, megabytes, page))
        points = self._points(_HOSTILE) if self.hand_in.folder else "–"
        neighbours = ", ".join(map(self._points, _NEIGHBOURS))
        return _LINE.format(self.hand_in.name, points, *numbers, neighbours, said).rstrip()

    def _points(self, student: str) -> str:
        result = self.results.get(student)
        return f"{result['score']:g} of {result['max_score']:g}" if result else "none"


def main() -> None:
    """Try all hand-ins in a folder and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with a sub-folder for each hand-in")
    parser.add_argument("--only", default="", metavar="PART", help="of the names of sub-folders")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"There is no folder {options.folder}: name one with FOLDER=…")
    hand_ins = [each for each in hand_ins_in(options.folder) if options.only in each.name]
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, which others keep busy with {load:.1f} programs now.\n")
    print(_LINE.format("hand-in", *_HEADINGS), flush=True)
    for assignment in dict.fromkeys(each.assignment for each in hand_ins if each.folder):
        require(assignments()[assignment].framework, assignment)
        alone = HandIn(_NOBODY, assignment, None)
        for hand_in in (alone, *(each for each in hand_ins if each.assignment == assignment)):
            print(attempt(hand_in).row(), flush=True)
    for other in (each.name for each in hand_ins if not each.folder):
        print(f"{other:32} no notebook of an assignment: for `autograder import`, perhaps")


def hand_ins_in(folder: Path) -> Iterator[HandIn]:
    """The hand-ins below ``folder``, one for each sub-folder; without a folder if it is none."""
    for case in sorted(path for path in folder.iterdir() if path.is_dir()):
        names = [path.relative_to(case).as_posix() for path in _notebooks_and_zips(case)]
        fitting = [each for each in assignments() if any(each in name for name in names)]
        if not fitting:
            yield HandIn(case.name, "", None)
            continue
        assignment = fitting[0]
        inner = case / assignment
        yield HandIn(case.name, assignment, inner if inner.is_dir() else case)


def _notebooks_and_zips(case: Path) -> Iterator[Path]:
    return (path for path in case.rglob("*") if path.suffix.lower() in (".ipynb", ".zip"))


def attempt(hand_in: HandIn, seconds: float = SECONDS) -> Tried:
    """Grade ``hand_in`` between its neighbours, in a course of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-hostile-") as folder:
        course = new_course(Path(folder, "course"), hand_in.assignment)
        submitted = course.root / "submitted"
        right = sample_submissions(course, course.assignment(hand_in.assignment))["all_right"]
        for student in _NEIGHBOURS:
            path = submitted / student / hand_in.assignment / f"{hand_in.assignment}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_bytes(right)
        if hand_in.folder:
            own = submitted / _HOSTILE / hand_in.assignment
            shutil.copytree(hand_in.folder, own, symlinks=True)
        command = (str(_BIN / "autograder"), "grade", hand_in.assignment)
        took = account(command, course.root, seconds)
        return Tried(hand_in, took, *_outcome(course, hand_in.assignment))


def _outcome(course: Course, assignment: str) -> tuple[dict[str, dict[str, float]], int]:
    """Results by student, as far as there are, and the bytes of the hostile one's page."""
    results = {}
    for student in (*_NEIGHBOURS, _HOSTILE):
        path = course.root / "autograded" / student / assignment / f"{assignment}.ipynb"
        if path.exists():
            judged = json.loads(path.read_text(encoding="utf-8"))["metadata"]["autograder"]
            results[student] = judged["result"]
    page = course.root / "feedback" / _HOSTILE / assignment / f"{assignment}.html"
    return results, page.stat().st_size if page.exists() else 0


def _last_words(took: Account) -> str:
    if took.code is None:
        return f"ended after {took.wall:.0f} s"
    lines = [line.strip() for line in took.said.splitlines() if line.strip()]
    return f"exit {took.code}: {ascii(lines[-1])[1:-1][:120] if lines else ''}"


if __name__ == "__main__":
    main()
