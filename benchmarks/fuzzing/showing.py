"""Pages of executed notebooks, and the report of a class: what people read."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from random import Random
from typing import Any

from nbformat import NotebookNode
from traitlets.config import Config

from autograder.execution.faults import METADATA
from autograder.feedback.pages import FeedbackPages
from autograder.feedback.standing import Standing
from autograder.grading.storing import read_judged
from autograder.mistakes import known_mistakes
from autograder.nodes import deep_copy
from autograder.report.page import render
from autograder.report.submission import submission_of
from autograder.report.summary import summarise
from autograder.report.tables import csv_tables
from benchmarks.fuzzing.rooms import Drawn, Harm, Room
from benchmarks.fuzzing.seeds import Mixed, Seed
from benchmarks.fuzzing.texts import LINES, mutated_text, repeated
from benchmarks.fuzzing.trees import mutated_tree

MOST_PAGE = 20_000_000
"""Bytes of a page of a hand-in that has a tenth of them."""
_TAG = re.compile(r"<([a-zA-Z][^\s/>]*+)([^<>]*+)")
_RUNS = {"script", "iframe", "object", "embed", "base", "form", "link", "foreignobject"}
_ATTRIBUTE = re.compile(r"(?:^|[\s/\"'])(on[a-z]+)\s*+=", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:src|href)\s*+=\s*+[\"']?[\x00-\x20]*+(?:javascript|data:text|vbscript|//|[\\/]{2})",
    re.IGNORECASE,
)
_PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAf"
    "FcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def write_page(seed: Seed, notebook: NotebookNode, folder: Path, page: Path) -> None:
    """Write the page as ``autograder grade`` does, and look whether anything in it would run.

    That has a process with limits of its own for it, and a plain page where they are reached.
    """
    cells = {exercise.test_cell: (0.0, exercise.points) for exercise in seed.assignment.exercises}
    standing = Standing(0.0, seed.assignment.points, cells=cells)
    path = folder / "judged.json"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    outcome = _pages(seed.assignment.name).write(page, "somebody", path, standing).result()
    if outcome.problem:
        raise Harm(f"no page: {outcome.problem[:500]}")
    text = page.read_text(encoding="utf-8")
    if len(text) > MOST_PAGE:
        raise Harm(f"a page of {len(text):,} characters")
    for tag, attributes in _TAG.findall(text):
        if _would_run(tag, attributes):
            raise Harm(f"on the page: {f'<{tag}{attributes}'[:200]!r}")


@cache
def _pages(assignment: str) -> FeedbackPages:
    return FeedbackPages(assignment, Config())


@lru_cache(10_000)
def _would_run(tag: str, attributes: str) -> bool:
    unquoted = re.sub(r"\"[^\"]*+\"|'[^']*+'", '""', attributes)
    found = _ATTRIBUTE.search(unquoted) or _ADDRESS.search(attributes)
    return tag.lower() in _RUNS or found is not None


def _draw_page(seed: Seed, rng: Random) -> Drawn:
    """An executed notebook: texts with all that makes parsers slow, outputs of any shape."""
    cells: list[dict[str, Any]] = [
        {
            "cell_type": "markdown",
            "id": f"m{number}",
            "metadata": {},
            "source": _markdown(rng),
            **({"attachments": {"x.png": {"image/png": _PIXEL}}} if rng.random() < 0.3 else {}),
        }
        for number in range(rng.randint(0, 3))
    ]
    cells += [
        {
            "cell_type": "code",
            "id": f"c{number}",
            "metadata": {},
            "execution_count": 1,
            "source": mutated_text("x = [1, 2]\n", rng),
            "outputs": [_output(rng) for _ in range(rng.randint(0, 3))],
        }
        for number in range(rng.randint(0, 3))
    ]
    return {"cells": cells, "score": 0}


def _markdown(rng: Random) -> str:
    words = rng.sample(LINES, rng.randint(0, 3))
    return mutated_text("\n\n".join(["# Title", *words]), rng)


def _output(rng: Random) -> dict[str, Any]:
    text = mutated_text(rng.choice(LINES), rng)
    data = rng.choice(
        ("text/plain", "text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png",
         "application/json", "application/javascript", "application/vnd.jupyter.widget-view+json")
    )  # fmt: skip
    return rng.choice(
        (
            {"output_type": "stream", "name": "stdout", "text": text},
            {
                "output_type": "error",
                "ename": text,
                "evalue": text,
                "traceback": [text, repeated(rng)],
            },
            {"output_type": "display_data", "data": {data: text}, "metadata": {}},
            {"output_type": "display_data", "data": {"image/png": _PIXEL}, "metadata": {}},
        )
    )


def _enter_page(seed: Seed, drawn: Drawn, folder: Path) -> float:
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": drawn["cells"]}
    notebook = json.loads(json.dumps(notebook).encode("utf-8", "replace"))
    write_page(seed, _clean(deep_copy(notebook)), folder, folder / "page.html")
    return 0.0


def _clean(value: Any) -> Any:
    """Without halves of surrogate pairs, as reading and recording leave all texts."""
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, dict):
        for key in value:
            dict.__setitem__(value, key, _clean(value[key]))
    if isinstance(value, list):
        value[:] = map(_clean, value)
    return value


def _draw_report(seed: Seed, rng: Random) -> Drawn:
    """What judging left in notebooks, damaged."""
    results = []
    for _ in range(3):
        items = seed.evidence(rng.choice(Mixed.ALL), seed.some_exercises(rng), rng)
        usage = {"wall": 1.0, "cpu": 0.5, "memory": 10**8}
        results.append({"result": seed.judged(items).to_json(), "usage": usage})
    return {"judged": [mutated_tree(result, rng) for result in results]}


def _enter_report(seed: Seed, drawn: Drawn, folder: Path) -> float:
    from datetime import date

    names = ("ada", "=cmd|' /C calc'!A0", "\x1b[2J[/b]<script>")
    submissions = []
    for name, judged in zip(names, drawn["judged"], strict=True):
        path = folder / "notebook.ipynb"
        path.write_text(json.dumps({"metadata": {METADATA: judged}}), encoding="utf-8")
        found = read_judged(path, seed.assignment)
        submissions.append(submission_of(name, found))
    known = known_mistakes(seed.assignment)
    summary = summarise(seed.assignment, submissions, ("late",), known)
    page = render(summary, date(2026, 1, 31))
    if "<script>" in page:
        raise Harm("a name is markup in the report")
    for text in csv_tables(summary).values():
        text.encode("utf-8", "backslashreplace")
    return 0.0


PAGE = Room("page", 900, _draw_page, _enter_page)
REPORT = Room("report", 300, _draw_report, _enter_report)
