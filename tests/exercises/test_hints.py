"""The texts of the hints: there are three to each exercise, and none gives the code."""

from __future__ import annotations

import json
import re
from functools import cache

import nbformat
import pytest

from autograder.exercises import assignments
from autograder.exercises.hints import hints_json, hints_of
from tests.submissions import REPOSITORY

TEXTS = {name: hints_of(name) for name in assignments()}
EXERCISES = [(assignment, name) for assignment, texts in TEXTS.items() for name in texts]
EVERY_STEP = [(*exercise, number) for exercise in EXERCISES for number in (1, 2, 3)]


def squeezed(text: str) -> str:
    """``text`` without any blanks, so that neither spacing nor line ends hide a likeness."""
    return re.sub(r"\s", "", text)


@cache
def solution_pieces(assignment: str) -> dict[str, str]:
    """Lines of the solutions, and what they assign, squeezed: those of more than 12 characters."""
    pieces = {}
    for cell in nbformat.read(
        REPOSITORY.notebook_path(assignments()[assignment]), as_version=4
    ).cells:
        inside = False
        for line in cell.source.splitlines():
            if "END CODE HERE" in line:
                inside = False
            if inside and (code := line.split("#")[0].strip()):
                assigned = re.split(r"(?<![=!<>])=(?!=)", code, maxsplit=1)[-1]
                pieces.update({squeezed(piece): line for piece in (code, assigned)})
            if "START CODE HERE" in line:
                inside = True
    return {piece: line for piece, line in pieces.items() if len(piece) > 12}


@pytest.mark.parametrize("assignment", TEXTS)
def test_each_exercise_has_its_hints(assignment: str) -> None:
    exercises = assignments()[assignment].exercises
    assert list(TEXTS[assignment]) == [exercise.name for exercise in exercises]


@pytest.mark.parametrize(("assignment", "name"), EXERCISES)
def test_each_of_three_steps_goes_further(assignment: str, name: str) -> None:
    lengths = [len(text) for text in TEXTS[assignment][name]]
    assert len(lengths) == 3
    assert lengths == sorted(set(lengths))


def test_there_are_solutions_to_compare_with() -> None:
    assert all(len(solution_pieces(assignment)) > 50 for assignment in TEXTS)
    assert "mask=x==np.max(x)" in solution_pieces("convolution_step_by_step")
    piece = "conv_single_step(a_slice_prev,weights,bias)"
    assert piece in solution_pieces("convolution_step_by_step")


@pytest.mark.parametrize(("assignment", "name", "number"), EVERY_STEP)
def test_no_hint_gives_the_code(assignment: str, name: str, number: int) -> None:
    text = squeezed(TEXTS[assignment][name][number - 1])
    assert not [line for piece, line in solution_pieces(assignment).items() if piece in text]


@pytest.mark.parametrize(("assignment", "name", "number"), EVERY_STEP)
def test_every_text_is_clean_and_its_tables_fit(assignment: str, name: str, number: int) -> None:
    for line in TEXTS[assignment][name][number - 1].split("\n"):
        assert line == line.rstrip() != ""
        assert not line.startswith(" ") or (line.startswith("  ") and len(line) <= 80)


@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
def test_the_file_is_stable_and_readable(texts: dict[str, tuple[str, str, str]]) -> None:
    text = hints_json(texts)
    assert json.loads(text) == {name: list(steps) for name, steps in texts.items()}
    assert list(json.loads(text)) == sorted(texts)
    assert text.endswith("}\n")


def test_the_file_keeps_its_letters() -> None:
    assert hints_json({"é": ("×", "–", "✓")}) == '{\n "é": [\n  "×",\n  "–",\n  "✓"\n ]\n}\n'
