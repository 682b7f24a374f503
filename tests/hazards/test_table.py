"""The table of hazards is whole, and what it names is there."""

from __future__ import annotations

import importlib

import pytest

from tests.hazards import ROWS


def test_every_row_has_a_test():
    assert list(ROWS) == list(range(1, 37))
    assert all(ROWS.values())


@pytest.mark.parametrize("node", sorted({node for nodes in ROWS.values() for node in nodes}))
def test_the_test_exists(node):
    """Renaming a test must not quietly leave a hazard without one."""
    module, _, function = node.partition("::")
    assert function.startswith("test_")
    assert callable(getattr(importlib.import_module(module), function))
