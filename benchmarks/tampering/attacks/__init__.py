"""All attacks, by what they go for. Each is harmless: it ends by itself and writes little."""

from __future__ import annotations

from benchmarks.tampering.attack import Attack
from benchmarks.tampering.attacks import (
    cells,
    comparisons,
    ending,
    forged,
    interpreter,
    reading,
)

ATTACKS: tuple[Attack, ...] = (
    *comparisons.ATTACKS,
    *interpreter.ATTACKS,
    *cells.ATTACKS,
    *forged.ATTACKS,
    *reading.ATTACKS,
    *ending.ATTACKS,
)
