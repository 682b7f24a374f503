"""What measures hostile hand-ins: the account of a command, the hand-ins it finds, what differs."""

from __future__ import annotations

import sys

import pytest

from benchmarks.accounting import account
from benchmarks.hostile import hand_ins_in
from benchmarks.hostile_class import differences
from tests.hazards.hostile import hostile_hand_ins

MEGABYTE = 1_000_000


def _python(code: str) -> list[str]:
    return [sys.executable, "-S", "-c", code]


def test_a_program_is_told_from_those_it_starts(tmp_path):
    spin = "import time\nwhile time.process_time() < 0.5: pass"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {spin!r}])"
    took = account(_python(code), tmp_path, 60)
    assert took.code == 0
    assert took.own < 0.4 < 0.5 <= took.all


def test_memory_that_was_given_back_counts(tmp_path):
    code = "import time\nx = bytearray(200_000_000)\ndel x\ntime.sleep(0.5)"
    assert 200 * MEGABYTE < account(_python(code), tmp_path, 60).memory < 300 * MEGABYTE


def test_what_fails_is_quoted(tmp_path):
    took = account(_python("import sys; sys.exit('no such course')"), tmp_path, 60)
    assert took.code == 1
    assert "no such course" in took.said


def test_what_overstays_is_ended(tmp_path):
    took = account(_python("import time; time.sleep(600)"), tmp_path, 0.2)
    assert took.code is None


def test_each_folder_is_a_hand_in_by_the_names_in_it(tmp_path):
    for name in (
        "a/convolution_step_by_step.ipynb",
        "b/convnet_in_numpy (2).ipynb",
        "c/convolution_step_by_step/other.ipynb",
        "d/download.zip",
        "e/sub[/b]/convolution_step_by_step.ipynb",
    ):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    found = {each.name: each for each in hand_ins_in(tmp_path)}
    first = "convolution_step_by_step"
    assert {name: each.assignment for name, each in found.items()} == {
        **dict.fromkeys("ace", first),
        "b": "convnet_in_numpy",
        "d": "",
    }
    assert found["c"].folder == tmp_path / "c" / first
    assert found["d"].folder is None


def test_there_are_thirty_kinds():
    assert len(hostile_hand_ins()) == 30


@pytest.mark.parametrize(
    ("after", "where"),
    [
        ({"score": 4, "cases": [1, 2]}, ["/score"]),
        ({"score": 5, "cases": [1, 3]}, ["/cases/1"]),
        ({"score": 5, "cases": [1]}, ["/cases"]),
        ({"score": 5}, ["/cases"]),
        (None, [""]),
        ({"score": 5, "cases": [1, 2]}, []),
    ],
)
def test_a_difference_is_told_by_its_place(after, where):
    lines = list(differences({"score": 5, "cases": [1, 2]}, after))
    assert [line.strip().partition(":")[0] for line in lines] == where
