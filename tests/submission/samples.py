"""Notebooks to hand in: the real release, the real source, and small ones made to measure."""

from __future__ import annotations

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.course import Course
from autograder.exercises import assignments

COURSE = Course(Path(__file__).resolve().parents[2])
ASSIGNMENT = assignments()["convolution_step_by_step"]
OWN_NAME = f"{ASSIGNMENT.name}.ipynb"


@cache
def release_bytes() -> bytes:
    """The notebook that students get, as it lies in the course."""
    return (COURSE.root / "release" / ASSIGNMENT.name / OWN_NAME).read_bytes()


def release_data() -> dict[str, Any]:
    """The JSON of the notebook that students get, to be edited."""
    data: dict[str, Any] = json.loads(release_bytes())
    return data


@cache
def _source() -> NotebookNode:
    return COURSE.source_notebook(ASSIGNMENT)


def source_notebook() -> NotebookNode:
    """The instructor's notebook."""
    return copy.deepcopy(_source())


def code_cell(source: Any = "x = 1", **fields: Any) -> dict[str, Any]:
    """A code cell's JSON; ``fields`` add to it or replace what it has."""
    cell = {"cell_type": "code", "metadata": {}, "source": source}
    return {**cell, "outputs": [], "execution_count": None, **fields}


def notebook_data(*cells: Any, **fields: Any) -> dict[str, Any]:
    """A notebook's JSON in format 4.5; ``fields`` add to it or replace what it has."""
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **fields}


def saved(data: Any) -> bytes:
    """The bytes of a JSON file."""
    return json.dumps(data).encode()


def assert_valid(notebook: NotebookNode) -> None:
    """``notebook`` is valid nbformat 4.5, and validating it, which may repair, repairs nothing."""
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    validated = copy.deepcopy(notebook)
    nbformat.validate(validated)
    assert validated == notebook
