"""For any solution of assignments, loops and conditions: same skeleton, no value left."""

from __future__ import annotations

import ast
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from autograder.release.scaffold import END, START, is_untouched, make_stub

VALUES = st.sampled_from(
    [
        "a + b",
        "(a + b) * c",
        "(a)",
        "x[0, :, 1:2].sum(axis=1)",
        "np.zeros((m, n))",
        "'größe' * 3",
        "'''two\nlines'''",
        "(a\n + b)",
        "[\n1,  # one\n2,\n]",
        "{'a': 1, 'b': [2]}",
        "f(a, *b, c=2, **d)",
        "a if b else c",
        "lambda v: v ** 2",
        "[v for v in x if v]",
        "a, b",
        "-1",
        "None",
    ]
)
TARGETS = st.sampled_from(["x", "größe", "x, y", "(x, *y)", "x[i, 1:2]", "x.wide", "x = y"])
SINGLE = st.sampled_from(["x", "größe", "x[i, 1:2]", "x['ü']", "x.wide"])
OPERATORS = st.sampled_from(["+", "-", "*", "/", "//", "@"])
LOOPS = st.sampled_from(
    [
        "range(n)",
        "range(1, (n + 1) // 2, 2)",
        "range(\n  n\n)",
        "range((n), m)",
        "zip((a),\n b)",
        "sorted(v for v in a)",
        "f(start=1, *a)",
        "(a)",
        "enumerate(a, start=1)",
        "a.items()",
        "a[1:]",
        "(1, 2)",
        "[1,\n 2]",
        "np.ndindex(*a)",
    ]
)
TESTS = st.sampled_from(["mode == 'max'", "größe > (b + 1)", "not x", "a < b < c", "x is None"])
NOTES = st.sampled_from(["", "  # x = 5", "  # größer: a + b"])
GUIDANCE = st.sampled_from([[], ["# Work out the size."], ["# Höhe = ...", "", "#   more"]])


def _simple(guidance: list[str], target: str, value: str, note: str) -> list[str]:
    return [*guidance, *f"{target} = {value}{note}".split("\n")]


def _augmented(target: str, operator: str, value: str) -> list[str]:
    return f"{target} {operator}= {value}".split("\n")


def _indented(lines: list[str]) -> list[str]:
    return [f"    {line}" if line else line for line in lines]


def _loop(target: str, iterated: str, body: list[str], note: str) -> list[str]:
    return [*f"for {target} in {iterated}:{note}".split("\n"), *_indented(body)]


def _condition(test: str, body: list[str], other: list[str], word: str) -> list[str]:
    if word == "":
        return [f"if {test}:", *_indented(body)]
    return [f"if {test}:", *_indented(body), word, *_indented(other)]


def _blocks(statement: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    return st.lists(statement, min_size=1, max_size=3).map(
        lambda blocks: [line for block in blocks for line in block]
    )


def _resources(opened: str, body: list[str], note: str) -> list[str]:
    return [*f"with {opened}:{note}".split("\n"), *_indented(body)]


def _function(decorators: list[str], body: list[str], name: str) -> list[str]:
    return [*decorators, f"def inner({name}, größe=3):", *_indented([*body, f"return {name}"])]


CALLS = st.sampled_from(
    ["f(x)", "x.wide.apply(a, größe=b)", "print(\n    x,\n    'ü',\n)", "f()(2)"]
)
SIMPLE = (
    st.builds(_simple, GUIDANCE, TARGETS, VALUES, NOTES)
    | st.builds(_augmented, SINGLE, OPERATORS, VALUES.filter(lambda value: value != "a, b"))
    | st.builds(lambda call, note: f"{call}{note}".split("\n"), CALLS, NOTES)
)
STATEMENTS = st.recursive(
    SIMPLE,
    lambda inner: (
        st.builds(_loop, st.sampled_from(["i", "i, ö", "x[0]"]), LOOPS, _blocks(inner), NOTES)
        | st.builds(
            _condition,
            TESTS,
            _blocks(inner),
            _blocks(inner),
            st.sampled_from(["", "else:", "elif a > 1:"]),
        )
        | st.builds(
            _resources, st.sampled_from(["f(x) as g", "f(\n  x\n), y as z"]), _blocks(inner), NOTES
        )
        | st.builds(
            _function,
            st.sampled_from([[], ["@f"], ["@tf.function(shapes=True)"]]),
            _blocks(inner),
            st.sampled_from(["x", "ö"]),
        )
    ),
    max_leaves=8,
)


@st.composite
def solutions(draw: st.DrawFn) -> str:
    body = draw(_blocks(STATEMENTS))
    inside = [START, *body, END]
    return "\n".join(["def f(x):", "    größe = 1", *_indented(inside), "    return x"])


class Emptied(ast.NodeTransformer):
    """Puts None in the place of every value inside the region; written without spans."""

    def __init__(self, source: str) -> None:
        lines = source.split("\n")
        self.region = range(lines.index(f"    {START}") + 2, lines.index(f"    {END}") + 1)

    def visit_Assign(self, node: ast.Assign) -> Any:
        if node.lineno in self.region:
            node.value = ast.Constant(None)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        node.value = ast.Constant(None)
        return node

    def visit_Expr(self, node: ast.Expr) -> Any:
        if node.lineno in self.region:
            node.value = ast.Constant(None)
        return node

    def visit_For(self, node: ast.For) -> Any:
        self.generic_visit(node)
        counts = isinstance(node.iter, ast.Call) and ast.unparse(node.iter.func) == "range"
        node.iter = ast.parse("range(None)" if counts else "None", mode="eval").body
        return node


def emptied(source: str) -> str:
    return ast.dump(Emptied(source).visit(ast.parse(source)))


def guidance(source: str) -> list[str]:
    return [line for line in source.split("\n") if line.strip().startswith("#")]


@given(solutions())
def test_the_skeleton_stays_and_every_value_is_none(source: str) -> None:
    stub = make_stub(source, "f")
    assert ast.dump(ast.parse(stub)) == emptied(source)
    assert guidance(stub) == guidance(source)
    assert stub.partition(START)[0] == source.partition(START)[0]
    assert stub.partition(END)[2] == source.partition(END)[2]


@given(solutions())
def test_a_stub_is_untouched_and_its_solution_is_not(source: str) -> None:
    stub = make_stub(source, "f")
    assert is_untouched(stub, stub)
    assert is_untouched(make_stub(stub, "f"), stub)
    assert is_untouched(source, stub) == (ast.dump(ast.parse(source)) == emptied(source))
