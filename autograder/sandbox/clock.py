"""How long a submission has run, by a clock that a busy machine does not make go faster.

What counts is processor time, of all of a submission's processes together, and time in which none
of them wanted a processor: whoever sleeps for an hour is not waiting for the machine. Time in which
a process was ready to run, but the machine had others to run, does not count.
"""

from __future__ import annotations

from autograder.sandbox import watching

FAR = 20
"""The wall clock ends what has taken so many times its limit, whatever it was that took so long."""
_MOSTLY_BUSY = 0.5
"""The share of a while that has to be processor time for the while to count as no waiting."""


class Clock:
    """The clock of one run. Look at it several times a second; it counts from look to look."""

    def __init__(self, now: float) -> None:
        """``now`` is the wall clock's time, in seconds."""
        self._begun = self._looked = self._cell_begun = now
        self._processor = 0.0
        self._cell_changed = False
        self.seconds = 0.0
        """Of the whole run, as far as it counts."""
        self.cell_seconds = 0.0
        """Of the current cell."""

    def new_cell(self, now: float) -> None:
        """Another cell begins; what counts until the next look is nobody's but the run's."""
        self._cell_begun, self._cell_changed = now, True
        self.cell_seconds = 0.0

    def look(
        self, now: float, process: int, known: float | None = None, *, unread: bool = False
    ) -> None:
        """Count what ``process`` and its descendants have used since the last look.

        ``known`` is their processor time by their control group, which misses nothing but what
        was used before they were in it.
        With something ``unread`` in its pipes, it may be waiting for who should read it.
        """
        processor = max(known or 0.0, watching.processor_seconds(process))
        used = max(0.0, processor - self._processor)
        passed = now - self._looked
        counts = used
        idle = used < _MOSTLY_BUSY * passed and not unread and not watching.is_runnable(process)
        if idle:
            # If nobody looked for long, that is not the submission's doing.
            counts = max(used, min(passed, 2 * watching.EVERY_SECONDS))
        self._processor, self._looked = processor, now
        self.seconds += counts
        if not self._cell_changed:
            self.cell_seconds += counts
        self._cell_changed = False

    def is_up(self, now: float, cell: float, run: float) -> bool:
        """Whether the cell has taken more than ``cell`` seconds, or the run more than ``run``."""
        by_the_wall = now - self._cell_begun > FAR * cell or now - self._begun > FAR * run
        return by_the_wall or self.cell_seconds > cell or self.seconds > run

    def waited(self, now: float) -> float:
        """Seconds that have passed and do not count."""
        return max(0.0, now - self._begun - self.seconds)
