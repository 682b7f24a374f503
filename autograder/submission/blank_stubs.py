"""Stubs that nobody has filled in, of whatever course: between their lines is ``None`` alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

MAX_PARSED = 20_000
"""Characters of a cell that is parsed; stubs are shorter."""
_START = re.compile(r"\s*#.*\b(?:starts?|begins?)\b.*", re.IGNORECASE)
_END = re.compile(r"\s*#.*\bends?\b.*", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:code|solution|answer)\b", re.IGNORECASE)

_COMPUTED = (ast.Call, ast.BinOp, ast.Compare, ast.Subscript)
_WAITING = re.compile(r"\s*#.*(?:=\s*None|\(None\))")
"""A place to write that is a comment still."""


def is_blank(source: str, function: str) -> bool:
    """Whether ``function`` is a stub in which every place to write, between its lines, is blank.

    A place is blank as long as it is ``None``. Where nothing at all stands in between, something
    that is returned has to be missing, or to wait in a comment.
    """
    if len(source) > MAX_PARSED or not _may_be_blank(source):
        return False
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    found = [
        each for each in tree.body if isinstance(each, ast.FunctionDef) and each.name == function
    ]
    return len(found) == 1 and _is_blank(found[0], source.split("\n"))


def _may_be_blank(source: str) -> bool:
    """Whether it is worth parsing; most cells have an answer, as a look at their lines shows."""
    lines = source.split("\n")
    inside = [
        line.strip()
        for first, last in _regions(lines, 1, len(lines))
        for line in lines[first : last - 1]
    ]
    written = [line for line in inside if line and not line.startswith("#")]
    return bool(inside) and (not written or any("None" in line for line in written))


def _is_blank(function: ast.FunctionDef, lines: list[str]) -> bool:
    end = function.end_lineno or function.lineno
    regions = list(_regions(lines, function.lineno, end))
    statements = [each for each in ast.walk(function) if isinstance(each, ast.stmt)]
    inside = [
        each for each in statements if any(first < each.lineno < last for first, last in regions)
    ]
    if inside:
        below = regions[0][1]
        known = set(map(id, inside))
        outside = [each for each in statements if each.lineno > below and id(each) not in known]
        return all(map(_is_place, inside)) and not _is_written_around(inside, outside)
    return bool(regions) and (
        _returns_what_is_not_there(function)
        or (
            not any(isinstance(each, ast.For | ast.While) for each in statements)
            and any(_WAITING.match(line) for line in lines[function.lineno - 1 : end])
        )
    )


def _is_written_around(inside: list[ast.stmt], outside: list[ast.stmt]) -> bool:
    """Whether what is blank ``inside`` is given a value, or another is returned, below."""
    returned = [each for each in outside if isinstance(each, ast.Return)]
    if any(isinstance(part, _COMPUTED) for each in returned for part in ast.walk(each)):
        return True
    blank, given = (
        {
            name.id
            for each in statements
            if isinstance(each, ast.Assign | ast.AugAssign)
            for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
            for name in ast.walk(target)
            if isinstance(name, ast.Name)
        }
        for statements in (inside, outside)
    )
    return bool(blank & given)


def _returns_what_is_not_there(function: ast.FunctionDef) -> bool:
    names = [each for each in ast.walk(function) if isinstance(each, ast.Name)]
    returns = [each for each in ast.walk(function) if isinstance(each, ast.Return)]
    returned = {
        each.id for node in returns for each in ast.walk(node) if isinstance(each, ast.Name)
    }
    given = {each.id for each in names if isinstance(each.ctx, ast.Store)}
    given |= {each.arg for each in ast.walk(function.args) if isinstance(each, ast.arg)}
    return bool(returned - given)


def _regions(lines: list[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The lines, from 1, between which there is something to write."""
    start = 0
    for number in range(first, min(last + 2, len(lines)) + 1):
        line = lines[number - 1]
        if not _ABOUT.search(line):
            continue
        if _END.match(line) and start:
            yield start, number
            start = 0
        elif _START.match(line):
            start = start or number


def _is_place(statement: ast.stmt) -> bool:
    """Whether a statement leaves all to the student, or only holds others."""
    if isinstance(statement, ast.Assign | ast.AugAssign):
        return _is_none(statement.value)
    if isinstance(statement, ast.For):
        arguments = statement.iter.args if isinstance(statement.iter, ast.Call) else []
        return _is_none(statement.iter) or any(map(_is_none, arguments))
    if isinstance(statement, ast.Return):
        return statement.value is None or isinstance(statement.value, ast.Name | ast.Tuple)
    holder = ast.If | ast.With | ast.FunctionDef | ast.Pass
    return isinstance(statement, holder) or _is_constant(statement)


def _is_constant(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _is_none(value: ast.expr) -> bool:
    if isinstance(value, ast.Tuple):
        return bool(value.elts) and all(map(_is_none, value.elts))
    return isinstance(value, ast.Constant) and value.value is None
