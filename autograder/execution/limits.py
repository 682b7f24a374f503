"""How much a submission may use."""

from __future__ import annotations

from dataclasses import dataclass, replace

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What one submission may use; times are processor seconds, sizes are bytes.

    Time in which none of its processes wanted a processor counts like processor time, and the wall
    clock ends what takes many times as long (:mod:`autograder.sandbox.clock`).

    Without a sandbox (``--trust-submissions``) only the two times are enforced, by the wall clock.
    """

    cell: float = 30.0
    """Seconds for one cell."""
    notebook: float = 120.0
    """Seconds for all cells of a notebook together."""
    memory: int = 2_000 * MEGABYTE
    """Bytes of memory: of each process, and of all of a submission's processes together."""
    processes: int = 64
    """Processes and threads alive at once."""
    cell_output: int = 1 * MEGABYTE
    """Bytes that one cell may print and show; what comes after is cut off."""
    output: int = 8 * MEGABYTE
    """Bytes that a whole notebook may print and show."""
    files: int = 64 * MEGABYTE
    """Bytes of files that a submission may keep: its own, and those that it writes."""

    def raised_to(
        self, *, cell_seconds: float = 0, notebook_seconds: float = 0, memory_bytes: int = 0
    ) -> Limits:
        """The same, but at least these."""
        return replace(
            self,
            cell=max(self.cell, cell_seconds),
            notebook=max(self.notebook, notebook_seconds),
            memory=max(self.memory, memory_bytes),
        )


DEFAULT_LIMITS = Limits()
