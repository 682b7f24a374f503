"""Otter's points: ``otter generate``, and what ``otter run`` does, fenced in."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

from nbformat import NotebookNode

from benchmarks.tampering import for_otter
from benchmarks.tampering.by_nbgrader import SECONDS_EACH
from benchmarks.tampering.fence import run_fenced
from benchmarks.tampering.handed_in import HandedIn, lay_down
from benchmarks.tampering.won import NO_VERDICT, Won

_PROGRAM = Path(__file__).with_name("otter_runs.py")


class Otter:
    """An autograder that Otter of another environment made and runs."""

    def __init__(self, folder: Path, environment: Path) -> None:
        """Write the test files and let Otter make an autograder of them."""
        self._folder, self._bin = folder, environment / "bin"
        self.release: NotebookNode = for_otter.release()
        tests = folder / "course" / "tests"
        tests.mkdir(parents=True)
        for name, text in for_otter.test_files().items():
            (tests / name).write_text(text, encoding="utf-8")
        self._autograder = folder / "course" / "autograder.zip"
        command = [str(self._bin / "otter"), "generate", "-t", str(tests)]
        made = self._run([*command, "-o", str(self._autograder)], folder, SECONDS_EACH)
        if not self._autograder.exists():
            raise RuntimeError(made.stdout)

    def _run(
        self, command: list[str], place: Path, seconds: float
    ) -> subprocess.CompletedProcess[str]:
        path = f"{self._bin}{os.pathsep}{os.environ['PATH']}"
        return run_fenced(command, place, {"PATH": path}, seconds)

    def grade(self, class_: Sequence[HandedIn]) -> dict[str, Won]:
        """The sums of the tests' scores in Otter's results."""
        place = self._folder / f"class-of-{class_[0].name}"
        place.mkdir()
        runs: list[str] = []
        for each in class_:
            if each.earlier is not None:
                runs += _archived(place, f"{each.name}-earlier", HandedIn("", each.earlier))
            runs += _archived(place, each.name, each)
        program = [str(self._bin / "python"), str(_PROGRAM)]
        command = [*program, str(SECONDS_EACH), str(self._autograder), *runs]
        done = self._run(command, place, SECONDS_EACH * len(runs))
        (place / "said.txt").write_text(done.stdout, encoding="utf-8")
        return {each.name: _won(place / each.name / "results.json") for each in class_}


def _archived(place: Path, name: str, handed_in: HandedIn) -> list[str]:
    folder, archive = place / name, place / f"{name}.zip"
    lay_down(folder / "submission", handed_in.notebook, handed_in.files)
    with zipfile.ZipFile(archive, "w") as zipped:
        for path in sorted((folder / "submission").iterdir()):
            zipped.write(path, path.name)
    return [str(archive), str(folder)]


def _won(results: Path) -> Won:
    """Where Otter found no results it says so in place of the tests."""
    if not results.exists():
        return NO_VERDICT
    tests = json.loads(results.read_text(encoding="utf-8"))["tests"]
    scores = [float(each["score"]) for each in tests if "score" in each]
    return Won(sum(scores)) if scores else NO_VERDICT
