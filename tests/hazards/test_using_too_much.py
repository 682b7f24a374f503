"""Hazards 9 and 10: submissions that never end, or use all that there is of something."""

from __future__ import annotations

import pytest

from tests.hazards.neighbours import grade_between_neighbours, last_exercise, solved_with_cells
from tests.submissions import solved

LIMITS = (
    "c.ExecuteSubmission.cell_seconds = 2",
    "c.ExecuteSubmission.notebook_seconds = 12",
    "c.ExecuteSubmission.memory_bytes = 400_000_000",
    "c.ExecuteSubmission.processes = 10",
    "c.ExecuteSubmission.file_bytes = 20_000_000",
)
STUBBORN = """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
"""
FORK_BOMB = """
import os
while True:
    try:
        os.fork()
    except OSError:
        pass
"""
SLEEP = "import time; time.sleep(1.5)"
SPIN = """
import os
for _ in range(8):
    if os.fork() == 0:
        while True: pass
while True: pass
"""
FLOOD_AND_DIE = """
import os
for _ in range(14): os.write(3, b"x" * 1_000_000)
os._exit(0)
"""
ROUGH = {
    "loops-in-function": last_exercise("while True: pass"),
    "loops-stubbornly": solved(pool_backward=STUBBORN),
    "sleeps-between": solved_with_cells("import time; time.sleep(600)"),
    "dozes": solved_with_cells(*[SLEEP] * 9, before="pool_backward"),
    "takes-memory": last_exercise("return bytearray(10**9)"),
    "takes-memory-of-numpy": last_exercise("import numpy\nreturn numpy.ones(10**9)"),
    "forks": solved(pool_backward=FORK_BOMB),
    "fills-the-disk": last_exercise(
        "with open('much', 'ab') as file:\n    while True: file.write(bytes(10**6))"
    ),
    "writes-a-gigabyte": solved_with_cells("line = 'x' * 10**6\nfor _ in range(1000): print(line)"),
    "writes-for-ever": solved(pool_backward="import os\nwhile True: os.write(1, bytes(10**6))"),
    "spins-in-many-processes": solved_with_cells(SPIN),
    "dies-again-and-again": solved_with_cells(*["import os; os._exit(0)"] * 15),
    "floods-again-and-again": solved_with_cells(*[FLOOD_AND_DIE] * 8),
    "recurses": last_exercise("return pool_backward(dA, cache)"),
    "recurses-without-limit": solved(
        pool_backward="import sys\nsys.setrecursionlimit(10**9)\ndef f(x): return [f(x)]\nf(1)"
    ),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    return grade_between_neighbours(tmp_path_factory.mktemp("rough"), ROUGH, *LIMITS)


LAST_EXERCISE = {
    "loops-in-function": "Calling pool_backward took too long: its checks were stopped after 2 s",
    "loops-stubbornly": "The cell that defines pool_backward did not end within 2 seconds.",
    "takes-memory": "MemoryError",
    "takes-memory-of-numpy": "MemoryError",
    "forks": "The cell that defines pool_backward",
    "fills-the-disk": "OSError",
    "writes-for-ever": "wrote far more output than a submission may",
    "recurses": "RecursionError",
    "recurses-without-limit": "The cell that defines pool_backward",
}


@pytest.mark.parametrize("student", LAST_EXERCISE)
def test_one_exercise_is_zero_with_the_reason(graded, student):
    """Rows 9 and 10: and the others have their points."""
    assert graded.lost(student) == {"pool_backward": 0}
    assert graded.score(student) == 80
    assert LAST_EXERCISE[student] in graded.reasons(student, "pool_backward")


@pytest.mark.parametrize(
    "student",
    [
        "sleeps-between",
        "dozes",
        "writes-a-gigabyte",
        "spins-in-many-processes",
        "dies-again-and-again",
    ],
)
def test_a_cell_that_no_exercise_needs_costs_nothing(graded, student):
    assert (graded.score(student), graded.lost(student)) == (100, {})


def test_a_long_output_is_cut_off_and_its_cell_goes_on(graded):
    cut = "[The rest of this cell's output is left out: it is too long.]"
    assert cut in graded.shown("writes-a-gigabyte")
    assert not graded.given_up("writes-a-gigabyte")
    assert graded.given_up("writes-for-ever") == ["wrote far more output than allowed"]


def test_there_is_one_budget_of_output_for_all_that_runs(graded):
    """A run after a dead cell had a budget of its own: eight cells sent 120 MB."""
    assert graded.score("floods-again-and-again") == 0
    said = graded.reasons("floods-again-and-again", "pool_backward")
    assert "wrote far more output than a submission may" in said
    deaths = graded.given_up("floods-again-and-again").count("ended the Python process")
    assert deaths == 2


def test_what_is_kept_is_small(graded):
    for student in ROUGH:
        files = graded.files(student).values()
        assert sum(path.stat().st_size for path in files if path.is_file()) < 10_000_000
