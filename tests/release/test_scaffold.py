"""A stub keeps the scaffolding of a solution and leaves every value to be found."""

from __future__ import annotations

import ast
import textwrap

import pytest

from autograder.errors import CourseError
from autograder.release.scaffold import END, START, make_stub


def cell(body: str) -> str:
    """A solution cell with ``body`` between the START and the END line."""
    inside = textwrap.indent(textwrap.dedent(body).strip("\n"), "    ")
    return f"def f(x):\n    {START}\n{inside}\n    {END}\n    return x\n"


def stub_of(body: str) -> str:
    """What becomes of ``body``; checks that all else stays and that the stub is valid Python."""
    stub = make_stub(cell(body), "f")
    ast.parse(stub)
    before, _, rest = stub.partition(f"    {START}\n")
    inside, _, after = rest.partition(f"\n    {END}\n")
    assert (before, after) == ("def f(x):\n", "    return x\n")
    return textwrap.dedent(inside)


@pytest.mark.parametrize(
    ("solution", "stub"),
    [
        ("n_H = (n_H_prev - f) // stride + 1", "n_H = None"),
        ("dW[...] += a_slice * dZ[...]", "dW[...] += None"),
        ("for h in range(n_H):\n    x = h", "for h in range(None):\n    x = None"),
        ("if mode == 'max':\n    x = 1", "if mode == 'max':\n    x = None"),
        ("if a > b:\n    x = 1\nelse:\n    x = 2", "if a > b:\n    x = None\nelse:\n    x = None"),
    ],
)
def test_the_examples_of_the_documentation(solution: str, stub: str) -> None:
    assert stub_of(solution) == stub


@pytest.mark.parametrize(
    ("solution", "stub"),
    [
        ("m, n_C = x.shape", "m, n_C = None"),
        ("(a, b), *rest = x", "(a, b), *rest = None"),
        ("a = b = x + 1", "a = b = None"),
        ("Z[i, h:h + f, :, c] = x", "Z[i, h:h + f, :, c] = None"),
        ("dA[i, a:b, c] -= x * 2", "dA[i, a:b, c] -= None"),
        ("self.width = x", "self.width = None"),
        ("x = lambda a=1: (yield)", "x = None"),
        ("x = y if z else w", "x = None"),
        ("x = None", "x = None"),
    ],
)
def test_targets_of_every_kind_stay(solution: str, stub: str) -> None:
    assert stub_of(solution) == stub


@pytest.mark.parametrize(
    ("loop", "stub"),
    [
        ("for a in range(1, n, 2):", "for a in range(None):"),
        ("for a, b in zip(x, y):", "for a, b in None:"),
        ("for a in x:", "for a in None:"),
        ("for a in x.items():", "for a in None:"),
        ("for a in enumerate(x, start=1):", "for a in None:"),
        ("for a in np.arange(x):", "for a in None:"),
        ("for a in range((x), y):", "for a in range(None):"),
        ("for a in sorted(v for v in x):", "for a in None:"),
        ("for a in (x):", "for a in None:"),
        ("for (a) in (1, 2):", "for (a) in None:"),
        ("for a[' in '] in x:", "for a[' in '] in None:"),
        ("for a in x[1:]:", "for a in None:"),
        ("for a in f(lambda b: b, {1: 2}):", "for a in None:"),
        ("for a in range(b,\n               c):", "for a in range(None):"),
        ("for a in range(\n    b,\n    c,\n):", "for a in range(None):"),
    ],
)
def test_loops_keep_their_variables(loop: str, stub: str) -> None:
    assert stub_of(f"{loop}\n    y = a") == f"{stub}\n    y = None"
    with_else = stub_of(f"{loop}\n    y = a\nelse:\n    y = 1")
    assert with_else == f"{stub}\n    y = None\nelse:\n    y = None"


def test_loops_and_conditions_nest() -> None:
    solution = """
        total = np.zeros(3)
        for i in range(m):
            # every row
            row = x[i]
            for j in range(len(row)):
                if row[j] > 0:
                    total[i] += row[j]
                elif row[j] < -1:
                    total[i] -= 2 * row[j]
                else:
                    # leave it
                    total[i] = total[i]
    """
    stub = """
        total = None
        for i in range(None):
            # every row
            row = None
            for j in range(None):
                if row[j] > 0:
                    total[i] += None
                elif row[j] < -1:
                    total[i] -= None
                else:
                    # leave it
                    total[i] = None
    """
    assert stub_of(solution) == textwrap.dedent(stub).strip("\n")


@pytest.mark.parametrize(
    "value",
    [
        "np.pad(\n    x,  # the pictures\n    ((0, 0), (pad, pad)),\n)",
        "[\n    1,\n    2,\n]",
        "x \\\n    + y",
        '"""two\nlines"""',
        "f(x)[\n    0\n]",
    ],
    ids=["call", "list", "backslash", "text", "subscript"],
)
def test_a_value_of_several_lines_becomes_one_none(value: str) -> None:
    assert stub_of(f"a = {value}\nb = a") == "a = None\nb = None"


