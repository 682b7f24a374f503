"""What a submission may use in all its runs together: seconds of its clock, and bytes of output."""

from __future__ import annotations

from autograder.execution.faults import Fault
from autograder.execution.task import Usage
from autograder.sandbox.recording import Recording

_START_COSTS = 0.1
"""Seconds that a run takes at least off what a submission may use, however soon it ends."""


class Budget:
    """What is left of it, and the usage so far."""

    def __init__(self, seconds: float) -> None:
        """``seconds`` are for all runs."""
        self.seconds, self.bytes_come, self.usage = seconds, 0, Usage()
        self._exhausted = False

    def take(self, seconds: float, recording: Recording, usage: Usage) -> None:
        """Take off what a run has used; to start anew is not for nothing."""
        self.seconds -= max(seconds, _START_COSTS)
        self.bytes_come, self._exhausted = recording.come, recording.exhausted
        self.usage = Usage(
            0.0,
            self.usage.cpu + usage.cpu,
            max(self.usage.memory, usage.memory),
            self.usage.waited + usage.waited,
        )

    @property
    def nothing(self) -> bool:
        """Whether there can be no further run."""
        return self.seconds <= 0 or self._exhausted

    @property
    def fault(self) -> Fault:
        """What is wrong with cells that could not be run any more."""
        return Fault.NOT_RUN if self.seconds <= 0 else Fault.FLOODED
