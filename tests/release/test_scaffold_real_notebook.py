"""The stubs of the course's own exercises: guidance kept, nothing solved, nothing riddling."""

from __future__ import annotations

import ast
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.exercises import Assignment
from autograder.expected import default_key_path, read_key
from autograder.instant_checks import NotWrittenYet
from autograder.instant_checks.packing import unpack
from autograder.release.scaffold import END, START, is_untouched, make_stub
from tests.release.real_course import ASSIGNMENTS, solution_sources
from tests.release.real_course import SOLUTIONS as EXERCISES
from tests.release.test_scaffold_any_solution import emptied

NAMES = list(EXERCISES)
SOLUTIONS = {name: solution_sources(each)[name] for name, (each, _) in EXERCISES.items()}
HEADER = "import numpy as np\nfrom autograder.instant_checks import exercise\n\n"
"""No stub needs more to say that it is one; where one is compiled, anything does for a compiler."""
COMPILER = "class tf:\n    function = staticmethod(lambda **how: lambda step: step)\n\n"


def region(source: str) -> list[str]:
    return source.partition(START)[2].partition(END)[0].split("\n")


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.name)
def test_every_exercise_has_its_solution_cell_in_order(assignment: Assignment) -> None:
    assert list(solution_sources(assignment)) == [each.name for each in assignment.exercises]


@pytest.mark.parametrize("name", NAMES)
def test_the_skeleton_stays_and_every_value_is_none(name: str) -> None:
    stub = make_stub(SOLUTIONS[name], name)
    assert ast.dump(ast.parse(stub)) == emptied(SOLUTIONS[name])


@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_guidance_stays(name: str) -> None:
    def guidance(source: str) -> list[str]:
        return [line for line in region(source) if line.strip().startswith("#")]

    assert guidance(SOLUTIONS[name])
    assert guidance(make_stub(SOLUTIONS[name], name)) == guidance(SOLUTIONS[name])


@pytest.mark.parametrize("name", NAMES)
def test_no_value_of_the_solution_is_left(name: str) -> None:
    solution, stub = SOLUTIONS[name], make_stub(SOLUTIONS[name], name)
    assigned = [node for node in ast.walk(ast.parse(solution)) if isinstance(node, ast.Assign)]
    values = [ast.get_source_segment(solution, node.value) or "" for node in assigned]
    code = "\n".join(line.partition("#")[0] for line in region(stub))
    assert values
    for value in values:
        assert f"= {value}" not in code


def function(name: str, source: str, folder: Path) -> Callable[..., Any]:
    """The function that ``source`` defines, from a file, so that its source can be looked up."""
    path = folder / f"{name}.py"
    path.write_text(HEADER + COMPILER + source, encoding="utf-8")
    spec = importlib.util.spec_from_file_location(f"cell_{name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[..., Any] = getattr(module, name)
    return found


def public_arguments(name: str) -> tuple[Any, ...]:
    assignment, exercise = EXERCISES[name]
    answers = read_key(default_key_path(assignment)).answers[name]
    case = next(case for case in exercise.cases if case.public)
    arguments: tuple[Any, ...] = unpack(answers[case.name].arguments)
    return arguments


@pytest.mark.parametrize("name", NAMES)
def test_calling_a_stub_says_that_it_is_not_written_yet(name: str, tmp_path: Path) -> None:
    stub = function(name, make_stub(SOLUTIONS[name], name), tmp_path)
    with pytest.raises(NotWrittenYet, match=f"{name} is not written yet"):
        stub(*public_arguments(name))


@pytest.mark.parametrize(
    "solution",
    ["Y = (\n        X\n    )", "for Y, pad in zip(X, X):\n        pass_on = Y"],
    ids=["value", "loop"],
)
def test_a_none_in_brackets_is_not_written_yet_either(solution: str, tmp_path: Path) -> None:
    source = f"@exercise\ndef f(X, Y=None):\n    {START}\n    {solution}\n    {END}\n    return Y"
    stub = make_stub(source, "f").replace("pass_on = None", "pass_on = Y")
    with pytest.raises(NotWrittenYet):
        function("f", stub, tmp_path)(1)


@pytest.mark.parametrize("name", NAMES)
def test_without_its_decorator_a_stub_fails_or_returns_none(name: str, tmp_path: Path) -> None:
    bare = make_stub(SOLUTIONS[name], name).replace("@exercise\n", "")
    try:
        result = function(name, bare, tmp_path)(*public_arguments(name))
    except TypeError:
        return
    parts = result if isinstance(result, tuple) else (result,)
    assert parts == (None,) * len(parts)


@pytest.mark.parametrize("name", NAMES)
def test_comments_and_white_space_leave_a_stub_untouched(name: str) -> None:
    stub = make_stub(SOLUTIONS[name], name)
    without = "\n".join(line for line in stub.split("\n") if not line.strip().startswith("#"))
    for same in (stub, without, f"# mine\n\n{stub}\n\n", stub.replace("= None", "=   None  ")):
        assert is_untouched(same, stub)


@pytest.mark.parametrize("name", NAMES)
def test_any_value_that_is_filled_in_touches_a_stub(name: str) -> None:
    lines = make_stub(SOLUTIONS[name], name).split("\n")
    places = [number for number, line in enumerate(lines) if "None" in line.partition("#")[0]]
    assert places
    for place in places:
        filled = [*lines]
        filled[place] = filled[place].replace("None", "0")
        assert not is_untouched("\n".join(filled), "\n".join(lines))


@pytest.mark.parametrize("junk", ["", "def f(:", "x = (" * 5_000, "a\0b", "-" * 20_000 + "1"])
def test_what_is_not_python_is_touched(junk: str) -> None:
    assert not is_untouched(junk, "x = None")


def test_a_stub_with_a_magic_is_compared_as_text() -> None:
    assert is_untouched("%magic\nx = None\n", "%magic\nx = None")
    assert not is_untouched("%magic\nx = 1", "%magic\nx = None")
