"""Make a student's stub from a solution: the guidance stays, every value to find becomes ``None``.

Between the START and END lines of a solution cell

    n_H = (n_H_prev - f) // stride + 1   becomes   n_H = None
    dW[...] += a_slice * dZ[...]         becomes   dW[...] += None
    for h in range(n_H):                 becomes   for h in range(None):

and comments, ``if`` and ``else`` lines stay. The solution is the single source: no stub is kept by hand.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from autograder.errors import CourseError

START = "### START CODE HERE ###"
END = "### END CODE HERE ###"


@dataclass(frozen=True)
class _Span:
    """A stretch of source in ast's terms: lines from 1, columns in UTF-8 bytes."""

    first_line: int
    first_column: int
    last_line: int
    last_column: int


def make_stub(source: str, cell: str) -> str:
    """The source of a solution cell with every value between the markers replaced by ``None``.

    ``cell`` names the cell in errors. Raises :class:`CourseError` if the markers are not one pair,
    or if a statement between them has no value to leave out.
    """
    first, last = _region(source, cell)
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise CourseError(f"The solution cell {cell} is not valid Python: {error}.") from None
    inside = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.stmt) and first < node.lineno < last
    ]
    spans = [span for node in inside if (span := _span_to_replace(node, cell))]
    lines = [line.encode() for line in source.split("\n")]
    for span in sorted(spans, key=lambda span: span.first_line, reverse=True):
        _put_none(lines, span)
    return b"\n".join(lines).decode()


def _region(source: str, cell: str) -> tuple[int, int]:
    """The line numbers, from 1, of the START and the END line."""
    lines = source.split("\n")
    starts = [number for number, line in enumerate(lines, 1) if START in line]
    ends = [number for number, line in enumerate(lines, 1) if END in line]
    if len(starts) != 1 or len(ends) != 1 or starts[0] > ends[0]:
        raise CourseError(
            f"The solution cell {cell} needs exactly one line with {START!r} and, below it, one "
            f"with {END!r}."
        )
    return starts[0], ends[0]


def _span_to_replace(node: ast.stmt, cell: str) -> _Span | None:
    if isinstance(node, ast.Assign | ast.AugAssign):
        return _span(node.value, node.value)
    if isinstance(node, ast.For):
        iterated = node.iter
        if isinstance(iterated, ast.Call) and iterated.args:
            return _span(iterated.args[0], iterated.args[-1])
        return _span(iterated, iterated)
    if isinstance(node, ast.If):
        return None
    raise CourseError(
        f"In the solution cell {cell}, line {node.lineno} cannot be made into a stub: between the "
        "START and END lines only assignments, for loops and if statements may stand."
    )


def _span(first: ast.expr, last: ast.expr) -> _Span:
    if last.end_lineno is None or last.end_col_offset is None:
        raise AssertionError("ast.parse always sets the end of a node")
    return _Span(first.lineno, first.col_offset, last.end_lineno, last.end_col_offset)


def _put_none(lines: list[bytes], span: _Span) -> None:
    before = lines[span.first_line - 1][: span.first_column]
    after = lines[span.last_line - 1][span.last_column :]
    if before.rstrip().endswith(b"(") and span.last_line > span.first_line:
        before, after = before.rstrip(), after.lstrip()
    lines[span.first_line - 1 : span.last_line] = [before + b"None" + after]


def is_untouched(source: str, stub: str) -> bool:
    """Whether ``source`` is still the stub, whatever was done to comments and white space."""
    try:
        return ast.dump(ast.parse(source)) == ast.dump(ast.parse(stub))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source.strip() == stub.strip()
