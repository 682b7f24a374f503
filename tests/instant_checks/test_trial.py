"""One call of a student's function: its own inputs, its own chances, and all that can be said."""

from __future__ import annotations

import random
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.instant_checks.packing import digest, pack
from autograder.instant_checks.trial import (
    Failure,
    Outcome,
    call,
    describe_failure,
    same_chance_afterwards,
)
from tests.instant_checks.notebook import run_cell

ARGUMENTS = (np.arange(6.0).reshape(2, 3), {"stride": 2, "weights": (np.ones(2),)})
PACKED = pack(ARGUMENTS)


def run(source: str, *arguments: Any) -> Outcome:
    """Call the function ``f`` that a notebook cell with this ``source`` defines."""
    return call(run_cell(source, np=np, warnings=warnings)["f"], pack(arguments))


def failure(source: str, *arguments: Any) -> Failure:
    """The failure of ``f``, which must fail."""
    outcome = run(source, *arguments)
    assert outcome.failure is not None
    assert outcome.value is None
    return outcome.failure


def test_a_result_is_handed_on() -> None:
    outcome = run("def f(x, y):\n    return x + y, None\n", 2, 3)
    assert outcome == Outcome((5, None), None, digest((2, 3)), ())


def test_every_call_gets_its_own_copies() -> None:
    seen = []

    def greedy(A: Any, hparameters: Any) -> None:
        seen.append((A.copy(), dict(hparameters)))
        A += 1
        hparameters.clear()

    call(greedy, PACKED)
    call(greedy, PACKED)
    np.testing.assert_equal(seen[1], seen[0])
    np.testing.assert_equal(seen[0], ARGUMENTS)
    assert pack(ARGUMENTS) == PACKED


def test_inputs_left_alone_have_the_digest_of_the_inputs() -> None:
    assert call(lambda A, hparameters: A.sum(), PACKED).arguments == digest(ARGUMENTS)


def _in_place(A: Any, hparameters: Any) -> Any:
    A[1, 2] += 1e-12
    return A


def _key_added(A: Any, hparameters: Any) -> None:
    hparameters["f"] = 3


def _inner_array_changed(A: Any, hparameters: Any) -> None:
    hparameters["weights"][0][0] = 0


def _reshaped(A: Any, hparameters: Any) -> None:
    A.shape = (3, 2)


def _changed_then_failed(A: Any, hparameters: Any) -> None:
    A[:] = 0
    raise ValueError("after the deed")


@pytest.mark.parametrize(
    "function", [_in_place, _key_added, _inner_array_changed, _reshaped, _changed_then_failed]
)
def test_a_change_of_the_inputs_shows_in_the_digest(function: Callable[..., Any]) -> None:
    assert call(function, PACKED).arguments != digest(ARGUMENTS)


def _chances() -> tuple[float, float]:
    return random.random(), float(np.random.rand())


def test_every_call_has_the_same_chances() -> None:
    first = call(_chances, pack(())).value
    _chances()
    assert call(_chances, pack(())).value == first


def _seed_and_return() -> None:
    random.seed(99)
    np.random.seed(99)


def _seed_and_raise() -> None:
    _seed_and_return()
    raise RuntimeError


def _seed_and_interrupt() -> None:
    _seed_and_return()
    raise KeyboardInterrupt


@pytest.mark.parametrize("function", [_seed_and_return, _seed_and_raise, _seed_and_interrupt])
def test_the_random_state_is_put_back(function: Callable[[], None]) -> None:
    random.seed(5)
    np.random.seed(5)
    undisturbed = _chances()
    random.seed(5)
    np.random.seed(5)
    try:
        with same_chance_afterwards():
            call(function, pack(()))
    except KeyboardInterrupt:
        assert function is _seed_and_interrupt
    assert _chances() == undisturbed


def test_the_failing_line_of_the_notebook_is_named() -> None:
    source = "def f(x):\n    y = 0\n    return x / y  # oh no\n"
    assert failure(source, 1) == Failure(
        error="ZeroDivisionError",
        message="division by zero",
        function="f",
        line=3,
        code="return x / y  # oh no",
    )


def test_the_deepest_line_of_the_notebook_is_named() -> None:
    source = "def g(x):\n    return x.nope\n\ndef f(x):\n    return g(x)\n"
    assert (failure(source, 1).function, failure(source, 1).line) == ("g", 2)


