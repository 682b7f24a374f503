"""``hint(function)`` as students call it; for its texts see ``tests/exercises/test_hints.py``."""

from __future__ import annotations

import ast
import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

import autograder.instant_checks
from autograder.exercises.hints import hints_json

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
