"""What cells define, whatever is in them; and what is left of them when only that is wanted."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submission.definitions import (
    MAX_PARSED,
    concealing_magic,
    defines,
    only_definitions,
    with_missing_left_out,
    without_magic,
)


@pytest.mark.parametrize(
    "source",
    [
        "def f(x): ...",
        "# first\ndef  f (x):\n    return x",
        "async def f(): ...",
        "class f: ...",
        "f = lambda x: x",
        "f: object = print",
        "from mine import f",
        "from mine import (g, f)",
        "from mine import g as f",
        "import f",
        "import f.g",
        "%%timeit\ndef f(x): ...",
        "this is no Python\ndef f(x): ...",
    ],
)
def test_what_defines_a_name(source):
    assert defines(source, "f")


@pytest.mark.parametrize(
    "source",
    [
        "f(x)",
        "f == 1",
        "class C:\n    def f(self): ...",
        "def ff(x): ...",
        "# def f(x): ...",
        "import g as h, fg",
        "from f import g",
        "from mine import f as g",
        "print('f = 1')",
        "f.attribute = 1",
        "",
    ],
)
def test_what_does_not(source):
    assert not defines(source, "f")


@pytest.mark.parametrize(
    ("source", "magic"),
    [
        ("%%timeit -n 3\ndef f(): ...", "%%timeit -n 3"),
        ("\n%%writefile a.py\ndef f(): ...", "%%writefile a.py"),
        ("%%time\ndef f(): ...", ""),
        ("%%capture out\ndef f(): ...", ""),
        ("%timeit f()", ""),
        ("def f(): ...\n%%timeit", ""),
    ],
)
def test_magic_lines_under_which_nothing_is_defined(source, magic):
    assert concealing_magic(source) == magic
    if magic:
        assert without_magic(source).lstrip() == source.replace(magic, "").lstrip()


def test_only_what_takes_no_time_is_left():
    source = """
%matplotlib inline
import numpy as np, time
from math import prod
BORDER, name = (1, -2), "edge"
BORDER = (1, -2)
big = 9 ** 9 ** 9
table = np.zeros((3, 3))
pad = np.pad
square = lambda x: x * x
@np.vectorize
def f(x):
    time.sleep(100)
    return x
class C:
    size = 3
for _ in range(10**9):
    f(1)
!sleep 100
"""
    assert only_definitions(source).splitlines() == [
        "import numpy as np, time",
        "from math import prod",
        "BORDER = (1, -2)",
        "pad = np.pad",
        "square = lambda x: x * x",
        "@np.vectorize",
        "def f(x):",
        "    time.sleep(100)",
        "    return x",
        "class C:",
        "    size = 3",
    ]


@pytest.mark.parametrize(
    "source",
    [
        "def f(:",
        "x" * (MAX_PARSED + 1),
        "(" * 10_000,
        "a" + ".b" * 9_000,
        "f = a" + ".b" * 9_000,
        "\0",
        "%%bash\nrm -rf /",
    ],
)
def test_what_cannot_be_taken_apart_is_left_out(source):
    assert only_definitions(source) == ""
    assert with_missing_left_out(source, {"pandas"}) == source


STATEMENTS = st.sampled_from(
    ["import a", "import a, b as c", "from a.b import c", "x = 1", "x = f(1)", "def f(): return 1",
     "for i in (1, 2):\n    x = i", "while x: pass", "if x:\n    def g(): pass", "print(1)", "# a"]
)  # fmt: skip


@given(st.lists(STATEMENTS))
def test_nothing_that_is_left_calls_or_repeats_anything(statements):
    left = only_definitions("\n".join(statements))
    for node in ast.parse(left).body:
        assert isinstance(node, ast.Import | ast.ImportFrom | ast.Assign | ast.FunctionDef)
        if isinstance(node, ast.Assign):
            assert isinstance(node.value, ast.Constant)


@given(st.lists(STATEMENTS))
def test_without_missing_packages_all_else_stays_in_its_line(statements):
    source = "\n".join(statements)
    left = with_missing_left_out(source, {"a"})
    assert len(left.split("\n")) == len(source.split("\n"))
    imported = {
        name.name
        for node in ast.walk(ast.parse(left))
        if isinstance(node, ast.Import)
        for name in node.names
    } | {node.module for node in ast.walk(ast.parse(left)) if isinstance(node, ast.ImportFrom)}
    assert imported <= {"b"}
    assert [line for line in left.split("\n") if "import" not in line and line != "pass"] == [
        line for line in source.split("\n") if "import" not in line
    ]
