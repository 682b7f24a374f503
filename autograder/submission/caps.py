"""How much of a hand-in is read. A notebook costs memory and time in proportion to its size only.

A file of a megabyte can unfold to gigabytes of objects: empty cells, nested lists, a letter that
makes every other letter of a text four bytes wide. So sizes are compared before anything is parsed.
The caps are far above what anybody writes: the longest notebook of this course has 188 cells with
100,000 bytes of source.
"""

from __future__ import annotations

MAX_BYTES = 50_000_000
"""Of a notebook file as it was handed in; its outputs, which are never read, count here alone."""

MAX_CELLS = 2_000

MAX_SOURCE_BYTES = 1_000_000
"""Of what all cells hold together, in UTF-8."""

MAX_CELL_BYTES = 500_000
"""Of what one cell holds, in UTF-8."""

MAX_PICTURE_BYTES = 25_000_000
"""Of the pictures that were pasted into texts, all together, as they are written in the file."""

MAX_REST_BYTES = 4_000_000
"""Of the file without its outputs and long strings: what is parsed."""

MAX_TOKENS = 200_000
"""Strings, lists, dictionaries and commas of what is parsed. Most lines of source are two."""

MAX_OUTPUT_TOKENS = 2_000_000
"""Strings, lists and dictionaries of the whole file, which are looked at to find its outputs."""


class TooLargeError(Exception):
    """More was handed in than is read; the message is a sentence or two for the student."""
