"""Stock nbgrader's points: ``nbgrader generate_assignment`` and ``autograde``, fenced in."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from benchmarks.tampering import for_nbgrader
from benchmarks.tampering.fence import run_fenced
from benchmarks.tampering.handed_in import ASSIGNMENT, HandedIn, lay_down
from benchmarks.tampering.won import NO_VERDICT, Won

SECONDS_EACH = 600
"""What a submission may take on a busy machine. All attacks have an end of their own."""
_NAME = ASSIGNMENT.name


class StockNbgrader:
    """A course with stock nbgrader of another environment."""

    def __init__(self, folder: Path, environment: Path) -> None:
        """Write the instructor's notebook and let nbgrader make the release of it."""
        self._folder, self._bin = folder, environment / "bin"
        self._template = folder / "template"
        source = self._template / "course" / "source" / _NAME
        source.mkdir(parents=True)
        nbformat.write(for_nbgrader.source_notebook(), source / f"{_NAME}.ipynb")
        made = self._run(self._template, SECONDS_EACH, "generate_assignment", _NAME)
        if made.returncode:
            raise RuntimeError(made.stdout)
        path = self._template / "course" / "release" / _NAME / f"{_NAME}.ipynb"
        self.release: NotebookNode = nbformat.read(path, as_version=4)

    def _run(self, place: Path, seconds: float, *command: str) -> subprocess.CompletedProcess[str]:
        nbgrader = [str(self._bin / "nbgrader"), *command, f"--course-dir={place / 'course'}"]
        path = f"{self._bin}{os.pathsep}{os.environ['PATH']}"
        return run_fenced(nbgrader, place, {"PATH": path}, seconds)

    def grade(self, class_: Sequence[HandedIn]) -> dict[str, Won]:
        """The points in the gradebook of a course of its own that all of these are students of."""
        place = self._folder / f"class-of-{class_[0].name}"
        shutil.copytree(self._template, place)
        now, seconds, said = datetime.now(UTC), SECONDS_EACH * len(class_), ""
        for each in class_:
            if each.earlier is not None:
                lay_down(_submitted(place, each), each.earlier, _at(now - timedelta(minutes=20)))
                said += self._run(place, seconds, "autograde", _NAME).stdout
        for each in class_:
            about = {**each.files, **_at(now - timedelta(minutes=10))}
            lay_down(_submitted(place, each), each.notebook, about)
        said += self._run(place, seconds, "autograde", _NAME, "--force").stdout
        (place / "said.txt").write_text(said, encoding="utf-8")
        with Gradebook(f"sqlite:///{place / 'course' / 'gradebook.db'}") as gradebook:
            return {each.name: _won(gradebook, each.name) for each in class_}


def _submitted(place: Path, each: HandedIn) -> Path:
    return place / "course" / "submitted" / each.name / _NAME


def _at(when: datetime) -> dict[str, str]:
    return {"timestamp.txt": f"{when:%Y-%m-%d %H:%M:%S} UTC\n"}


def _won(gradebook: Gradebook, student: str) -> Won:
    try:
        submission = gradebook.find_submission(_NAME, student)
    except MissingEntry:
        return NO_VERDICT
    grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
    verdicts = [grade.auto_score is not None for grade in grades]
    return Won(submission.score, all(verdicts) and bool(verdicts))
