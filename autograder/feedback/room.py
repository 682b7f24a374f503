"""How large a page may become, and what stands where something did not fit.

A picture of ten megabytes that is shown forty times would make a page that no browser opens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

PAGE_BYTES = 20_000_000
"""A page's size at the most: some hundred figures, or a few photographs."""
_LIMIT = f"the page would be larger than {PAGE_BYTES // 1_000_000} MB"
PICTURE_LEFT_OUT = f'<em class="soft">(A picture is left out here: {_LIMIT}.)</em>'
"""Stands where a picture would."""
_ABOUT = 100_000
"""What a page has around its cells, but for its summary."""


@dataclass
class Room:
    """How many bytes are ``left`` on a page; ``spare`` are those for pictures of one cell."""

    left: int = PAGE_BYTES - _ABOUT
    spare: int = 0

    def picture(self, size: int) -> bool:
        """Whether a picture of so many bytes fits into the cell; each time it is shown counts."""
        encoded = (size + 2) // 3 * 4
        if encoded > self.spare:
            return False
        self.spare -= encoded
        return True

    def take(self, html: str) -> bool:
        """Whether ``html`` fits; then there is less room for what comes after it."""
        size = len(html.encode("utf-8", "surrogatepass"))
        if size > self.left:
            return False
        self.left -= size
        return True


def fitting(
    cells: Iterable[NotebookNode], full: Callable[[NotebookNode], str], room: Room
) -> Iterator[str]:
    """The cells as ``full`` makes them, one after another while they fit.

    A cell that does not is shown without its pictures, or else not at all, in a sentence.
    """
    for cell in cells:
        for spare in (room.left, 0):
            room.spare = spare
            html = full(cell)
            if room.take(html):
                yield html
                break
        else:
            yield from _left_out(cell, full, room)


def _left_out(cell: NotebookNode, full: Callable[[NotebookNode], str], room: Room) -> Iterator[str]:
    """The cell's heading and comment, and a sentence for the rest; while there is room."""
    rest = NotebookNode(
        cell_type="raw", metadata=cell.metadata, source=f"This cell is left out: {_LIMIT}."
    )
    html = full(rest)
    if room.take(html):
        yield html