def test_lines_of_libraries_are_passed_over() -> None:
    source = "def f(x):\n    return np.concatenate(\n        [np.ones(2), np.ones((2, 2))])\n"
    assert failure(source, 1).function == "f"
    source = "def f(x):\n    return np.linalg.inv(np.zeros((2, 2)))\n"
    assert (failure(source, 1).line, failure(source, 1).error) == (2, "LinAlgError")


def test_an_error_without_a_line_of_theirs_has_no_place() -> None:
    missing_argument = call(lambda: None, pack((1,)))
    assert missing_argument.failure is not None
    assert (missing_argument.failure.function, missing_argument.failure.line) == ("", 0)
    assert missing_argument.failure.error == "TypeError"


def test_a_wrong_number_of_arguments_is_an_error_like_any_other() -> None:
    assert "argument" in failure("def f(x):\n    return x\n", 1, 2).message


@pytest.mark.parametrize("error", ["SystemExit(3)", "GeneratorExit()", "BaseException('base')"])
def test_errors_that_end_programs_are_recorded(error: str) -> None:
    assert failure(f"def f():\n    raise {error}\n").error == error.split("(")[0]


def test_a_keyboard_interrupt_passes_through() -> None:
    with pytest.raises(KeyboardInterrupt):
        run("def f():\n    raise KeyboardInterrupt\n")


def test_endless_recursion_is_recorded() -> None:
    limit = sys.getrecursionlimit()
    recursion = failure("def f():\n    return f()\n")
    assert (recursion.error, recursion.function) == ("RecursionError", "f")
    assert sys.getrecursionlimit() == limit


def test_an_error_that_cannot_be_printed_is_recorded() -> None:
    source = (
        "class Mute(Exception):\n    def __str__(self):\n        raise self\n\n"
        "def f():\n    raise Mute\n"
    )
    assert (failure(source).error, failure(source).message) == ("Mute", "")


def test_long_messages_are_cut() -> None:
    assert len(failure("def f():\n    raise ValueError('x' * 10**6)\n").message) == 500


def test_an_error_outside_of_a_call_can_be_described() -> None:
    assert describe_failure(KeyError("stride")) == Failure("KeyError", "'stride'")


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("ValueError", "bad", "f", 3, "x = y"), "ValueError: bad (line 3 of f: x = y)"),
        (("ValueError", "bad"), "ValueError: bad"),
        (("AssertionError", ""), "AssertionError"),
        (("NotWrittenYet", "f is not written yet.", "f", 3, "x"), "f is not written yet."),
    ],
)
def test_failures_are_put_in_words(parts: tuple[Any, ...], words: str) -> None:
    assert Failure(*parts).in_words() == words


def test_warnings_are_recorded_once() -> None:
    source = (
        "def f():\n"
        "    for _ in range(5):\n"
        "        warnings.warn('mind the gap')\n"
        "    warnings.warn('mind the gap')\n"
        "    warnings.warn('another', DeprecationWarning)\n"
        "    return 1\n"
    )
    function = run_cell(source, warnings=warnings)["f"]
    expected = ("UserWarning: mind the gap", "DeprecationWarning: another")
    for _ in range(2):  # a second call tells them again
        outcome = call(function, pack(()))
        assert outcome.warnings == expected
        assert (outcome.value, outcome.failure) == (1, None)


def test_warnings_before_an_error_are_recorded() -> None:
    outcome = run("def f():\n    warnings.warn('first')\n    raise ValueError\n")
    assert outcome.warnings == ("UserWarning: first",)
    assert outcome.failure is not None


def test_few_and_short_warnings_are_kept() -> None:
    source = "def f():\n    for i in range(99):\n        warnings.warn(f'{i}' * 2000)\n"
    texts = run(source).warnings
    assert len(texts) == 5
    assert all(len(text) == 500 for text in texts)


def test_warnings_do_not_escape_and_filters_are_put_back() -> None:
    source = "def f():\n    warnings.simplefilter('error')\n    warnings.warn('caught')\n"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        filters = list(warnings.filters)
        assert failure(source).error == "UserWarning"
        assert run("def f():\n    warnings.warn('kept')\n").failure is None
        assert warnings.filters == filters


def test_numpys_warnings_are_recorded() -> None:
    outcome = run("def f(x):\n    return np.log(x)\n", np.zeros(2))
    assert outcome.warnings == ("RuntimeWarning: divide by zero encountered in log",)
