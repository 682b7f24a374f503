"""Kept evidence that was damaged on the disk: a sentence that names the file, never a traceback."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.errors import CourseError
from autograder.grading.evidence_store import Kept, keep, read_kept
from autograder.grading.judging import Gathered
from autograder.grading.storing import read_judged
from autograder.verdicts import Attention, Verdict
from tests.submissions import ASSIGNMENT, REPOSITORY

GATHERED = Gathered(
    {"zero_pad": [{"exercise": "zero_pad"}], "conv_forward": []},
    {"conv_forward": (Verdict.TIMED_OUT, "It took too long.")},
    (Attention.TIMED_OUT,),
)
KEPT = Kept("0123", ("It was renamed.",), {"zero_pad": {"wide": "abc"}}, GATHERED, GATHERED)
DEEP = "[" * 100_000


def test_what_is_kept_is_read_again(tmp_path):
    keep(KEPT, tmp_path / "kept.json")
    assert read_kept(tmp_path / "kept.json") == KEPT


DAMAGED: dict[str, Any] = {
    "inputs": [None, [], "abc", {"zero_pad": 1}, {"zero_pad": ["ab c"]}],
    "gathered": [1, [], {"items": []}, {"items": {"zero_pad": 5}, "excuses": {}, "faults": []}],
    "again": ["x", {"items": {}, "excuses": [], "faults": []}],
    "usage": [None, 1, {"wall": 1, "more": 2}],
    "notes": [None, 7],
}


@pytest.mark.parametrize("part", DAMAGED)
def test_damaged_parts_are_told_of(tmp_path, part):
    path = tmp_path / "kept.json"
    keep(KEPT, path)
    whole = json.loads(path.read_text(encoding="utf-8"))
    for damage in DAMAGED[part]:
        path.write_text(json.dumps({**whole, part: damage}), encoding="utf-8")
        with pytest.raises(CourseError, match=r"kept\.json is damaged"):
            read_kept(path)


def test_a_hundred_thousand_brackets_are_told_of(tmp_path):
    path = tmp_path / "kept.json"
    path.write_text(DEEP, encoding="utf-8")
    with pytest.raises(CourseError, match=r"kept\.json is damaged"):
        read_kept(path)


def test_a_notebook_of_brackets_has_no_verdict(tmp_path):
    path = tmp_path / "notebook.ipynb"
    path.write_text(DEEP, encoding="utf-8")
    assert read_judged(path, REPOSITORY.assignment(ASSIGNMENT)) == {}
