"""nbformat's nodes, built and copied without its looking through all that is in them."""

from __future__ import annotations

from typing import Any

from nbformat import NotebookNode


def node(**items: Any) -> NotebookNode:
    """A node with ``items`` as they are; those that are dicts must be nodes already."""
    fresh = NotebookNode()
    dict.update(fresh, items)
    return fresh


def shallow_copy(original: NotebookNode) -> NotebookNode:
    """A node with the same items."""
    fresh = NotebookNode()
    dict.update(fresh, original)
    return fresh


def deep_copy(value: Any) -> Any:
    """A copy of ``value`` with none of its nodes or lists; all else in a notebook is immutable."""
    if isinstance(value, dict):
        fresh = NotebookNode()
        dict.update(fresh, {key: deep_copy(item) for key, item in value.items()})
        return fresh
    if isinstance(value, list):
        return [deep_copy(item) for item in value]
    return value
