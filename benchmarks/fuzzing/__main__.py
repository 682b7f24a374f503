"""``make fuzz``: 10,000 items by default; ``FUZZ=100000`` for a night, ``SEED=7`` for others.

Prints a line for each room and one for each finding, and keeps what was drawn for a finding in
``fuzz-findings/``. Exits with 1 if there is any. ``--only page/123`` does one item once more.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.fuzzing.capped import MEGABYTE, Done, processors
from benchmarks.fuzzing.search import Finding, Search

FINDINGS = Path("fuzz-findings")
_SAY_SO_EVERY = 1_000
_LINE = "{:10} {:>7} {:>9} {:>9} {:>12} {:>11} {:>9}"
_HEADINGS = ("room", "items", "refused", "findings", "points won", "most CPU s", "most MB")


def main() -> None:
    """Search, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=10_000, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=processors())
    parser.add_argument("--only", default="", metavar="ROOM[/NUMBER]")
    options = parser.parse_args()
    begun = time.monotonic()
    search = Search.of(options.seed)
    print(f"Seed {options.seed}: {options.items:,} items. The same again: SEED={options.seed}")
    found: list[Finding] = []
    done: dict[str, list[Done]] = {}
    for item, outcome in search.go(search.items(options.items, options.only), options.workers):
        done.setdefault(item.room, []).append(outcome)
        if not sum(map(len, done.values())) % _SAY_SO_EVERY:
            print(f"{sum(map(len, done.values())):,} done", file=sys.stderr, flush=True)
        if outcome.trouble:
            found.append(Finding(item, outcome))
            print(f"\n{item}: {outcome.trouble}", flush=True)
    print("\n" + _LINE.format(*_HEADINGS))
    for room, outcomes in done.items():
        print(_row(room, outcomes))
    print(_row("together", [each for outcomes in done.values() for each in outcomes]))
    print(f"{time.monotonic() - begun:.0f} s by the clock")
    if found:
        _keep(search, found)
        sys.exit(f"{len(found)} findings; what was drawn for each is in {FINDINGS}/")


def _row(name: str, outcomes: Sequence[Done]) -> str:
    return _LINE.format(
        name,
        len(outcomes),
        sum(each.refused for each in outcomes),
        sum(bool(each.trouble) for each in outcomes),
        f"{sum(each.won for each in outcomes):g}",
        f"{max((each.seconds for each in outcomes), default=0):.2f}",
        f"{max((each.memory for each in outcomes), default=0) / MEGABYTE:.0f}",
    )


def _keep(search: Search, found: Sequence[Finding]) -> None:
    """Write down what was drawn: bytes as files, all else as JSON."""
    for finding in found:
        folder = FINDINGS / str(finding.item).replace("/", "-")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (folder / "trouble.txt").write_text(finding.outcome.trouble, encoding="utf-8")
        drawn = dict(search.drawn(finding.item))
        for name, value in drawn.items():
            if isinstance(value, bytes):
                (folder / name).write_bytes(value)
        about = json.dumps(drawn, default=lambda value: value.decode("utf-8", "replace"))
        (folder / "drawn.json").write_text(about, encoding="utf-8", errors="surrogateescape")


if __name__ == "__main__":
    main()
