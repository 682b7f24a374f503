"""A stub is blank as long as nobody has written anything, whoever made it."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.release.scaffold import make_stub
from autograder.submission.blank_stubs import is_blank
from tests.release.real_course import ASSIGNMENTS, solution_sources
from tests.submission.another_course import STUBS


@pytest.mark.parametrize("name", STUBS)
def test_stubs_of_another_course_are_blank(name):
    assert is_blank(STUBS[name], name)
    assert is_blank(f"# GRADED\nimport math\n{STUBS[name]}", name)
    assert not is_blank(STUBS[name], "another")


FILLED = [
    ("X_pad = None", "X_pad = np.pad(X, pad)"),
    ("s = None", "s = a_slice_prev * W"),
    ("range(None)", "range(m)"),
    ("stride, pad = None, None", "stride, pad = 1, None"),
    ("# YOUR CODE STARTS HERE\n\n", "# YOUR CODE STARTS HERE\n    mask = x == x.max()\n"),
    ("# average = None", "average = dz / 4"),
    ("A[i] = None", "A[i] = a_prev_slice.max()"),
]


@pytest.mark.parametrize(("line", "written"), FILLED)
def test_one_line_that_is_written_is_an_attempt(line, written):
    name = next(each for each, stub in STUBS.items() if line in stub)
    assert not is_blank(STUBS[name].replace(line, written, 1), name)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("    return X_pad", "    X_pad = np.pad(X, pad)\n    return X_pad"),
        ("    return X_pad", "    return np.pad(X, pad)"),
        ("    return dA_prev\n", "    dA_prev[0] += dA\n    return dA_prev\n"),
    ],
)
def test_who_writes_below_the_lines_has_written(line, written):
    name = next(each for each, stub in STUBS.items() if line in stub)
    assert not is_blank(STUBS[name].replace(line, written, 1), name)


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=lambda each: each.name)
def test_our_own_stubs_are_blank_and_our_solutions_are_not(assignment):
    for name, source in solution_sources(assignment).items():
        assert is_blank(make_stub(source, name), name)
        assert not is_blank(source, name)


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return None",
        "def f(x):\n    y = None\n    return y",
        "f = None  # START CODE HERE",
        "def f(:\n    # START CODE HERE",
        "def f(x):\n    # START CODE HERE\n    y = None\n    return y",
        "def f(x):\n    # code starts here\n\n    # code ends here\n    y = x\n    return y",
        "",
        "(" * 10_000 + "START CODE HERE",
    ],
)
def test_what_is_no_stub_is_not_blank(source):
    assert not is_blank(source, "f")


@given(st.lists(st.sampled_from([*"()[]:=#\n ", "def f", "None", "START CODE", "END CODE", "x"])))
def test_whatever_is_in_a_cell_is_taken(parts):
    source = "".join(parts)
    if is_blank(source, "f"):
        assert any(isinstance(node, ast.FunctionDef) for node in ast.parse(source).body)
