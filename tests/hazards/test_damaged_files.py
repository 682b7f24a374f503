"""Hazards 5 and 22: files that are damaged, in old formats, or empty."""

from __future__ import annotations

import json
import os
from pathlib import Path

import nbformat
import pytest

from autograder import Status, grade_notebook
from autograder.submission.caps import MAX_BYTES
from tests.submissions import EXERCISES, cell, save, solved, untouched


def _as_format_3(notebook) -> bytes:
    return nbformat.writes(nbformat.convert(notebook, 3), version=3).encode()


def _in_conflict(text: str) -> str:
    line = '   "execution_count": null,\n'
    other = line.replace("null", "12")
    return text.replace(line, f"<<<<<<< HEAD\n{line}=======\n{other}>>>>>>> 4e2b407\n")


REPAIRED = {
    "with a byte order mark": lambda text: text.encode("utf-8-sig"),
    "in UTF-16": lambda text: text.encode("utf-16"),
    "in UTF-16 without a mark": lambda text: text.encode("utf-16-le"),
    "in Windows-1252": lambda text: text.encode("cp1252", errors="replace"),
    "with Windows line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "with Windows line ends in its cells": lambda text: text.replace("\\n", "\\r\\n").encode(),
    "with a comma behind its last part": lambda text: text.rstrip()[:-1].encode() + b",\n}\n",
    "with Git's markers round counts": lambda text: _in_conflict(text).encode(),
    "in format 3": lambda text: _as_format_3(nbformat.reads(text, as_version=4)),
}
REFUSED = {
    "cut off": lambda text: text[: len(text) // 2].encode(),
    "corrupt": lambda text: text.replace('"cells"', '"cells', 1).encode(),
    "empty": lambda text: b"",
    "another file": lambda text: b"PK\x03\x04 this is no notebook",
    "a web page": lambda text: b"<!DOCTYPE html>\n<html></html>",
    "other JSON": lambda text: json.dumps([1, 2, 3]).encode(),
}


@pytest.mark.parametrize("how", REPAIRED)
def test_what_is_unambiguous_is_repaired(tmp_path, how):
    """Row 5: the submission is graded as if it had been saved properly."""
    path = tmp_path / "submission.ipynb"
    path.write_bytes(REPAIRED[how](nbformat.writes(solved())))
    assert grade_notebook(path).score == 100


@pytest.mark.parametrize("how", REFUSED)
def test_what_is_lost_is_zero_with_the_reason(tmp_path, how):
    """Row 5: nothing fails; every exercise says what is wrong with the file."""
    path = tmp_path / "submission.ipynb"
    path.write_bytes(REFUSED[how](nbformat.writes(solved())))
    result = grade_notebook(path, "convolution_step_by_step")
    assert result.score == 0
    assert result.max_score == 100
    for exercise in result.exercises.values():
        assert exercise.status is Status.NOT_ATTEMPTED
        assert all("submi" in c.message.lower() for c in exercise.cases), exercise.cases[0]


def test_what_is_too_large_is_not_read(tmp_path, monkeypatch):
    path = tmp_path / "convolution_step_by_step.ipynb"
    path.touch()
    os.truncate(path, MAX_BYTES + 1)
    read_bytes = Path.read_bytes

    def read_another(other):
        assert other != path
        return read_bytes(other)

    monkeypatch.setattr(Path, "read_bytes", read_another)
    result = grade_notebook(path)
    assert result.score == 0
    assert result.notes[0].startswith("The notebook file is larger than 50 MB.")


def test_a_notebook_without_cells_is_not_attempted(tmp_path):
    """Row 22."""
    path = save(nbformat.v4.new_notebook(), tmp_path / "empty.ipynb")
    result = grade_notebook(path, "convolution_step_by_step")
    assert result.score == 0
    assert all(each.status is Status.NOT_ATTEMPTED for each in result.exercises.values())


def test_the_untouched_release_is_not_attempted(tmp_path):
    """Row 22: and every case says so."""
    result = grade_notebook(save(untouched(), tmp_path / "untouched.ipynb"))
    assert result.score == 0
    verdicts = {case.verdict for each in result.exercises.values() for case in each.cases}
    assert verdicts == {"not attempted"}


def test_half_a_notebook_gets_half_the_points(tmp_path):
    """Row 22: what is done counts, what is begun is told apart from what is untouched."""
    notebook, done = untouched(), solved()
    for name in EXERCISES[:4]:
        cell(notebook, name).source = cell(done, name).source
    begun = cell(notebook, "conv_backward")
    begun.source = begun.source.replace("stride = None", 'stride = hparameters["stride"]')
    result = grade_notebook(save(notebook, tmp_path / "half.ipynb"))
    assert result.score == 45
    assert result.exercises["conv_backward"].status is Status.FAILED
    assert "None to replace" in result.exercises["conv_backward"].cases[0].message
    assert result.exercises["pool_backward"].status is Status.NOT_ATTEMPTED
