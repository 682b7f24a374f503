"""What a running notebook says to its supervisor: one JSON array a line, its kind first.

The supervisor trusts none of it: the submission's code can write to the same pipe.
"""

from __future__ import annotations

READY = "ready"
"""The process is confined, and the first cell begins."""
OUTPUT = "output"
"""An output of the current cell, as nbformat has it: ``["output", {...}]``; a display's id, by
which it may be updated later, may follow."""
UPDATE = "update"
"""New content of the display with an id: ``["update", {...}, id]``."""
CLEAR = "clear"
"""Clear the cell's outputs; ``["clear", true]`` waits for the next output to do so."""
END = "end"
"""The current cell has ended: ``["end", execution_count]``."""
DONE = "done"
"""Every cell has ended."""

RUN, DRAW = b"run", b"draw"
"""What the supervisor asks the fork server for: a run, and one whose figures are drawn."""
