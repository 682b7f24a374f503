"""The committed solution of assignment 2 holds a network that was trained to the end."""

from __future__ import annotations

import re
from functools import cache

import pytest

from autograder.exercises import assignments
from autograder.release.building import VARIES
from tests.release.real_course import notebook

ASSIGNMENT = assignments()["convnet_in_numpy"]
LINE = re.compile(
    r"epoch +(\d+) of (\d+) .*cost ([\d.]+), right: +([\d.]+)% in training, +([\d.]+)% in test"
)


@cache
def printed(cell_id: str) -> str:
    (cell,) = (cell for cell in notebook("solutions", ASSIGNMENT).cells if cell.id == cell_id)
    return "".join(output.get("text", "") for output in cell.outputs)


def test_it_ran_to_its_last_epoch_and_learned_to_read_signs() -> None:
    lines = [tuple(map(float, found)) for found in LINE.findall(printed("fit-run"))]
    epochs = lines[-1][1]
    assert [line[0] for line in lines] == list(range(1, int(epochs) + 1))
    first_cost, last_cost = lines[0][2], lines[-1][2]
    assert last_cost < first_cost / 5
    train, test = lines[-1][3:]
    assert min(train, test) >= 92


def test_a_line_of_progress_is_left_of_each_epoch() -> None:
    """A progress bar draws itself many times; the page shows how it ended."""
    lines = printed("fit-run").splitlines()
    assert all(LINE.fullmatch(line) for line in lines)


def test_a_run_that_was_stopped_ended_with_the_same_bits() -> None:
    told = re.findall(r"(\w\d): the same bits in all three: (\w+)", printed("resume-run"))
    assert [name for name, _ in told] == ["W1", "W2", "W3", "b1", "b2", "b3"]
    assert {same for _, same in told} == {"True"}


def test_it_was_faster_without_loops() -> None:
    told = re.findall(r"(\w+) +loops .* ([\d.]+) times as fast", printed("fast-time"))
    assert [name for name, _ in told] == [
        "conv_forward",
        "conv_backward",
        "pool_forward",
        "pool_backward",
    ]
    assert all(float(times) > 1 for _, times in told)


@pytest.mark.parametrize("part", ["notebooks", "release", "solutions"])
def test_only_what_is_not_graded_may_vary(part: str) -> None:
    varying = [
        cell for cell in notebook(part, ASSIGNMENT).cells if VARIES in cell.metadata.get("tags", ())
    ]
    assert varying
    assert not any("nbgrader" in cell.metadata for cell in varying)
