"""The search: which items there are, what is drawn for each, and how they are done."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from random import Random

from benchmarks.courses import REPOSITORY
from benchmarks.fuzzing.capped import CAPS, Caps, Done, Entry, work_through
from benchmarks.fuzzing.importing import IMPORT
from benchmarks.fuzzing.judging import EVIDENCE, KEPT, MESSAGES
from benchmarks.fuzzing.reading import FOLDER, NOTEBOOK
from benchmarks.fuzzing.rooms import Drawn, Room
from benchmarks.fuzzing.running import CLASS, RUN
from benchmarks.fuzzing.seeds import Mixed, Seed
from benchmarks.fuzzing.showing import PAGE, REPORT

ROOMS = {
    room.name: room
    for room in (NOTEBOOK, FOLDER, EVIDENCE, KEPT, MESSAGES, PAGE, REPORT, IMPORT, RUN, CLASS)
}
_OF = 10_000
_RUNNING = 4
_BATCH = 100
"""Items of one process: more would share what it keeps in memory for a class."""


@dataclass(frozen=True)
class Item:
    """A room and a number, which is all that it takes to draw it again."""

    room: str
    number: int

    def __str__(self) -> str:
        """As ``--only`` takes it."""
        return f"{self.room}/{self.number}"


@dataclass(frozen=True)
class Finding:
    """An item that went wrong."""

    item: Item
    outcome: Done


@dataclass(frozen=True)
class Search:
    """A seed of chance, and what items are made from."""

    chance: int
    seeds: Sequence[Seed]
    rooms: Mapping[str, Room]
    caps: Caps = CAPS

    @classmethod
    def of(cls, chance: int, rooms: Mapping[str, Room] = ROOMS) -> Search:
        """Read all assignments of the repository's own course, and what judging reads once."""
        seeds = [Seed.of(REPOSITORY, assignment) for assignment in REPOSITORY.assignments]
        for seed in seeds:
            seed.judged(seed.evidence(Mixed.WRONG, seed.assignment.exercises, Random(0)))
        return cls(chance, seeds, rooms)

    def items(self, count: int, only: str = "") -> list[Item]:
        """``count`` items in all, each room's share; or those of one room, or a single one."""
        room, _, number = only.partition("/")
        if number:
            return [Item(room, int(number))]
        return [
            Item(each.name, place)
            for each in self.rooms.values()
            if room in ("", each.name)
            for place in range(max(1, round(count * each.share / _OF)))
        ]

    def go(self, items: Sequence[Item], workers: int) -> Iterator[tuple[Item, Done]]:
        """Do them, in an order of its own."""
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:

            def draw(item: Item) -> Entry:
                return partial(self.enter, item, self.drawn(item), Path(folder))

            batches = [
                batch[start : start + _BATCH]
                for room in self.rooms
                if (batch := [item for item in items if item.room == room])
                for start in range(0, len(batch), _BATCH)
            ]
            yield from work_through(batches, draw, workers, self._caps)

    def _caps(self, item: Item) -> Caps:
        """Who runs submissions starts a fork server first, and opens gradebooks."""
        running = self.rooms[item.room].executes
        return (
            replace(self.caps, processor=_RUNNING * self.caps.processor) if running else self.caps
        )

    def enter(self, item: Item, drawn: Drawn, folder: Path) -> tuple[float, bool]:
        """Take it through its room: the points won, and whether it was refused."""
        room = self.rooms[item.room]
        seed = self._seed(item)
        with tempfile.TemporaryDirectory(dir=folder) as own:
            try:
                return room.enter(seed, drawn, Path(own)), False
            except room.expected:
                return 0.0, True

    def drawn(self, item: Item) -> Drawn:
        """What is drawn for ``item``, always the same."""
        return self.rooms[item.room].draw(self._seed(item), Random(f"{self.chance}/{item}"))

    def _seed(self, item: Item) -> Seed:
        seeds = self.seeds
        if self.rooms[item.room].executes:
            seeds = [seed for seed in seeds if not seed.assignment.framework]
        return Random(f"{self.chance}/{item}/assignment").choice(seeds)
