"""Who runs out of time because the machine had others to run is run once more, alone."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from autograder.execution.faults import Fault, set_fault
from autograder.execution.task import Usage
from autograder.grading import whole_class
from tests.grading.classes import class_of, grade
from tests.submissions import solved

LATE = Usage(wall=40, cpu=12, waited=28)
LATE_BY_ITSELF = Usage(wall=40, cpu=38, waited=2)


class Machine:
    """Runs submissions as ever, but says of those by some that their time was up."""

    def __init__(self, monkeypatch, usages):
        self.usages, self.runs, self.beside = dict(usages), [], []
        self._execute, self._running, self._lock = whole_class.execute, 0, threading.Lock()
        monkeypatch.setattr(whole_class, "execute", self.execute)

    def execute(self, task, trust=False):
        """As :func:`autograder.execution.execute`."""
        (student,) = [name for name in self.usages if name in task.notebook.cells[-1].source]
        with self._lock:
            self._running += 1
            self.runs.append(student)
            usages = self.usages[student]
            usage = usages.pop(0) if usages else None
        executed = self._execute(task, trust)
        with self._lock:
            self.beside.append((student, self._running - 1))
            self._running -= 1
        if usage is None:
            return executed
        for cell in executed.notebook.cells:
            if cell.cell_type == "code":
                cell.outputs = []
                set_fault(cell, Fault.TIMED_OUT)
        return replace(executed, usage=usage)


def named(student):
    notebook = solved()
    notebook.cells[-1].source += f"\n\n{student}"
    return notebook


@pytest.fixture
def graded(tmp_path, monkeypatch):
    usages = {"anna": [LATE], "bela": [LATE_BY_ITSELF], "cleo": [LATE, LATE], "dora": []}
    machine = Machine(monkeypatch, usages)
    course = class_of(tmp_path / "course", {student: named(student) for student in usages})
    return grade(course), machine


def test_only_what_is_a_submission_s_own_doing_counts(graded):
    outcomes, machine = graded
    scores = {student: outcome.score for student, outcome in outcomes.items()}
    assert scores == {"anna": 100, "bela": 0, "cleo": 0, "dora": 100}
    assert sorted(machine.runs) == ["anna", "anna", "bela", "cleo", "cleo", "dora"]


def test_the_second_time_nothing_runs_beside_it(graded):
    _, machine = graded
    assert [beside for student, beside in machine.beside[-2:]] == [0, 0]
    assert sorted(student for student, _ in machine.beside[-2:]) == ["anna", "cleo"]
