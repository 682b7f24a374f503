"""Cells of a notebook, as far as tests need them: code in ``__main__`` whose source can be read."""

from __future__ import annotations

import itertools
import linecache
from typing import Any

_numbers = itertools.count(1)


def run_cell(source: str, **names: Any) -> dict[str, Any]:
    """Execute ``source`` as a notebook does, with ``names`` defined before; the names after it."""
    filename = f"<cell {next(_numbers)}>"
    lines = source.splitlines(keepends=True)
    linecache.cache[filename] = (len(source), None, lines, filename)
    namespace = {"__name__": "__main__", **names}
    exec(compile(source, filename, "exec"), namespace)
    return namespace
