"""What a room is: how an item for it is drawn, and what becomes of it there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.fuzzing.seeds import Seed

Drawn = Mapping[str, Any]
"""An item: JSON and bytes by name, all that the room is given."""


@dataclass(frozen=True)
class Room:
    """One way through the trusted side.

    ``share`` is how many of 10,000 items come here. ``draw`` makes an item, and ``enter`` takes it
    through, with a folder of its own to write in; it returns the points won. What ``expected``
    names may be raised: whoever calls the room in earnest says so in a sentence.
    """

    name: str
    share: int
    draw: Callable[[Seed, Random], Drawn]
    enter: Callable[[Seed, Drawn, Path], float]
    expected: tuple[type[Exception], ...] = ()
    executes: bool = False
    """Whether it runs submissions: then only some assignments will do, and it takes seconds."""


class Harm(Exception):
    """What came out of a room would do harm; the message says how."""
