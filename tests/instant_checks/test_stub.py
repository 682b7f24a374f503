"""An unwritten function says that it is unwritten; a written one behaves as if undecorated."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.instant_checks.stub import NotWrittenYet, PlainError, exercise
from tests.instant_checks.notebook import run_cell

STUBS = {
    "one value": """
@exercise
def twice(x):
    ### START CODE HERE ###
    # Double it. (about 1 line)
    doubled = None
    ### END CODE HERE ###

    return doubled
""",
    "several parts": """
@exercise
def twice(x):
    ### START CODE HERE ###
    # Double it, and keep the input.
    doubled = None  # the result
    cache = None
    ### END CODE HERE ###

    return doubled, cache
""",
    "a dictionary": """
@exercise
def twice(x):
    ### START CODE HERE ###
    doubled = None
    ### END CODE HERE ###

    return {"doubled": doubled, "all": [1, (2, 3)]}
""",
    "a list": """
@exercise
def twice(x):
    ### START CODE HERE ###
    doubled = None
    ### END CODE HERE ###

    return [x, [doubled]]
""",
    "a call, and a function within": """
@exercise
def twice(x):
    ### START CODE HERE ###
    doubled = None
    None

    # A step. (2 lines of yours)
    @staticmethod
    def step(x, times=2):
        with np.errstate(all="ignore"):
            product = None
        None
        return product
    ### END CODE HERE ###

    return doubled
""",
    "unpacking": """
@exercise
def twice(x):
    ### START CODE HERE ###
    n_H, n_W = None
    doubled = None
    ### END CODE HERE ###

    return doubled
""",
    "loops and conditions": """
@exercise
def twice(x, mode="max"):
    \"\"\"Double every entry.\"\"\"
    ### START CODE HERE ###
    n = None
    doubled = None
    # Loop over the entries. (1 line)
    for i in range(None):
        if mode == "max":
            doubled[i] = None
        elif mode == "average":
            doubled[i, 0:1] += None
    for entry in None:
        doubled = None
    ### END CODE HERE ###

    return doubled
""",
    "a given first line": """
@exercise
def twice(x):
    n = len(x)

    ### START CODE HERE ###
    doubled = None
    ### END CODE HERE ###

    assert doubled.shape == (n,)
    return doubled
""",
}

LOOP = """
@exercise
def twice(x):
    ### START CODE HERE ###
    # Start from zeros.
    doubled = np.zeros(len(x))
    for i in range({stop}):
        doubled[i] {value}
    ### END CODE HERE ###

    return doubled
"""


def define(source: str, **names: Any) -> Callable[..., Any]:
    """The function ``twice`` that a notebook cell with this ``source`` defines."""
    function: Callable[..., Any] = run_cell(source, exercise=exercise, np=np, **names)["twice"]
    return function


def complaint(function: Callable[..., Any], *arguments: Any) -> str:
    """What the function says, which must be that it is unwritten."""
    with pytest.raises(NotWrittenYet) as caught:
        function(*arguments)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return str(caught.value)


@pytest.mark.parametrize("source", STUBS.values(), ids=STUBS)
def test_an_untouched_stub_is_not_written_yet(source: str) -> None:
    words = complaint(define(source), np.ones(3))
    assert words.startswith("twice is not written yet")
    assert "None" not in words


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ({"stop": "None", "value": "= 2 * x[i]"}, "for i in range(None):"),
        ({"stop": "len(x)", "value": "+= None"}, "doubled[i] += None"),
        ({"stop": "None", "value": "= None"}, "for i in range(None):"),
    ],
)
def test_a_stub_with_a_none_left_is_not_finished(written: dict[str, str], left: str) -> None:
    words = complaint(define(LOOP.format(**written)), np.ones(3))
    assert words.startswith("twice is not finished yet")
    assert f"`{left}`" in words


def test_none_written_into_an_array_of_numbers_is_not_finished_either() -> None:
    source = LOOP.format(stop="len(x)", value="= None")
    assert complaint(define(source), np.ones(3)).startswith("twice is not finished yet")


def test_one_of_several_parts_left_is_not_finished() -> None:
    source = STUBS["several parts"].replace("doubled = None", "doubled = 2 * x")
    words = complaint(define(source), np.ones(3))
    assert words.startswith("twice is not finished yet")
    assert "`cache = None`" in words


def test_a_written_function_gives_its_result() -> None:
    twice = define(LOOP.format(stop="len(x)", value="= 2 * x[i]"))
    np.testing.assert_array_equal(twice(np.ones(3)), np.full(3, 2.0))
    np.testing.assert_array_equal(twice(x=np.ones(3)), np.full(3, 2.0))


def test_a_written_function_raises_its_own_errors() -> None:
    twice = define(LOOP.format(stop="len(x)", value="= 2 * y[i]"))
    with pytest.raises(NameError, match="'y' is not defined"):
        twice(np.ones(3))


def test_a_written_function_may_return_none() -> None:
    twice = define(STUBS["one value"].replace("doubled = None", "doubled = x"))
    assert twice(None) is None


@pytest.mark.parametrize(
    "line",
    [
        "doubled = 2 * x if x is not None else x",
        "doubled = np.add(x, x, out=None)",
        "doubled = 2 * x  # was: doubled = None",
        "doubled = 2 * x if len(x) != None else x",
    ],
)
def test_none_may_be_used_in_written_code(line: str) -> None:
    source = STUBS["one value"].replace("doubled = None", f"{line}\n    raise ValueError('theirs')")
    with pytest.raises(ValueError, match="theirs"):
        define(source)(np.ones(3))


def test_a_none_outside_the_lines_to_write_does_not_count() -> None:
    source = STUBS["one value"].replace("doubled = None", "doubled = nothing")
    source = source.replace("    return", "    other = None\n    return")
    assert define(source, nothing=None)(1) is None


def test_of_two_unwritten_functions_the_inner_one_is_named() -> None:
    inner = STUBS["one value"].replace("twice", "inner")
    for line in ("doubled = inner(x)", "doubled = inner(x)\n    spare = None"):
        outer = STUBS["one value"].replace("doubled = None", line)
        words = complaint(define(inner + outer), 1)
        assert words.startswith("inner is not written yet")


def test_a_half_written_function_that_works_is_left_alone() -> None:
    source = STUBS["one value"].replace("doubled = None", "spare = None\n    doubled = 2 * x")
    assert define(source)(4) == 8


def test_a_function_without_source_gives_its_result_and_its_errors() -> None:
    namespace: dict[str, Any] = {}
    exec("def lost(x):\n    y = None\n    return x.real if x else None\n", namespace)
    lost = exercise(namespace["lost"])
    assert lost(2) == 2
    assert lost(0) is None
    with pytest.raises(AttributeError):
        lost("text")


def test_functions_written_in_other_languages_are_left_alone() -> None:
    assert exercise(len)([1, 2]) == 2
    with pytest.raises(TypeError):
        exercise(len)(3)


def test_the_function_keeps_its_name_and_its_words() -> None:
    twice = define(STUBS["loops and conditions"])
    assert twice.__name__ == "twice"
    assert twice.__doc__ == "Double every entry."
    assert list(inspect.signature(twice).parameters) == ["x", "mode"]


def test_errors_in_plain_words_are_shown_without_a_traceback() -> None:
    assert PlainError("one\ntwo")._render_traceback_() == ["one", "two"]
    assert issubclass(NotWrittenYet, PlainError)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_errors_that_end_programs_pass_through(error: type[BaseException]) -> None:
    source = STUBS["one value"].replace("doubled = None", "doubled = None\n    raise error")
    with pytest.raises(error):
        define(source, error=error)(1)
