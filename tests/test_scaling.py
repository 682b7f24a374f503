"""What docs/scaling.md says of the simulated night is what the simulation says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.deadline_night import NIGHT_HOURS, Costs, arrivals_of, simulate, table

SCALING = Path(__file__).parent.parent / "docs" / "scaling.md"


def test_the_table_is_current():
    assert table() in SCALING.read_text(encoding="utf-8")


def test_half_come_in_the_last_doubling_time():
    arrivals = arrivals_of(10_000)
    assert arrivals.min() >= 0
    assert arrivals.max() <= NIGHT_HOURS * 3600
    assert np.mean(arrivals > (NIGHT_HOURS - 0.75) * 3600) == pytest.approx(0.5, abs=0.02)


def test_with_time_between_them_nobody_waits_longer_than_grading_takes():
    night = simulate(np.arange(20) * 100.0, 2, Costs(run=3, save=1))
    assert night.waits == pytest.approx(np.full(20, 4.0))
    assert night.longest_queue == 1


def test_all_at_once_are_limited_by_the_cores_or_by_the_coordinator():
    at_once = np.zeros(1_000)
    assert simulate(at_once, 4, Costs(run=2, save=0.01)).last == pytest.approx(500, rel=0.01)
    assert simulate(at_once, 400, Costs(run=2, save=0.5)).last == pytest.approx(502, rel=0.01)
