"""Damage that can be read in one way only is mended; other kinds of file are called by name."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submission.reading import UnreadableNotebookError, parse_notebook
from tests.submission.samples import code_cell, notebook_data, release_bytes, saved

PLOT = {"output_type": "display_data", "data": {"text/plain": ["a {\n", "["]}, "metadata": {}}
DATA = notebook_data(
    code_cell("import numpy as np  # a, ]\n", id="one", execution_count=3, outputs=[PLOT]),
    {"cell_type": "markdown", "source": ["x,\n", "]"], "metadata": {}, "id": "two"},
    code_cell(["def zero_pad(X):\n", '    return "=======", {\n', "    }\n"], id="three"),
)


def lines_of(data: Any) -> list[str]:
    return json.dumps(data, indent=1).split("\n")


def joined(lines: list[str], end: str = "\n") -> bytes:
    return end.join(lines).encode()


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableNotebookError) as refused:
        parse_notebook(content)
    return str(refused.value)


WHOLE = parse_notebook(saved(DATA))[0]


# Git's conflict markers


def merged(old: str, *new: str, base: bool = False, end: str = "\n") -> bytes:
    """The notebook of which Git could not merge the line ``old`` with the ``new`` ones."""
    between = ["||||||| 1f2e3d4", old, "======="] if base else ["======="]
    found = []
    for line in lines_of(DATA):
        conflict = ["<<<<<<< HEAD", line, *between, *new, ">>>>>>> 4e2b407 (second run)"]
        found += conflict if line.strip() == old else [line]
    return joined(found, end)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("base", [False, True])
def test_a_conflict_in_counts_is_none(base: bool, end: str) -> None:
    content = merged('"execution_count": 3,', '   "execution_count": 12,', base=base, end=end)
    notebook, notes = parse_notebook(content)
    assert notebook == WHOLE
    assert len(notes) == 1
    assert "Git's conflict markers" in notes[0]
    assert "outputs and counts" in notes[0]


@given(st.data())
def test_two_runs_of_a_notebook_are_merged(data: st.DataObject) -> None:
    """Git takes the lines that differ, however the brackets of outputs fall to either side."""
    other = copy.deepcopy(DATA)
    for cell in other["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = data.draw(st.integers(0, 20))
            cell["outputs"] = data.draw(st.lists(st.just(PLOT), max_size=2))
    ours, theirs = lines_of(DATA), lines_of(other)
    same = 0
    while same < min(len(ours), len(theirs)) and ours[same] == theirs[same]:
        same += 1
    start = data.draw(st.integers(0, same))
    tail = 0
    while tail < min(len(ours), len(theirs)) - start and ours[-1 - tail] == theirs[-1 - tail]:
        tail += 1
    tail = data.draw(st.integers(0, tail))
    content = joined(
        [
            *ours[:start],
            "<<<<<<< Updated upstream",
            *ours[start : len(ours) - tail],
            "=======",
            *theirs[start : len(theirs) - tail],
            ">>>>>>> Stashed changes",
            *ours[len(ours) - tail :],
        ]
    )
    assert parse_notebook(content)[0] == WHOLE


def test_a_conflict_in_an_answer_is_for_its_student() -> None:
    old = '"def zero_pad(X):\\n",'
    said = refusal(merged(old, '    "def zero_pad(X, pad):\\n",'))
    assert "two versions hold different cells" in said
    assert "git checkout --ours" in said
    number = next(n for n, line in enumerate(lines_of(DATA), 1) if line.strip() == old)
    assert f"line {number}," in said


@pytest.mark.parametrize(
    ("before", "after"),
    [("=======", ""), (">>>>>>> 4e2b407 (second run)", ""), ("=======", "=======\n=======")],
)
def test_markers_that_do_not_fit_are_said(before: str, after: str) -> None:
    whole = merged('"execution_count": 3,', '   "execution_count": 12,').decode()
    said = refusal(whole.replace(f"\n{before}\n", f"\n{after}\n").encode())
    assert "do not fit together" in said
    assert "ubmit" in said


def test_a_conflict_in_what_was_no_notebook_before_is_said() -> None:
    content = merged('"execution_count": 3,', '   "execution_count": 12').decode()
    assert "no notebook either" in refusal(content.replace('"cells"', "cells").encode())


def test_markers_in_a_cell_are_named() -> None:
    text = "<<<<<<< local\nx = 1\n=======\nx = 2\n>>>>>>> remote\n"
    about = {"nbgrader": {"grade_id": "zero_pad"}}
    cells = [code_cell("x\n" + text), code_cell(text, metadata=about), code_cell("=======\n")]
    words = {"cell_type": "markdown", "source": text, "metadata": {}}
    notebook, notes = parse_notebook(saved(notebook_data(*cells, words)))
    assert notebook.cells[0].source == "x\n" + text
    assert [re.search("stand in (.*?),", note)[1] for note in notes] == [  # type: ignore[index]
        "cell 1 of the notebook",
        "the cell 'zero_pad'",
    ]


# Commas


@given(st.data())
def test_surplus_and_missing_commas_at_line_ends_are_put_right(data: st.DataObject) -> None:
    lines, changed = lines_of(DATA), False
    places = st.sets(st.integers(0, len(lines) - 2))
    for place in data.draw(places):
        line, following = lines[place], lines[place + 1].strip()
        if line.endswith(","):
            if following.startswith(('"', "{")) and line[-2] in '"]}':
                lines[place] = data.draw(st.sampled_from([line[:-1], line + ",", line]))
        elif following.startswith(("]", "}")):
            lines[place] = line + ","
        changed |= lines[place] != line
    notebook, notes = parse_notebook(joined(lines))
    assert notebook == WHOLE
    assert all("commas" in note for note in notes)
    assert not notes or changed


@pytest.mark.parametrize("text", ['"x = "" + y"', '"a" "b"', '"a" + "b"'])
def test_quotation_marks_that_nobody_escaped_are_no_commas(text: str) -> None:
    content = saved(notebook_data(code_cell(["SOURCE"]))).replace(b'"SOURCE"', text.encode())
    assert "not valid JSON" in refusal(content)


def test_the_release_with_a_surplus_comma_is_the_release() -> None:
    content = release_bytes().rstrip()[:-1].rstrip() + b",\n}\n"
    notebook, notes = parse_notebook(content)
    assert notebook == parse_notebook(release_bytes())[0]
    assert len(notes) == 1


# Control characters, and what stands behind the end


def test_line_ends_within_texts_are_kept() -> None:
    long = "x = 1\n" * 20_000
    content = saved(notebook_data(code_cell("a\tb\nc"), code_cell(long)))
    raw = content.replace(b"\\n", b"\n").replace(b"\\t", b"\t")
    notebook, notes = parse_notebook(raw)
    assert [cell.source for cell in notebook.cells] == ["a\tb\nc", long]
    assert "control characters" in notes[0]


@pytest.mark.parametrize("behind", [b"}\n]\n", b"\x00" * 500, b'outputs": []}\n', b"<!-- x -->"])
def test_the_tail_of_a_longer_file_is_left_out(behind: bytes) -> None:
    notebook, notes = parse_notebook(saved(DATA) + behind)
    assert notebook == WHOLE
    assert "Behind the end" in notes[0]


def test_two_notebooks_in_one_file_are_refused() -> None:
    assert "not valid JSON" in refusal(saved(DATA) * 2)


# Encodings without a mark


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-32"])
def test_wide_letters_need_no_mark(encoding: str) -> None:
    text = "\n" + json.dumps(notebook_data(code_cell("größe = '– 😀'")), ensure_ascii=False)
    notebook, notes = parse_notebook(text.encode(encoding))
    assert notebook.cells[0].source == "größe = '– 😀'"
    assert notes == (f"The file was saved as {encoding}.",)


# What is no notebook at all


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"\n\n<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>", "web page"),
        (b"<html lang='en'>", "web page"),
        ("<!doctype html>".encode("utf-16"), "web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><html>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n", "git lfs pull"),
        (b"/annex/objects/SHA256E-s9--1.ipynb\n", "git annex get"),
        (b"PK\x03\x04", "zip"),
        (b"\x1f\x8b\x08\x00", "archive"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"#!/usr/bin/env python\n# coding: utf-8\n", "Python script"),
        (b"import numpy as np\n", "Python script"),
        (b"{\\rtf1\\ansi", "word processor"),
        (b"\x00" * 4_096, "zeros"),
    ],
)
def test_another_kind_of_file_is_called_by_its_name(content: bytes, named: str) -> None:
    said = refusal(content)
    assert named in said
    assert "Submit the notebook itself" in said
    assert "JSON" not in said
