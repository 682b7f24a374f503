"""The clock of a run: processor time counts, and sleep; waiting for a busy machine does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox import watching
from autograder.sandbox.clock import FAR, Clock

pytestmark = pytest.mark.no_sandbox


class Machine:
    """What watching says of a process in each while of 0.2 s."""

    def __init__(self, monkeypatch, begun=100.0):
        self.now, self.used, self.runnable = begun, 0.0, False
        monkeypatch.setattr(watching, "processor_seconds", lambda process: self.used)
        monkeypatch.setattr(watching, "is_runnable", lambda process: self.runnable)
        self.clock = Clock(begun)

    def pass_time(self, seconds, *, share, runnable, every=0.2):
        """Let ``seconds`` pass in which the process has ``share`` of a processor."""
        for _ in range(round(seconds / every)):
            self.now += every
            self.used += share * every
            self.runnable = runnable
            self.clock.look(self.now, 1)


@pytest.fixture
def machine(monkeypatch):
    return Machine(monkeypatch)


def test_a_computing_process_is_charged_what_it_uses(machine):
    machine.pass_time(10, share=1, runnable=True)
    assert machine.clock.seconds == pytest.approx(10)
    assert machine.clock.waited(machine.now) == pytest.approx(0)


def test_a_starved_process_is_charged_no_more_than_that(machine):
    machine.pass_time(10, share=0.1, runnable=True)
    assert machine.clock.seconds == pytest.approx(1)
    assert machine.clock.waited(machine.now) == pytest.approx(9)


def test_many_processes_are_charged_for_all(machine):
    machine.pass_time(10, share=2, runnable=True)
    assert machine.clock.seconds == pytest.approx(20)


def test_sleep_counts(machine):
    machine.pass_time(10, share=0, runnable=False)
    assert machine.clock.seconds == pytest.approx(10)
    assert machine.clock.cell_seconds == pytest.approx(10)


def test_time_in_which_nobody_looked_is_nobody_s(machine):
    """A coordinator that is busy reads no pipe, and whoever writes to it seems to sleep."""
    machine.pass_time(60, share=0, runnable=False, every=20)
    assert machine.clock.seconds < 2


def test_who_waits_to_be_read_does_not_sleep(machine):
    for second in range(10):
        machine.clock.look(machine.now + second, 1, unread=True)
    assert machine.clock.seconds == 0


def test_a_cell_is_charged_from_its_beginning(machine):
    machine.pass_time(5, share=1, runnable=True)
    machine.clock.new_cell(machine.now)
    machine.pass_time(2, share=1, runnable=True)
    assert machine.clock.seconds == pytest.approx(7)
    assert machine.clock.cell_seconds == pytest.approx(1.8)


def test_processes_that_vanish_do_not_stop_the_clock(machine):
    """Who forgets its children loses their time, but what comes after counts again."""
    machine.pass_time(4, share=1, runnable=True)
    machine.used = 0
    machine.pass_time(4, share=1, runnable=True)
    assert machine.clock.seconds == pytest.approx(8, abs=0.3)


def test_time_is_up_by_the_clock_or_far_later_by_the_wall(machine):
    machine.pass_time(3, share=0.01, runnable=True)
    assert not machine.clock.is_up(machine.now, cell=1, run=5)
    assert machine.clock.is_up(machine.now + FAR, cell=1, run=1_000)
    assert machine.clock.is_up(machine.now + FAR, cell=1_000, run=1)
    machine.pass_time(2, share=1, runnable=True)
    assert machine.clock.is_up(machine.now, cell=1, run=5)


@given(st.lists(st.tuples(st.floats(0, 2), st.booleans()), max_size=30))
def test_nobody_is_charged_more_than_what_they_use_or_the_wall(whiles):
    with pytest.MonkeyPatch.context() as patch:
        machine = Machine(patch)
        for share, runnable in whiles:
            machine.pass_time(0.2, share=share, runnable=runnable)
        clock = machine.clock
        assert machine.used - 1e-6 <= clock.seconds
        assert clock.seconds <= max(machine.used, machine.now - 100) + machine.used + 1e-6
        assert clock.cell_seconds <= clock.seconds + 1e-6
