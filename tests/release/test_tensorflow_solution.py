"""The committed solution of assignment 3 was trained to the end, and says what it should."""

from __future__ import annotations

import itertools
import re

from tests.in_tensorflow import ASSIGNMENT
from tests.release.real_course import notebook


def printed(cell_id: str, part: str = "solutions") -> str:
    (cell,) = (cell for cell in notebook(part, ASSIGNMENT).cells if cell.id == cell_id)
    return "".join(output.get("text", "") for output in cell.outputs)


def test_it_learned_to_read_signs() -> None:
    found = re.fullmatch(
        r"right: ([\d.]+)% in training, ([\d.]+)% in test\n", printed("pictures-train")
    )
    assert found
    assert min(map(float, found.groups())) >= 92


def test_it_reads_a_picture_that_is_larger_and_not_square() -> None:
    assert printed("own-picture") == "size: (160, 128, 3)\nthe network says: 2\n"


def test_numpy_and_tensorflow_agree() -> None:
    assert printed("bridge-gradients").count(": True") == 5
    assert "False" not in printed("bridge-gradients")
    layers = printed("bridge-layers").splitlines()
    assert [line.endswith("True") for line in layers] == [True, True, False]


def test_no_warning_is_shown_and_nothing_on_stderr() -> None:
    for cell in notebook("solutions", ASSIGNMENT).cells:
        for output in cell.get("outputs", ()):
            assert output.get("name") != "stderr", cell.id
            assert "warning" not in output.get("text", "").lower(), cell.id


def test_expected_outputs_are_what_the_cells_print() -> None:
    """The text shows what the solution prints, but for runs that vary."""
    cells = notebook("solutions", ASSIGNMENT).cells
    compared = 0
    for cell, text in itertools.pairwise(cells):
        if cell.cell_type == "code" and text.source.startswith("**Expected output**"):
            shown = re.search(r"```text\n(.*?)```", text.source, re.DOTALL)
            assert shown, text.id
            assert shown.group(1) == printed(cell.id), text.id
            compared += 1
    assert compared >= 8
