"""``hint(function)`` as students call it, and the texts that it prints."""

from __future__ import annotations

import ast
import importlib
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

import autograder.instant_checks
from autograder.exercises import assignments
from autograder.exercises.hints import hints_json, hints_of
from autograder.reference import functions

NAME = "convolution_step_by_step"
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / NAME / f"{NAME}.ipynb"
TEXTS = hints_of(NAME)
EVERY_STEP = [(name, number) for name in TEXTS for number in (1, 2, 3)]

TOY = {
    "scale": ("Look.", "Do this,\nthen that. " + "And so on. " * 20, "Take 3:\n  3   4\n  5   6"),
    "shift": ("Which way?", "How far?", "Take 7."),
}


def scale(X: Any) -> Any:
    """An exercise."""
    raise AssertionError("a hint must not call the function")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the folder that lies beside a notebook, with the hints of a toy."""
    monkeypatch.delenv(autograder.instant_checks.GRADING_VARIABLE, raising=False)
    source = Path(autograder.instant_checks.__file__).parent
    copy = tmp_path / "instant_checks"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "hints.json").write_text(hints_json(TOY), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield copy
    for name in [name for name in sys.modules if name.split(".")[0] == "instant_checks"]:
        del sys.modules[name]


@pytest.fixture
def hints(folder: Path) -> ModuleType:
    """The module of that copy, imported as students import it."""
    return importlib.import_module("instant_checks.hints")


@pytest.fixture
def printed(hints: ModuleType, capsys: pytest.CaptureFixture[str]) -> Any:
    """What a call of ``hint`` prints."""

    def call(*arguments: Any) -> str:
        hints.hint(*arguments)
        return capsys.readouterr().out

    return call


def complaint(hints: ModuleType, *arguments: Any) -> str:
    """The words of an error, which a notebook shows without a traceback, on a single line."""
    with pytest.raises(hints.PlainError) as caught:
        hints.hint(*arguments)
    assert max(len(line) for line in str(caught.value).splitlines()) <= 80
    return " ".join(str(caught.value).split())


# What is printed


def test_each_call_goes_one_step_further(printed: Any) -> None:
    first, second, third = printed(scale), printed(scale), printed(scale)
    assert first.startswith("Hint 1 of 3 for scale: Look.\n")
    assert "call it again: `hint(scale)`" in first
    assert second.startswith("Hint 2 of 3 for scale: Do this,\nthen that.")
    assert third.startswith("Hint 3 of 3 for scale: Take 3:\n")
    assert "again: `hint(scale)`" not in third


@pytest.mark.parametrize("more", [1, 3])
def test_after_the_last_step_it_says_so_and_repeats_it(printed: Any, more: int) -> None:
    _, _, third = (printed(scale) for _ in range(3))
    for _ in range(more):
        assert printed(scale) == (
            "These were all the hints for scale. Here is the last one again.\n\n" + third
        )


def test_every_exercise_is_counted_on_its_own(printed: Any) -> None:
    printed(scale)
    assert printed("shift").startswith("Hint 1 of 3 for shift: Which way?")
    assert printed(scale).startswith("Hint 2")


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_given_step_is_printed_again_and_again(printed: Any, step: int) -> None:
    assert printed(scale, step) == printed(scale, step)
    assert printed(scale, step).startswith(f"Hint {step} of 3 for scale: ")


def test_counting_goes_on_from_a_given_step(printed: Any) -> None:
    printed(scale, 2)
    assert printed(scale).startswith("Hint 3")
    printed(scale, 1)
    assert printed(scale).startswith("Hint 2")


def test_a_name_is_as_good_as_a_function(printed: Any) -> None:
    assert 'again: `hint("scale")`' in printed("scale")
    assert printed(scale).startswith("Hint 2")


def test_a_decorated_stub_is_known_by_its_name(hints: ModuleType, printed: Any) -> None:
    exercise = sys.modules["instant_checks"].exercise
    assert printed(exercise(scale)).startswith("Hint 1 of 3 for scale: ")


def test_lines_are_wrapped_and_tables_are_not(printed: Any) -> None:
    assert max(len(line) for line in printed(scale, 2).splitlines()) <= 80
    assert "\n  3   4\n  5   6\n" in printed(scale, 3)


def test_in_a_grading_run_a_hint_says_nothing(
    folder: Path, hints: ModuleType, printed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(autograder.instant_checks.GRADING_VARIABLE, "inputs.json")
    (folder / "hints.json").unlink()
    assert printed(scale) == ""


# Errors


@pytest.mark.parametrize(
    "what", [len, "scael", "", 3, np.zeros((9, 9)), TOY, lambda: None, [scale]]
)
def test_anything_else_is_told_which_exercises_there_are(hints: ModuleType, what: object) -> None:
    words = complaint(hints, what)
    assert words.startswith("There are no hints for ")
    assert words.endswith("There are for: scale, shift.")


def test_without_an_exercise_it_asks_for_one(hints: ModuleType) -> None:
    words = complaint(hints)
    assert words == "Say for which exercise, for example `hint(scale)`. There are: scale, shift."
    assert complaint(hints, None) == words


@pytest.mark.parametrize("step", [0, 4, -1, 2.0, "2", True, [1]])
def test_another_step_is_told_which_ones_there_are(
    hints: ModuleType, printed: Any, step: Any
) -> None:
    words = complaint(hints, scale, step)
    assert "from 1 to 3" in words
    assert "`hint(scale, 3)`" in words
    assert printed(scale).startswith("Hint 1"), "an error does not count"


@pytest.mark.parametrize("text", [None, "", "{", "{}", "[]", '{"a": 1}', '{"a": []}', '{"a": [1]}'])
def test_missing_or_damaged_hints_are_told_with_what_to_do(
    folder: Path, hints: ModuleType, printed: Any, text: str | None
) -> None:
    path = folder / "hints.json"
    whole = path.read_bytes()
    path.unlink()
    if text is not None:
        path.write_text(text, encoding="utf-8")
    words = complaint(hints, scale)
    assert "instant_checks/hints.json" in words
    assert "copy it from the assignment again" in words
    path.write_bytes(whole)
    assert printed(scale).startswith("Hint 1")


def test_a_notebook_shows_the_words_alone(
    hints: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = InteractiveShell()
    shell.run_cell("from instant_checks.hints import hint")
    outcome = shell.run_cell("hint(print)")
    assert isinstance(outcome.error_in_exec, hints.NoHint)
    assert capsys.readouterr().out.splitlines() == str(outcome.error_in_exec).splitlines()


def test_the_module_needs_only_the_standard_library_and_its_siblings(hints: ModuleType) -> None:
    tree = ast.parse(Path(str(hints.__file__)).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import)]
    froms = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert all(node.level <= 1 for node in froms)
    absolute = [str(node.module) for node in froms if node.level == 0]
    absolute += [alias.name for node in imports for alias in node.names]
    assert {name.split(".")[0] for name in absolute} <= sys.stdlib_module_names


# The texts


def squeezed(text: str) -> str:
    """``text`` without any blanks, so that neither spacing nor line ends hide a likeness."""
    return re.sub(r"\s", "", text)


def solution_pieces() -> dict[str, str]:
    """Lines of the solutions, and what they assign, squeezed: those of more than 12 characters."""
    pieces = {}
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
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


def test_each_exercise_has_its_hints() -> None:
    assert list(TEXTS) == [exercise.name for exercise in assignments()[NAME].exercises]


@pytest.mark.parametrize("name", TEXTS)
def test_each_of_three_steps_goes_further(name: str) -> None:
    lengths = [len(text) for text in TEXTS[name]]
    assert len(lengths) == 3
    assert lengths == sorted(set(lengths))


def test_there_are_solutions_to_compare_with() -> None:
    pieces = solution_pieces()
    assert len(pieces) > 50
    assert "mask=x==np.max(x)" in pieces
    assert "conv_single_step(a_slice_prev,weights,bias)" in pieces


@pytest.mark.parametrize(("name", "number"), EVERY_STEP)
def test_no_hint_gives_the_code(name: str, number: int) -> None:
    text = squeezed(TEXTS[name][number - 1])
    assert not [line for piece, line in solution_pieces().items() if piece in text]


@pytest.mark.parametrize(("name", "number"), EVERY_STEP)
def test_every_text_is_clean_and_its_tables_fit(name: str, number: int) -> None:
    for line in TEXTS[name][number - 1].split("\n"):
        assert line == line.rstrip() != ""
        assert not line.startswith(" ") or (line.startswith("  ") and len(line) <= 80)


def test_the_file_is_stable_and_readable() -> None:
    text = hints_json(TEXTS)
    assert json.loads(text) == {name: list(steps) for name, steps in TEXTS.items()}
    assert list(json.loads(text)) == sorted(TEXTS)
    assert text.endswith("}\n")
    assert hints_json({"é": ("×", "–", "✓")}) == '{\n "é": [\n  "×",\n  "–",\n  "✓"\n ]\n}\n'


# The worked examples, worked out by the reference


def shown(name: str, *values: Any) -> None:
    """Each list of numbers stands in the last hint of ``name``, in this order."""
    numbers = " ".join(re.findall(r"-?\d+(?:\.\d+)?", TEXTS[name][2]))
    for value in values:
        row = " ".join(f"{number:g}" for number in np.ravel(value))
        assert f" {row} " in f" {numbers} ", (row, numbers)


def image(*rows: list[float]) -> Any:
    """One picture of one channel."""
    return np.array(rows, dtype=float)[None, :, :, None]


REFERENCE = functions(assignments()[NAME])


def test_the_example_of_zero_pad() -> None:
    shown("zero_pad", REFERENCE["zero_pad"](np.ones((2, 3, 5, 1)), 4).shape)
    shown("zero_pad", REFERENCE["zero_pad"](image([6, 8]), 2)[0, 2, :, 0])


def test_the_example_of_conv_single_step() -> None:
    window, weights = np.array([[3.0, -1], [2, 5]]), np.array([[2.0, 4], [0, 1]])
    block = window[:, :, None], weights[:, :, None]
    shown("conv_single_step", REFERENCE["conv_single_step"](*block, np.full((1, 1, 1), 10.0)))
    shown("conv_single_step", np.sum(window * weights + 10), np.sum(window * weights))


def test_the_example_of_conv_forward() -> None:
    A_prev, W, b = np.ones((1, 4, 9, 2)), np.ones((3, 3, 2, 5)), np.ones((1, 1, 1, 5))
    Z, _ = REFERENCE["conv_forward"](A_prev, W, b, {"stride": 3, "pad": 1})
    shown("conv_forward", Z.shape, W.shape[:3])


def test_the_example_of_pool_forward() -> None:
    rows = [-4, -7, 9, -2, -6], [-1, -8, 5, -3, -5], [7, 2, 0, 6, 1]
    shown("pool_forward", rows)
    for mode in ("max", "average"):
        A, _ = REFERENCE["pool_forward"](image(*rows), {"f": 2, "stride": 3}, mode)
        assert A.shape == (1, 1, 2, 1)
        shown("pool_forward", A)


def test_the_example_of_conv_backward() -> None:
    # the reference has square filters, so a row is the middle of three rows, two of them empty
    W = np.zeros((3, 3, 1, 1))
    W[1, :, 0, 0] = [2, -1, 5]
    cache = (image([1, 3, 4]), W, np.zeros((1, 1, 1, 1)), {"stride": 2, "pad": 1})
    dA_prev, dW, db = REFERENCE["conv_backward"](image([10, 100]), cache)
    shown("conv_backward", dA_prev, dW[1], db)


def test_the_example_of_create_mask_from_window() -> None:
    mask = REFERENCE["create_mask_from_window"](np.array([[-7, -2], [-9, -4], [-3, -8]]))
    found = re.findall("(?:True|False)(?=\n| )", TEXTS["create_mask_from_window"][2])
    assert found[:6] == [str(entry) for entry in mask.ravel()]


def test_the_example_of_distribute_value() -> None:
    share = REFERENCE["distribute_value"]
    assert (share(12, (3, 8)) == 0.5).all()
    assert (share(-10, (1, 5)) == -2).all()


def test_the_example_of_pool_backward() -> None:
    rows = [1, 0, 9, 3, 2], [4, 5, 7, 6, 8], [0, 2, 1, 5, 3]
    cache = (image(*rows), {"f": 3, "stride": 2})
    largest = REFERENCE["pool_backward"](image([18, 45]), cache, "max")
    assert largest[0, 0, 2, 0] == largest.sum() == 63
    average = REFERENCE["pool_backward"](image([18, 45]), cache, "average")
    shown("pool_backward", rows, average[0, 0], average[0, 2])
