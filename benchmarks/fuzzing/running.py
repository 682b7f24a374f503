"""Whole runs: hand-ins in which nothing is right, executed in the sandbox and judged."""

from __future__ import annotations

import json
import shutil
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from autograder.course import CONFIG, Course
from autograder.execution.limits import MEGABYTE, Limits
from autograder.grading.one_notebook import grade_notebook
from autograder.grading.settings import Settings
from autograder.grading.whole_class import grade_class
from autograder.nbgrader.commands import enter_assignment
from benchmarks.fuzzing.rooms import Drawn, Harm, Room
from benchmarks.fuzzing.seeds import Seed
from benchmarks.fuzzing.texts import LINES, mutated_bytes, mutated_text
from benchmarks.fuzzing.trees import mutated_tree

LIMITS = Limits(
    cell=2, notebook=4, memory=600 * MEGABYTE, processes=16, cell_output=200_000, output=1_000_000
)
_CONFIGURED = """
c.ExecuteSubmission.cell_seconds = 2
c.ExecuteSubmission.notebook_seconds = 4
c.ExecuteSubmission.memory_bytes = 600_000_000
c.ExecuteSubmission.processes = 16
"""
_OWN = (
    "print('x' * 10**7)",
    "import os\nfor _ in range(100): os.write(3, b'[\"end\"]\\n')",
    'import os\nos.write(3, b\'["output", {"output_type": "display_data", "data": {}}]\\n\' * 9)',
    "import os\nos.write(1, bytes(range(256)) * 99)",
    "from IPython.display import display\ndisplay({'text/html': '<script>'}, raw=True)",
    "clear = get_ipython().run_line_magic('reset', '-f')",
    "import sys\nsys.stdout = None",
    "import builtins\nbuiltins.print = builtins.len = lambda *a, **k: 1",
    "import numpy as np\nnp.array_equal = np.allclose = np.isclose = lambda *a, **k: True",
    "raise type('E' * 300, (Exception,), {'__str__': lambda self: '\\x1b[2J' * 999})()",
    "get_ipython().events.register('pre_run_cell', lambda info: 1 / 0)",
    "import threading\nthreading.Thread(target=print, args=('later',)).start()",
    "def collect(*a): pass\ncheck = collect",
    "from IPython.display import HTML\n[HTML('<b>') for _ in range(9)]",
)


def _draw_hand_in(seed: Seed, rng: Random) -> bytes:
    tree = seed.wrong_notebook(rng)
    cells = tree["cells"]
    for _ in range(rng.choice((1, 2, 5))):
        cell = rng.choice(cells)
        own = rng.random() < 0.4
        cell["source"] = rng.choice(_OWN) if own else mutated_text(_text(cell), rng)
    if rng.random() < 0.3:
        line = rng.choice(LINES)
        cells.insert(
            rng.randint(0, len(cells)),
            {"cell_type": "code", "metadata": {}, "source": line, "outputs": []},
        )
    if rng.random() < 0.3:
        tree = mutated_tree(tree, rng)
    content = json.dumps(tree).encode()
    return mutated_bytes(content, rng) if rng.random() < 0.05 else content


def _text(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def _draw_run(seed: Seed, rng: Random) -> Drawn:
    return {"file": _draw_hand_in(seed, rng)}


def _enter_run(seed: Seed, drawn: Drawn, folder: Path) -> float:
    path = folder / "notebook.ipynb"
    path.write_bytes(drawn["file"])
    course, name = seed.materials.course, seed.assignment.name
    return grade_notebook(path, name, course=course, limits=LIMITS).score


def _draw_class(seed: Seed, rng: Random) -> Drawn:
    return {"files": [_draw_hand_in(seed, rng) for _ in range(3)]}


@cache
def _entered(root: Path, assignment: str, folder: Path) -> Path:
    """A course in whose gradebook the assignment is; made once in this process."""
    course = Course(root).copy_to(folder / f"{assignment}-course")
    with (course.root / CONFIG).open("a", encoding="utf-8") as file:
        file.write(_CONFIGURED)
    enter_assignment(course, assignment)
    return course.root


def _enter_class(seed: Seed, drawn: Drawn, folder: Path) -> float:
    name = seed.assignment.name
    entered = _entered(seed.materials.course.root, name, folder.parent)
    course = Course(Path(shutil.copytree(entered, folder / "course")))
    for number, content in enumerate(drawn["files"]):
        path = course.root / "submitted" / f"student-{number}" / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    outcomes = grade_class(course, course.assignment(name), settings=Settings(workers=1))
    for outcome in outcomes:
        if outcome.problem:
            raise Harm(f"a student has no verdict: {outcome.problem}")
        if not outcome.feedback.exists():
            raise Harm("a student has no page")
    return sum(outcome.score for outcome in outcomes)


RUN = Room("run", 180, _draw_run, _enter_run, executes=True)
CLASS = Room("class", 20, _draw_class, _enter_class, executes=True)
