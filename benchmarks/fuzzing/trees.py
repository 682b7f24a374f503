"""What can be wrong with the shape of JSON: parts dropped, doubled, retyped, nested, moved."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from random import Random
from typing import Any

from benchmarks.fuzzing.texts import mutated_text, repeated

MOST_BYTES = 1_500_000
"""Of a tree as JSON. What grows beyond, or stays as it was, is drawn anew."""
_EXTREMES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2, 3, 100, 2**31, -(2**31), 2**63, 2**64, 10**300, -0.0, 0.5,
    1e308, 5e-324, math.inf, -math.inf, math.nan, "", "0", "1", "NaN", "null", "\0", "\ud800",
    "\u202e", "a" * 300, "<script>alert(1)</script>", "[/b]", "../../x", "/etc/passwd",
    "\x1b[2J", [], {}, [[]], [None], [{}], {"": {}}, {"a": None}, {"\ud800": "\ud800"},
)  # fmt: skip
Place = tuple[Any, Any]
"""A list or dict, and the index or key of one of its parts."""


def mutated_tree(value: Any, rng: Random, times: int = 0) -> Any:
    """A copy of ``value``, which is JSON, with ``times`` things wrong with it; by default a few."""
    text = json.dumps(value)
    while True:
        root = [json.loads(text)]
        for _ in range(times or rng.choice((1, 1, 2, 3, 6, 20))):
            _MUTATIONS[rng.randrange(len(_MUTATIONS))](_place(root, rng), rng)
        changed = json.dumps(root[0]) if root else text
        if changed != text and len(changed) <= max(MOST_BYTES, 2 * len(text)):
            return root[0]


def _place(root: list[Any], rng: Random) -> Place:
    """Somewhere in the tree; by walking, so that a long list is no likelier than a short one."""
    within: Any = root
    key: Any = 0
    if not root:
        root.append(None)
    while isinstance(within[key], list | dict) and within[key] and rng.random() < 0.85:
        within = within[key]
        key = rng.choice(list(within) if isinstance(within, dict) else range(len(within)))
    return within, key


def _drop(place: Place, _: Random) -> None:
    within, key = place
    del within[key]


def _retype(place: Place, rng: Random) -> None:
    within, key = place
    within[key] = _copy(rng.choice(_EXTREMES))


def _nest(place: Place, rng: Random) -> None:
    within, key = place
    for _ in range(rng.choice((1, 1, 2, 9, 41, 300))):
        within[key] = [within[key]] if rng.random() < 0.5 else {"a": within[key]}


def _double(place: Place, rng: Random) -> None:
    within, key = place
    times = rng.choice((1, 1, 2, 10, 1_000))
    times = min(times, MOST_BYTES // (1 + len(json.dumps(within[key]))))
    if isinstance(within, list):
        within[key:key] = [_copy(within[key]) for _ in range(times)]
    else:
        within.update({f"{key} {number}": within[key] for number in range(times)})


def _swap(place: Place, rng: Random) -> None:
    within, key = place
    other = rng.choice(list(within) if isinstance(within, dict) else range(len(within)))
    within[key], within[other] = within[other], within[key]


def _rename(place: Place, rng: Random) -> None:
    within, key = place
    if isinstance(within, dict):
        within[rng.choice((key.upper(), mutated_text(key, rng)[:1_000], "", "id", "data"))] = (
            within.pop(key)
        )


def _lift(place: Place, rng: Random) -> None:
    """One of its parts takes the place of the whole."""
    within, key = place
    if isinstance(within[key], list | dict) and within[key]:
        parts = list(within[key].values() if isinstance(within[key], dict) else within[key])
        within[key] = rng.choice(parts)


def _write(place: Place, rng: Random) -> None:
    """Something else is written: in a text, or where a number is."""
    within, key = place
    old = within[key]
    if isinstance(old, str):
        within[key] = mutated_text(old, rng)
    elif isinstance(old, int | float) and math.isfinite(old):
        within[key] = rng.choice((old + 1, -old, old * 1_000_003, str(old), [old]))
    else:
        within[key] = repeated(rng)


def _copy(value: Any) -> Any:
    return json.loads(json.dumps(value)) if isinstance(value, list | dict) else value


def _as_text(place: Place, _: Random) -> None:
    within, key = place
    within[key] = json.dumps(within[key])


_MUTATIONS: tuple[Callable[[Place, Random], None], ...] = (
    _drop, _retype, _retype, _nest, _double, _swap, _rename, _lift, _write, _write, _write,
    _as_text,
)  # fmt: skip
