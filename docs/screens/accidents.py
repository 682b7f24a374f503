"""A class in which twelve things went wrong as they do, graded as an instructor types it.

The picture of its table shows that of everybody who is on the list the points are known, or the
reason why there are none.
"""

from __future__ import annotations

import html
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.course import Course
from autograder.sample_class import ASSIGNMENT, sample_submissions

_NAME = f"{ASSIGNMENT}.ipynb"
_COLUMNS = 118
_LATE = "\nc.AssignLatePenalties.plugin_class = 'autograder.nbgrader.late_penalty.PercentPerDay'\n"
_ON_TIME, _DUE, _TOO_LATE = (
    f"2026-03-{moment}:00:00 UTC" for moment in ("01 11", "01 12", "02 20")
)
_PAGE = """<!DOCTYPE html><meta charset="utf-8"><title>The table</title>
<style>body {{ background: #1c1c1c; margin: 24px }}
pre {{ color: #e4e4e4; font: 13.5px/1.25 "DejaVu Sans Mono", monospace; margin: 0 }}</style>
<pre>$ autograder grade {assignment}
{said}</pre><footer></footer>"""


def table_of_accidents(course: Course) -> Path:
    """Grade such a class beside ``course``, and write what the command says as a page."""
    here = course.copy_to(course.root.parent / "accidents")
    with (here.root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(_LATE)
    shutil.copytree(course.root / "release", here.root / "release")
    samples = sample_submissions(here, here.assignment(ASSIGNMENT))
    for student, accident in _ACCIDENTS.items():
        folder = here.root / "submitted" / student / ASSIGNMENT
        folder.mkdir(parents=True)
        (folder / "timestamp.txt").write_text(_ON_TIME, encoding="utf-8")
        accident(folder, _read(samples["vectorised"]), _read(samples["untouched"]))
    _typed(here, "nbgrader", "db", "assignment", "add", ASSIGNMENT, "--duedate", _DUE)
    said = _typed(here, "autograder", "grade", ASSIGNMENT, "--no-feedback")
    page = here.root / "table.html"
    page.write_text(_PAGE.format(assignment=ASSIGNMENT, said=html.escape(said)), "utf-8")
    return page


def _typed(course: Course, program: str, *words: str) -> str:
    """What a command prints in a terminal."""
    programs = Path(sys.executable).parent
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    settings = {"PATH": path, "COLUMNS": str(_COLUMNS), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [str(programs / program), *words],
        cwd=course.root,
        env={**os.environ, **settings},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):  # 1: somebody has no verdict, which is what is shown
        raise RuntimeError(done.stderr)
    return done.stdout


def _read(content: bytes) -> NotebookNode:
    return nbformat.reads(content.decode(), as_version=4)


def _solution(notebook: NotebookNode, name: str) -> NotebookNode:
    return next(
        cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name
    )


def _write(notebook: NotebookNode, path: Path) -> None:
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


Accident = Callable[[Path, NotebookNode, NotebookNode], None]


def _none(folder: Path, solved: NotebookNode, _: NotebookNode) -> None:
    _write(solved, folder / _NAME)


def _below_the_check(folder: Path, solved: NotebookNode, untouched: NotebookNode) -> None:
    cell = _solution(solved, "zero_pad")
    solved.cells.append(new_code_cell(cell.source))
    cell.source = _solution(untouched, "zero_pad").source
    _write(solved, folder / _NAME)


def _under_timeit(folder: Path, solved: NotebookNode, _: NotebookNode) -> None:
    cell = _solution(solved, "pool_backward")
    cell.source = f"%%timeit\n{cell.source}"
    _write(solved, folder / _NAME)


def _missing_package(folder: Path, solved: NotebookNode, _: NotebookNode) -> None:
    cell = _solution(solved, "zero_pad")
    solved.cells.insert(1, new_code_cell("import a_package_of_mine\nfrom math import floor"))
    cell.source = f"floor(1.5)\n{cell.source}"
    _write(solved, folder / _NAME)


def _in_conflict(folder: Path, solved: NotebookNode, _: NotebookNode) -> None:
    line = '   "execution_count": null,\n'
    text = nbformat.writes(solved).replace(
        line, f"<<<<<<< HEAD\n{line}=======\n{line.replace('null', '7')}>>>>>>> 4e2b407\n", 1
    )
    (folder / _NAME).write_text(text, encoding="utf-8")


def _cut_off(folder: Path, solved: NotebookNode, _: NotebookNode) -> None:
    (folder / _NAME).write_text(nbformat.writes(solved)[:20_000], encoding="utf-8")


def _web_page(folder: Path, _: NotebookNode, __: NotebookNode) -> None:
    (folder / _NAME).write_text("<!DOCTYPE html><title>Sign in</title>", encoding="utf-8")


def _archive(folder: Path, _: NotebookNode, __: NotebookNode) -> None:
    (folder / "homework.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(100))


def _other_case(folder: Path, solved: NotebookNode, _: NotebookNode) -> None:
    _write(solved, folder / _NAME)
    folder.rename(folder.with_name(ASSIGNMENT.title()))


def _beside_the_folder(folder: Path, solved: NotebookNode, _: NotebookNode) -> None:
    _write(solved, folder.parent / _NAME)
    shutil.rmtree(folder)


def _wrong_end(folder: Path, solved: NotebookNode, untouched: NotebookNode) -> None:
    (folder / f"{_NAME}.txt").write_text(json.dumps(solved), encoding="utf-8")


def _another_course(folder: Path, solved: NotebookNode, _: NotebookNode) -> None:
    sources = [
        cell.source for cell in solved.cells if cell.metadata.get("nbgrader", {}).get("solution")
    ]
    start = new_code_cell("import numpy as np\ndef exercise(function): return function")
    cells = [new_markdown_cell("# Week one"), start, *map(new_code_cell, sources)]
    _write(new_notebook(cells=cells), folder / _NAME)


def _late(folder: Path, solved: NotebookNode, _: NotebookNode) -> None:
    _write(solved, folder / _NAME)
    (folder / "timestamp.txt").write_text(_TOO_LATE, encoding="utf-8")


_ACCIDENTS: dict[str, Accident] = {
    "all-is-well": _none,
    "answer-below-check": _below_the_check,
    "archive-only": _archive,
    "beside-the-folder": _beside_the_folder,
    "folder-in-other-case": _other_case,
    "git-conflict": _in_conflict,
    "half-a-file": _cut_off,
    "ipynb-txt": _wrong_end,
    "late": _late,
    "missing-package": _missing_package,
    "notebook-of-another": _another_course,
    "under-timeit": _under_timeit,
    "web-page": _web_page,
}
