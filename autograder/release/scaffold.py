"""Make a student's stub from a solution: the guidance stays, every value to find becomes ``None``.

Between the START and END lines of a solution cell

    n_H = (n_H_prev - f) // stride + 1   becomes   n_H = None
    dW[...] += a_slice * dZ[...]         becomes   dW[...] += None
    for h in range(n_H):                 becomes   for h in range(None):
    optimizer.apply(gradients)           becomes   None

and comments, ``if``, ``else`` and ``with`` lines stay, and so do the first and the last line of a
function within the function. The solution is the single source: no stub is kept by hand.
"""

from __future__ import annotations

import ast
import re
from functools import cache

from autograder.errors import CourseError

START = "### START CODE HERE ###"
END = "### END CODE HERE ###"


_LIKE_A_MARKER = re.compile(r"\s*#[#\s]*(?:start|end)\s+code\s+here\b", re.IGNORECASE)


def is_marked(source: str) -> bool:
    """Whether a line of ``source`` is a START or END line, or was meant to be one."""
    lines = source.split("\n")
    return any(START in line or END in line or _LIKE_A_MARKER.match(line) for line in lines)


@cache
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
        node for node in ast.walk(tree) if isinstance(node, ast.stmt) and first < node.lineno < last
    ]
    code = _Source(source)
    holes = [hole for node in inside if (hole := _hole(node, code, cell))]
    for start, end, filling in sorted(holes, reverse=True):
        code.content = code.content[:start] + filling + code.content[end:]
    return code.content.decode()


def _region(source: str, cell: str) -> tuple[int, int]:
    """The line numbers, from 1, of the START and the END line."""
    lines = source.split("\n")
    starts = [number for number, line in enumerate(lines, 1) if START in line]
    ends = [number for number, line in enumerate(lines, 1) if END in line]
    if len(starts) != 1 or len(ends) != 1 or starts[0] > ends[0]:
        meant = [line.strip() for line in lines if is_marked(line)]
        found = f" Found: {', '.join(map(repr, meant))}." if meant else ""
        raise CourseError(
            f"The solution cell {cell} needs exactly one line with {START!r} and, below it, one "
            f"with {END!r}.{found}"
        )
    return starts[0], ends[0]


_HEAD_END = re.compile(rb"(?:[\s)\\]|#[^\n]*)*:")
"""What may stand between a loop's iterable and its colon: brackets, white space, comments."""


class _Source:
    """Source code as bytes: ast's positions (lines from 1, columns in bytes) become offsets."""

    def __init__(self, text: str) -> None:
        self.content = text.encode()
        lines = self.content.split(b"\n")
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    def start_of(self, node: ast.expr | ast.stmt) -> int:
        """The offset of the first byte of ``node``."""
        return self._starts[node.lineno - 1] + node.col_offset

    def end_of(self, node: ast.expr | ast.stmt) -> int:
        """The offset right behind ``node``."""
        if node.end_lineno is None or node.end_col_offset is None:
            raise AssertionError("ast.parse always sets the end of a node")
        return self._starts[node.end_lineno - 1] + node.end_col_offset


def _hole(node: ast.stmt, code: _Source, cell: str) -> tuple[int, int, bytes] | None:
    """Where to cut out what students find themselves (start, end), and what to put there."""
    if isinstance(node, ast.Assign | ast.AugAssign):
        target = node.targets[-1] if isinstance(node, ast.Assign) else node.target
        start = code.content.index(b"=", code.end_of(target)) + 1
        return start, code.end_of(node), b" None"
    if isinstance(node, ast.For):
        start = code.content.index(b" in", code.end_of(node.target)) + len(b" in")
        end = _HEAD_END.match(code.content, code.end_of(node.iter)).end() - 1  # type: ignore[union-attr]
        return start, end, b" range(None)" if _is_range(node.iter) else b" None"
    if isinstance(node, ast.Expr):
        return code.start_of(node), code.end_of(node), b"None"
    if isinstance(node, ast.If | ast.With | ast.FunctionDef) or _returns_a_name(node):
        return None
    raise CourseError(
        f"In the solution cell {cell}, line {node.lineno} cannot be made into a stub: between the "
        "START and END lines only assignments, calls, for loops, if and with statements may stand, "
        "and functions that end in `return name`."
    )


def _returns_a_name(node: ast.stmt) -> bool:
    return isinstance(node, ast.Return) and isinstance(node.value, ast.Name)


def _is_range(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "range"


_ROOM = 4_000
"""Characters of white space within lines, and of comments behind code, that a stub may gain."""


def _code_length(source: str) -> int:
    """Characters of ``source`` without indentation, empty lines and comments of their own."""
    lines = map(str.strip, source.splitlines())
    return sum(len(line) for line in lines if not line.startswith("#"))


def is_untouched(source: str, stub: str) -> bool:
    """Whether ``source`` is still the stub, whatever was done to comments and white space.

    Parsing takes a thousand times the memory of a source, so what is far longer is not parsed.
    """
    if _code_length(source) > 2 * _code_length(stub) + _ROOM:
        return False
    try:
        return _same(ast.parse(source), _parsed(stub))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source.strip() == stub.strip()


@cache
def _parsed(source: str) -> ast.AST:
    return ast.parse(source)


def _same(one: object, other: object) -> bool:
    """Whether two syntax trees are the same, but for where they stand; ends where they differ."""
    if type(one) is not type(other):
        return False
    if isinstance(one, ast.AST) and isinstance(other, ast.AST):
        fields = one._fields
        return all(_same(getattr(one, f, None), getattr(other, f, None)) for f in fields)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other
