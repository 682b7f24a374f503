"""``check(function)`` as students call it: from the folder beside the notebook, in plain words."""

from __future__ import annotations

import importlib
import json
import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

import autograder.instant_checks
from autograder.instant_checks.packing import pack

X = np.array([[1.0, -2.0], [3.0, 4.0]])


def toy_case(name: str, *arguments: Any) -> dict[str, Any]:
    """A case of ``scale``, which returns ``factor * X`` and its inputs."""
    array, options = arguments
    expected = (options["factor"] * array, arguments)
    return {"name": name, "arguments": pack(arguments), "expected": pack(expected)}


PUBLIC_CASES = {
    "scale": {
        "returns": ["Y", "cache"],
        "cases": [
            toy_case("by two", X, {"factor": 2}),
            toy_case("by a half", -X, {"factor": 0.5}),
        ],
    },
    "nothing_else": {"returns": ["a"], "cases": []},
}


def right(X: Any, options: Any) -> Any:
    """The solution."""
    return options["factor"] * X, (X, options)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the folder that lies beside a notebook, with the public cases of a toy."""
    monkeypatch.delenv(autograder.instant_checks.GRADING_VARIABLE, raising=False)
    source = Path(autograder.instant_checks.__file__).parent
    copy = tmp_path / "instant_checks"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "public_cases.json").write_text(json.dumps(PUBLIC_CASES), encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield copy
    for name in [name for name in sys.modules if name.split(".")[0] == "instant_checks"]:
        del sys.modules[name]


@pytest.fixture
def checks(folder: Path) -> ModuleType:
    """That copy, imported as students import it."""
    return importlib.import_module("instant_checks")


def unwrapped(words: str) -> str:
    """``words`` on a single line."""
    return " ".join(words.split())


def complaint(checks: ModuleType, function: Any) -> str:
    """The words of the failed check, which a notebook shows without a traceback."""
    with pytest.raises(checks.CheckFailed) as caught:
        checks.check(function)
    words = str(caught.value)
    assert caught.value._render_traceback_() == words.splitlines()
    return words


def named_scale(function: Any) -> Any:
    """``function`` under the name of the exercise."""
    function.__name__ = "scale"
    return function


def test_the_folder_needs_nothing_of_the_autograder(checks: ModuleType) -> None:
    assert checks.__name__ == "instant_checks"
    modules = [sys.modules[name] for name in sys.modules if name.startswith("instant_checks")]
    assert len(modules) > 1
    own = [value for module in modules for value in vars(module).values()]
    origins = [str(getattr(value, "__module__", "")) for value in own]
    assert not [origin for origin in origins if origin.startswith("autograder")]


def test_a_right_function_passes(checks: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    checks.check(named_scale(lambda X, options: right(X, options)))
    printed = capsys.readouterr().out
    title, *lines = printed.splitlines()
    assert title.startswith("scale: ")
    assert "2 public checks passed" in title
    assert lines[:2] == ["  ✓ by two", "  ✓ by a half"]
    assert "✗" not in printed


def test_a_wrong_number_is_shown_with_the_expected_one(checks: ModuleType) -> None:
    @named_scale
    def always_twice(X: Any, options: Any) -> Any:
        return 2 * X, (X, options)

    words = unwrapped(complaint(checks, always_twice))
    assert words.startswith("scale: 1 of 2 public checks passed. ✓ by two ✗ by a half Y: ")
    assert "4 of 4 values are wrong" in words
    assert "Expected -0.5 at [0, 0], found -2." in words


def looping(X: Any, options: Any) -> Any:
    """Right, row by row."""
    return np.array([options["factor"] * row for row in X]), (X, options)


def test_a_loop_is_told_where_there_should_be_none(
    folder: Path, checks: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    sizes = [pack((np.ones((rows, 2)), {"factor": 2})) for rows in (2, 8)]
    cases = {**PUBLIC_CASES, "scale": {**PUBLIC_CASES["scale"], "two_sizes": sizes}}
    (folder / "public_cases.json").write_text(json.dumps(cases), encoding="utf-8")
    checks.check(named_scale(lambda X, options: right(X, options)))
    assert "3 of 3 public checks passed" in capsys.readouterr().out
    words = unwrapped(complaint(checks, named_scale(looping)))
    assert words.startswith("scale: 2 of 3 public checks passed.")
    assert "✗ no Python loop over examples or positions" in words
    assert "Let NumPy do all of them at once" in words


def test_a_copy_is_told_where_a_view_was_asked_for(folder: Path, checks: ModuleType) -> None:
    case = {"name": "rows", "arguments": pack((X,)), "expected": pack(X[::-1])}
    about = {"scale": {"returns": ["Y"], "view": True, "cases": [case]}}
    (folder / "public_cases.json").write_text(json.dumps(about), encoding="utf-8")
    checks.check(named_scale(lambda X: X[::-1]))
    assert "they were copied" in unwrapped(complaint(checks, named_scale(lambda X: X[::-1].copy())))


def test_a_changed_input_is_told(checks: ModuleType) -> None:
    @named_scale
    def in_place(X: Any, options: Any) -> Any:
        original = X.copy()
        X *= options["factor"]
        return X.copy(), (original, options)

    words = complaint(checks, in_place)
    assert "✓" not in words
    assert words.count("changed its inputs") == 2


def test_an_error_is_told_with_its_line(checks: ModuleType) -> None:
    @named_scale
    def broken(X: Any, options: Any) -> Any:
        raise ZeroDivisionError("oh no")

    assert "ZeroDivisionError: oh no" in complaint(checks, broken)


def test_an_unwritten_function_is_told_so(checks: ModuleType) -> None:
    @named_scale
    def stub(X: Any, options: Any) -> Any:
        raise checks.NotWrittenYet("scale is not written yet: fill in the cell.")

    assert "scale is not written yet: fill in the cell." in complaint(checks, stub)


@pytest.mark.parametrize("result", [None, X, [X, X], (X,), X.view(np.ma.MaskedArray), (X, None)])
def test_results_of_another_kind_are_told(checks: ModuleType, result: object) -> None:
    assert "expected" in complaint(checks, named_scale(lambda X, options: result)).lower()


def test_a_result_that_the_grader_would_not_take_is_refused(checks: ModuleType) -> None:
    @named_scale
    def masked(X: Any, options: Any) -> Any:
        return np.ma.masked_array(options["factor"] * X), (X, options)

    assert "MaskedArray" in complaint(checks, masked)


def test_a_warning_is_told_and_costs_nothing(
    checks: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    @named_scale
    def talkative(X: Any, options: Any) -> Any:
        warnings.warn("mind the gap", stacklevel=2)
        return right(X, options)

    checks.check(talkative)
    printed = capsys.readouterr()
    assert printed.out.count("A warning, which costs nothing: UserWarning: mind the gap") == 1
    assert printed.err == ""


def test_a_name_in_quotes_is_told_to_be_the_function_itself(checks: ModuleType) -> None:
    assert "without quotes: check(scale)" in complaint(checks, "scale")


def test_a_function_without_a_name_goes_by_what_the_notebook_calls_it(
    checks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    nameless = lambda *arguments: None  # noqa: E731 - as students may write it
    monkeypatch.setattr(sys.modules["__main__"], "scale", nameless, raising=False)
    assert complaint(checks, nameless).startswith("scale: 0 of 2")


@pytest.mark.parametrize("function", [lambda: None, len, None, 3])
def test_an_unknown_function_is_told_which_ones_there_are(
    checks: ModuleType, function: object
) -> None:
    words = complaint(checks, function)
    assert "no checks" in words
    assert "scale, nothing_else" in words


@pytest.mark.parametrize("text", [None, "", "{", '{"scale": {"ret', "\x00"])
def test_missing_or_damaged_cases_are_told_with_what_to_do(folder: Path, text: str | None) -> None:
    path = folder / "public_cases.json"
    path.unlink()
    if text is not None:
        path.write_text(text, encoding="utf-8")
    words = complaint(importlib.import_module("instant_checks"), named_scale(lambda X: X))
    assert "instant_checks/public_cases.json" in words
    assert "copy it from the assignment again" in unwrapped(words)


def test_cases_laid_down_later_are_found(checks: ModuleType, folder: Path) -> None:
    text = (folder / "public_cases.json").read_text(encoding="utf-8")
    (folder / "public_cases.json").unlink()
    complaint(checks, named_scale(lambda X: X))
    (folder / "public_cases.json").write_text(text, encoding="utf-8")
    checks.check(named_scale(lambda X, options: right(X, options)))


def test_in_a_grading_run_a_check_says_nothing(
    checks: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(checks.GRADING_VARIABLE, "inputs.json")
    checks.check(named_scale(lambda X, options: None))
    assert capsys.readouterr().out == ""


def test_a_notebook_shows_the_words_alone(
    checks: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = InteractiveShell()
    shell.run_cell("from instant_checks import check\ndef scale(X, options):\n    return X\n")
    outcome = shell.run_cell("check(scale)")
    printed = capsys.readouterr().out
    assert isinstance(outcome.error_in_exec, checks.CheckFailed)
    assert printed.splitlines() == str(outcome.error_in_exec).splitlines()
    assert "Traceback" not in printed


def test_a_notebook_names_the_failing_line(
    checks: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    shell = InteractiveShell(user_module=ModuleType("__main__"))
    shell.run_cell(
        "from instant_checks import check\n\ndef scale(X, options):\n    return X / {}\n"
    )
    shell.run_cell("check(scale)")
    assert "(line 4 of scale: return X / {})" in unwrapped(capsys.readouterr().out)
