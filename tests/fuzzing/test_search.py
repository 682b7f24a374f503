"""A few hundred of ``make fuzz``'s items, and that it would say so if anything were amiss."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from autograder.errors import CourseError
from benchmarks.fuzzing.capped import MEGABYTE, Caps, Done, Entry, work_through
from benchmarks.fuzzing.rooms import Drawn, Room
from benchmarks.fuzzing.search import ROOMS, Item, Search
from benchmarks.fuzzing.seeds import Mixed, Seed
from benchmarks.fuzzing.trees import mutated_tree

QUIET = {name: room for name, room in ROOMS.items() if not room.executes}
FEW = 240
CAPS = Caps(processor=1, clock=60, memory=50 * MEGABYTE, wall=200 * MEGABYTE)


@pytest.fixture(scope="module")
def search() -> Search:
    return Search.of(2026, QUIET)


def _outcomes(search: Search, items: list[Item]) -> dict[Item, Done]:
    return dict(search.go(items, 2))


def test_nothing_is_uncaught_won_or_over_its_cap(search):
    items = search.items(FEW)
    outcomes = _outcomes(search, items)
    assert outcomes.keys() == set(items)
    assert {str(item): each.trouble for item, each in outcomes.items() if each.trouble} == {}
    assert {item.room for item in items} == QUIET.keys()


def test_an_item_is_drawn_the_same_again(search):
    again = Search(2026, search.seeds, QUIET)
    for name in QUIET:
        assert search.drawn(Item(name, 7)) == again.drawn(Item(name, 7))
    assert search.drawn(Item("page", 7)) != search.drawn(Item("page", 8))


def test_most_evidence_gets_as_far_as_a_verdict(search):
    """Else it would say nothing that no points are won."""
    drawn = [search.drawn(Item("evidence", number)) for number in range(40)]
    assert all(str(each["items"]) != str(each["before"]) for each in drawn)
    assert sum(any(each["items"].values()) for each in drawn) > 35


@pytest.mark.parametrize("kind", [Mixed.WRONG, Mixed.MISTAKEN, Mixed.RAISING])
def test_what_evidence_is_made_from_earns_nothing(search, kind):
    for seed in search.seeds:
        items = seed.evidence(kind, seed.assignment.exercises, Random(1))
        assert all(items.values())
        assert seed.judged(items).score == 0


def test_partly_right_evidence_earns_something(search):
    for seed in search.seeds:
        items = seed.evidence(Mixed.PARTLY, seed.assignment.exercises, Random(1))
        assert 0 < seed.judged(items).score < seed.assignment.points


def test_mutated_trees_are_others_and_bounded():
    tree = {"cells": [{"source": "x = 1", "metadata": {}}] * 3, "nbformat": 4}
    found = [mutated_tree(tree, Random(number)) for number in range(200)]
    assert all(str(each) != str(tree) for each in found)
    assert len({str(each) for each in found}) > 150


def _wins(*_: object) -> float:
    return 5.0


def _raises(*_: object) -> float:
    raise KeyError("no such cell")


def _refuses(*_: object) -> float:
    raise CourseError("There is no such cell.")


def _spins(*_: object) -> float:
    while True:
        pass


def _sleeps(*_: object) -> float:
    time.sleep(600)
    return 0.0


def _hoards(*_: object) -> float:
    return float(len(bytearray(120_000_000)) * 0)


def _hoards_far_too_much(*_: object) -> float:
    return float(len(bytearray(900_000_000)) * 0)


def _dies(*_: object) -> float:
    os._exit(3)


def _behaves(*_: object) -> float:
    return 0.0


def _room(enter: Callable[..., float]) -> Room:
    def draw(seed: Seed, rng: Random) -> Drawn:
        return {"number": rng.random()}

    return Room("room", 10_000, draw, enter, (CourseError,))


AMISS = {
    "it won 5 points": _wins,
    "KeyError: 'no such cell'": _raises,
    "it took more than 1 s of processor time": _spins,
    "it took more than 4 s by the clock": _sleeps,
    "MB, more than 50": _hoards,
    "MemoryError": _hoards_far_too_much,
    "its process ended with 3": _dies,
}


@pytest.mark.parametrize("trouble", AMISS)
def test_what_is_amiss_is_found_and_the_search_goes_on(search, trouble):
    caps = replace(CAPS, clock=4 if "clock" in trouble else 60)
    seed = search.seeds[0]
    done = []

    def draw(number: int) -> Entry:
        work = AMISS[trouble] if number == 1 else _behaves
        return lambda: (_room(work).enter(seed, {}, Path()), False)

    for number, outcome in work_through([[0, 1, 2]], draw, 1, lambda _: caps):
        done.append((number, trouble in outcome.trouble, outcome.trouble == ""))
    assert done == [(0, False, True), (1, True, False), (2, False, True)]


def test_what_a_room_refuses_in_a_sentence_is_no_finding(search):
    one = Search(1, search.seeds, {"room": _room(_refuses)})
    ((_, outcome),) = one.go([Item("room", 0)], 1)
    assert outcome.refused
    assert not outcome.trouble
