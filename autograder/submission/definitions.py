"""What a cell defines, and what is left of it when only that is wanted.

What is far longer than a cell that anybody writes by hand is not taken apart: parsing takes a
thousand times a source's memory.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

MAX_PARSED = 20_000
"""Characters of a cell that is parsed."""
_MAGIC = re.compile(r"\s*%%(\w+)[^\n]*")
_KEEPS_NAMES = frozenset({"time", "capture"})
"""Magics under which a cell defines what it would define without them."""
_IPYTHON = re.compile(r"\s*[%!]")
_Defining = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom
_PLAIN = (
    ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.List, ast.Dict, ast.Set, ast.UnaryOp,
    ast.expr_context, ast.unaryop,
)  # fmt: skip
"""What the value of an assignment may consist of that takes no time."""


def defines(source: str, name: str) -> bool:
    """Whether a line of ``source``, at its beginning, gives ``name`` a value.

    A look at each line, that is, whatever the source is: it may be no Python, or long.
    """
    if name not in source:
        return False
    beginning = re.compile(
        rf"(?:async\s+)?(?:def|class)\s+{re.escape(name)}\s*[(:]"
        rf"|{re.escape(name)}\s*(?::[^=]{{1,200}})?=(?!=)"
    )
    return any(
        beginning.match(line) or (line.startswith(("import ", "from ")) and _imports(line, name))
        for line in source.split("\n")
        if name in line
    )


def _imports(line: str, name: str) -> bool:
    head, _, imported = line.partition("#")[0].partition("import ")
    for part in imported.strip("() ").split(","):
        given = (part.split() or [""])[-1]
        if name == (given if head else given.partition(".")[0]):
            return True
    return False


def concealing_magic(source: str) -> str:
    """The magic line on top of a cell, such as ``%%timeit``, which keeps it from defining."""
    magic = _MAGIC.match(source)
    return magic[0].strip() if magic and magic[1] not in _KEEPS_NAMES else ""


def without_magic(source: str) -> str:
    """``source`` without the magic line on top of it."""
    return _MAGIC.sub("", source, count=1)


def only_definitions(source: str) -> str:
    """The imports, functions, classes and plain values of a cell, in order: what takes no time.

    Empty if that cannot be told.
    """
    statements = _statements(source)
    wanted = (each for each in statements if isinstance(each, _Defining) or _is_plain(each))
    try:
        return "\n".join(map(ast.unparse, wanted))
    except RecursionError:
        return ""


def _is_plain(node: ast.stmt) -> bool:
    """Whether it gives names values without calling or computing anything."""
    if not isinstance(node, ast.Assign) or not all(isinstance(t, ast.Name) for t in node.targets):
        return False
    parts = ast.walk(node.value)
    return isinstance(node.value, ast.Lambda) or all(isinstance(part, _PLAIN) for part in parts)


def with_missing_left_out(source: str, missing: Iterable[str]) -> str:
    """``source`` without those imports of its own that need one of the ``missing`` packages.

    The lines stay as many as they are.
    """
    gone, lines = set(missing), source.split("\n")
    for node in _statements(source):
        if isinstance(node, ast.Import):
            left = [each for each in node.names if each.name.partition(".")[0] not in gone]
            instead = ast.unparse(ast.Import(left)) if left else "pass"
            if len(left) == len(node.names):
                continue
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in gone:
            instead = "pass"
        else:
            continue
        end = node.end_lineno or node.lineno
        lines[node.lineno - 1 : end] = [instead, *[""] * (end - node.lineno)]
    return "\n".join(lines)


def _statements(source: str) -> Iterator[ast.stmt]:
    """The statements of a cell; none if it is no Python, or too long."""
    if len(source) > MAX_PARSED:
        return
    lines = source.split("\n")
    plain = "\n".join("" if _IPYTHON.match(line) else line for line in lines)
    try:
        yield from ast.parse(plain).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