@pytest.mark.parametrize(
    ("solution", "stub"),
    [
        ("x = (a)", "x = None"),
        ("x = (a\n     + b)", "x = None"),
        ("x = (\n    a\n    + b\n)", "x = None"),
        ("x = (a) + (b)", "x = None"),
        ("x += ((a), (b))", "x += None"),
    ],
)
def test_brackets_round_a_value_go_with_it(solution: str, stub: str) -> None:
    assert stub_of(solution) == stub


@pytest.mark.parametrize(
    ("solution", "stub"),
    [
        ("größe = 2 * x", "größe = None"),
        ("d['Höhe – m'] = x + 1", "d['Höhe – m'] = None"),
        ("x = '→ ü' + y  # ← größer", "x = None  # ← größer"),
        ("for é in range(ü, ö):\n    x = é", "for é in range(None):\n    x = None"),
    ],
)
def test_columns_are_counted_right_beside_non_ascii(solution: str, stub: str) -> None:
    assert stub_of(solution) == stub


def test_comments_and_empty_lines_stay() -> None:
    solution = "# First. (1 line)\n\nx = 1  # trailing: x = secret?\n# Last."
    assert stub_of(solution) == solution.replace("x = 1 ", "x = None ")


def test_only_what_stands_between_the_lines_is_touched() -> None:
    outside = (
        f"a = 1\ndef f(x=2):\n    y = 3\n    {START}\n    z = 4\n    {END}\n    return 5\nb = 6"
    )
    assert make_stub(outside, "f") == outside.replace("z = 4", "z = None")


def test_an_empty_region_stays_as_it_is() -> None:
    source = f"def f():\n    {START}\n    # nothing to do\n    {END}\n    return 1"
    assert make_stub(source, "f") == source


@pytest.mark.parametrize(
    "source",
    [
        "x = 1",
        f"{START}\nx = 1",
        f"x = 1\n{END}",
        f"{END}\nx = 1\n{START}",
        f"{START}\nx = 1\n{END}\n{START}\ny = 1\n{END}",
        f"{START}\n{START}\nx = 1\n{END}",
        f"{START}\nx = 1\n{END}\n{END}",
    ],
)
def test_anything_but_one_pair_of_markers_is_an_error(source: str) -> None:
    with pytest.raises(CourseError, match=r"cell conv_forward needs exactly one"):
        make_stub(source, "conv_forward")


@pytest.mark.parametrize(
    "statement",
    [
        "while x:\n    x = 1",
        "try:\n    x = 1\nfinally:\n    y = 1",
        "class C:\n    y = 1",
        "return x + 1",
        "return",
        "raise x",
        "assert x",
        "del x",
        "import os",
        "pass",
        "x: int = 1",
    ],
)
def test_a_statement_without_a_value_to_find_is_an_error(statement: str) -> None:
    with pytest.raises(CourseError, match=r"cell conv_forward, line 4 cannot be made into a stub"):
        make_stub(cell("a = 1\n" + statement), "conv_forward")


@pytest.mark.parametrize("broken", ["x = (1", "x = 1)", "for i in x", "%matplotlib inline", "1x"])
def test_a_cell_that_is_not_python_is_an_error(broken: str) -> None:
    with pytest.raises(CourseError, match="cell conv_forward is not valid Python"):
        make_stub(cell(broken), "conv_forward")


@pytest.mark.parametrize(
    ("solution", "stub"),
    [
        ("a = 1; b = 22", "a = None; b = None"),
        ("for i in range(10): x = i * 2", "for i in range(None): x = None"),
        ("if a: x = 1; y += 2", "if a: x = None; y += None"),
    ],
)
def test_two_values_may_stand_on_one_line(solution: str, stub: str) -> None:
    assert stub_of(solution) == stub


@pytest.mark.parametrize(
    ("solution", "stub"),
    [
        ("for i in(1, 2):\n    x = i", "for i in None:\n    x = None"),
        (
            "for i in range(n):  # rows: n\n    x = i",
            "for i in range(None):  # rows: n\n    x = None",
        ),
        ("for i in (\n    n  # all: n\n):\n    x = i", "for i in None:\n    x = None"),
        ("for i in \\\n        n:\n    x = i", "for i in None:\n    x = None"),
        ("x[a == b] = c == d", "x[a == b] = None"),
        ("x **= 2", "x **= None"),
        ("(x) = (y)", "(x) = None"),
    ],
)
def test_odd_spelling_is_understood(solution: str, stub: str) -> None:
    assert stub_of(solution) == stub
