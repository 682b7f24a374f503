"""Hand-ins that are read, restored, judged by evidence of wrong answers, saved and shown."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path
from random import Random
from typing import Any

from nbformat import NotebookNode

from autograder.errors import CourseError
from autograder.execution.faults import METADATA
from autograder.execution.task import NO_USAGE
from autograder.feedback.verdict_cells import show_verdicts
from autograder.grading.attempt import Judged
from autograder.grading.executing import grading_task
from autograder.grading.judging import gather, judge, unreadable_result
from autograder.grading.preparing import Prepared, prepare
from autograder.grading.storing import CourseFiles, read_judged, write_autograded
from autograder.grading.trimming import trim_outputs
from autograder.nodes import deep_copy
from benchmarks.fuzzing.rooms import Drawn, Harm, Room
from benchmarks.fuzzing.seeds import Mixed, Seed, displayed, executed
from benchmarks.fuzzing.showing import write_page
from benchmarks.fuzzing.texts import LINES, TOKENS, mutated_bytes, mutated_text
from benchmarks.fuzzing.trees import mutated_tree

_ODD_NAMES = (
    "{a}.ipynb", "{a}.ipynb", "{a} (2).ipynb", "{a}.IPYNB", "x.ipynb", "sub/{a}.ipynb",
    "a/b/c.ipynb", ".hidden.ipynb", "__MACOSX/{a}.ipynb", "{a}.ipynb.zip", "x.zip", "data.csv",
    "numpy.py", "a b.h5", "[/b].ipynb", "\x1b[2J.ipynb", "\udcff.ipynb", "e\u0301.ipynb", "{a}",
    "timestamp.txt", "evil.html",
)  # fmt: skip


def _draw_notebook(seed: Seed, rng: Random) -> Drawn:
    tree = seed.notebook(rng)
    if rng.random() < 0.7:
        tree = mutated_tree(_with_forged_outputs(tree, seed, rng), rng)
    content = json.dumps(tree, ensure_ascii=rng.random() < 0.5).encode("utf-8", "backslashreplace")
    if rng.random() < 0.3:
        content = mutated_bytes(content, rng)
    items = seed.evidence(
        rng.choice((Mixed.WRONG, Mixed.RAISING)), seed.some_exercises(rng, 2), rng
    )
    name = f"{seed.assignment.name}.ipynb"
    return {"files": {name: content}, "items": items, "page": rng.random() < 0.3}


def _with_forged_outputs(tree: dict[str, Any], seed: Seed, rng: Random) -> dict[str, Any]:
    """Right evidence, handed in as what cells showed, and a result that says 100 points."""
    if rng.random() < 0.7:
        return tree
    right = seed.evidence(Mixed.PARTLY, seed.some_exercises(rng, 1), rng)
    forged = {str(cell.get("id")): cell for cell in executed(seed, right)["cells"]}
    cells = [{**cell, **_outputs(forged.get(str(cell.get("id")), {}))} for cell in tree["cells"]]
    result = {"score": 100.0, "max_score": 100.0, "exercises": {}}
    return {**tree, "cells": cells, "metadata": {**tree["metadata"], METADATA: {"result": result}}}


def _outputs(cell: dict[str, Any]) -> dict[str, Any]:
    return {"outputs": cell["outputs"]} if cell.get("outputs") else {}


def _draw_folder(seed: Seed, rng: Random) -> Drawn:
    """Several files of odd names: notebooks, zips with more of them, and anything else."""
    content = json.dumps(seed.notebook(rng)).encode()
    names = [
        name.format(a=seed.assignment.name) for name in rng.sample(_ODD_NAMES, rng.randint(1, 5))
    ]
    return {
        "files": {name: _content(name, content, rng) for name in names},
        "items": {},
        "page": False,
    }


def _content(name: str, content: bytes, rng: Random) -> bytes:
    if name.endswith(".zip"):
        return mutated_bytes(_zip(content, rng), rng) if rng.random() < 0.4 else _zip(content, rng)
    if "ipynb" in name:
        return mutated_bytes(content, rng) if rng.random() < 0.3 else content
    return mutated_text(rng.choice(LINES), rng).encode("utf-8", "replace")


def _zip(content: bytes, rng: Random) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(
        packed, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    ) as file:
        for _ in range(rng.choice((0, 1, 2, 5))):
            name = rng.choice(("x.ipynb", "../x.ipynb", "/etc/x.ipynb", "a/b.ipynb", "b.txt"))
            item = zipfile.ZipInfo(rng.choice(TOKENS).replace("\ud800", "") + name)
            item.external_attr = rng.choice((0, 0o120777 << 16, 0o600 << 16))
            file.writestr(item, content if rng.random() < 0.7 else bytes(rng.randint(0, 2_000_000)))
    return packed.getvalue()


def _enter(seed: Seed, drawn: Drawn, folder: Path) -> float:
    submitted = folder / "submitted"
    submitted.mkdir()
    for name, content in drawn["files"].items():
        _lay_down(submitted / name, content)
    prepared = prepare("somebody", submitted, seed.materials)
    return _to_the_end(seed, prepared, drawn, folder)


def _lay_down(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError:  # one file's folder is another's name
        return


def _to_the_end(seed: Seed, prepared: Prepared, drawn: Drawn, folder: Path) -> float:
    """As the coordinator does it, but for the gradebook, and with evidence that nothing ran for."""
    assignment, materials = seed.assignment, seed.materials
    name = f"somebody/{assignment.name}"
    notebook: NotebookNode = deep_copy(prepared.notebook)
    if prepared.reason:
        result = unreadable_result(assignment, name, prepared.reason)
    else:
        grading_task(notebook, prepared.files, materials.inputs, materials.limits)
        _put(notebook, seed, drawn["items"])
        gathered = gather(notebook, materials.source, assignment, materials.limits)
        result = judge(gathered, assignment, materials.key, name, prepared.notes)
    judged = Judged(notebook, result, NO_USAGE)
    show_verdicts(notebook, assignment, result)
    dict.__setitem__(notebook.metadata, METADATA, {"result": result.to_json(), "digest": ""})
    trim_outputs(notebook, {})
    target = folder / "autograded"
    write_autograded(
        target, assignment.name, notebook, prepared.files, CourseFiles({}, 0o644), 0o644
    )
    kept = read_judged(target / f"{assignment.name}.ipynb", assignment)
    if not kept or kept["result"]["score"] != judged.result.score:
        raise Harm("what was saved is not what was judged")
    if drawn["page"]:
        write_page(seed, notebook, target, folder / "feedback" / "page.html")
    _no_links(target)
    return result.score


def _put(notebook: NotebookNode, seed: Seed, items: dict[str, Any]) -> None:
    tests = {exercise.test_cell: exercise.name for exercise in seed.assignment.exercises}
    for cell in notebook.cells:
        name = tests.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if name and items.get(name):
            cell["outputs"] = [deep_copy(displayed(item)) for item in items[name]]


def _no_links(folder: Path) -> None:
    for path, _, names in os.walk(folder):
        if any(Path(path, name).is_symlink() for name in names):
            raise Harm("a link was copied")


NOTEBOOK = Room("notebook", 3_800, _draw_notebook, _enter)
FOLDER = Room("folder", 500, _draw_folder, _enter, (CourseError,))
