"""Run a notebook in the sandbox to the end, whatever its cells do."""

from __future__ import annotations

import contextlib
import json
import math
import os
import select
import shutil
import signal
import socket
import tempfile
import time
from dataclasses import replace
from typing import Any

from nbformat import NotebookNode

from autograder.execution.faults import Fault, fault_of, set_fault
from autograder.execution.task import Executed, Task, Usage
from autograder.nodes import shallow_copy
from autograder.sandbox import messages as requests
from autograder.sandbox import watching
from autograder.sandbox.budget import Budget
from autograder.sandbox.clock import Clock
from autograder.sandbox.confinement import NOBODY
from autograder.sandbox.graded_cells import Check
from autograder.sandbox.processes import process_of
from autograder.sandbox.recording import Recording, shorten
from autograder.sandbox.shares import Share
from autograder.sandbox.supervisor import ForkServer, SandboxError, packed
from autograder.sandbox.tiers import Tier

_GATHERING_SECONDS = 0.005
"""Messages come in twos and threes; to be woken for each costs both sides more than to read it."""
_CHUNK = 1 << 16
_START_SECONDS = 60.0
"""A fork is confined in a few milliseconds; a machine that swaps may take long."""


def run_in_sandbox(server: ForkServer, task: Task) -> Executed:
    """Run ``task``; a cell that had to be given up keeps the outputs it had and carries its fault.

    The rest of the notebook runs again, in a fresh fork, without that cell. Raises
    :class:`SandboxError` if the sandbox itself fails.
    """
    notebook = _copied(task.notebook)
    begun, left = time.monotonic(), Budget(task.limits.notebook)
    while True:
        cells = [
            cell for cell in notebook.cells if cell.cell_type == "code" and fault_of(cell) is None
        ]
        run = _run_or_repeat(server, task, cells, left)
        used = max(run.clock.seconds, run.usage.cpu)
        left.take(used, run.recording, replace(run.usage, waited=run.waited))
        current = run.recording.current
        if run.fault is None or current is None:
            break
        set_fault(current, run.fault)
        shorten(current, task.limits.cell_output)
        if left.nothing:
            for cell in cells[run.recording.ended + 1 :]:
                cell.outputs = []
                set_fault(cell, left.fault)
            break
    return Executed(notebook, replace(left.usage, wall=time.monotonic() - begun))


def _copied(notebook: NotebookNode) -> NotebookNode:
    """A copy of ``notebook`` that may get other outputs and metadata in its cells."""
    fresh = shallow_copy(notebook)
    fresh.cells = [shallow_copy(cell) for cell in notebook.cells]
    for cell in fresh.cells:
        cell.metadata = shallow_copy(cell.metadata)
    return fresh


def _run_or_repeat(server: ForkServer, task: Task, cells: list[NotebookNode], left: Budget) -> _Run:
    """A run to its end. One that was lost with the server says nothing about the submission."""
    for _ in range(2):
        run = _Run(server, task, cells, left)
        run.to_the_end()
        if not run.lost:
            return run
    raise SandboxError(
        "The sandbox's own process was killed, twice: the machine may be short of memory. Grade "
        "with fewer --workers."
    )


class _Run:
    """One fork, from the request to its last sign of life."""

    def __init__(
        self, server: ForkServer, task: Task, cells: list[NotebookNode], left: Budget
    ) -> None:
        self._server, self._task = server, task
        self._cells = cells
        self._notebook_seconds = left.seconds
        self.recording = Recording(cells, task.limits, left.bytes_come)
        self.clock = Clock(time.monotonic())
        self.waited = 0.0
        self.fault: Fault | None = None
        self.usage = Usage()
        self.lost = False
        self._scratch: str | None = None
        self._share = Share()
        self._open = contextlib.ExitStack()
        self._handle = -1
        self._process = -1
        self._ended = self._reported = False

    def to_the_end(self) -> None:
        """Run until every cell has ended, or one had to be given up."""
        with self._open:
            self._scratch = self._scratch_folder()
            self._open.callback(self._share.close)
            self._ask()
            self._open.callback(self._end_for_certain)
            self._watch()

    def _scratch_folder(self) -> str | None:
        """Without namespaces a submission's files lie in a folder of its own on the disk."""
        if self._server.tier is Tier.FULL:
            return None
        folder = tempfile.mkdtemp(prefix="submission-")
        self._open.callback(shutil.rmtree, folder, ignore_errors=True)
        if os.geteuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        return folder

    def _ask(self) -> None:
        is_check = self._task.is_check
        task = {
            "cells": [None if is_check(cell) else cell.source for cell in self._cells],
            "files": dict(self._task.files),
            "variable": self._task.variable,
            "inputs": max(map(len, self._task.checks.values()), default=0),
            "limits": self._task.limits,
            "figures": self._task.figures,
            "seed": self._task.seed,
            "scratch": self._scratch,
            "concealed": self._task.concealed,
        }
        with contextlib.ExitStack() as theirs:
            self._messages, messages = self._pipe(theirs)
            self._raw, raw = self._pipe(theirs)
            self._report, report = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            self._open.enter_context(self._report)
            theirs.enter_context(report)
            files = [theirs.enter_context(packed(each)) for each in (task, self._checks())]
            request = requests.DRAW if self._task.figures else requests.RUN
            self._server.ask(request, *files, messages, raw, report.fileno())

    def _checks(self) -> list[Check]:
        """The graded cells, which the submission's process is given when they are due."""
        checks = self._task.checks
        return [
            (cell.source, checks[cell.metadata.nbgrader.grade_id])
            for cell in self._cells
            if self._task.is_check(cell)
        ]

    def _pipe(self, theirs: contextlib.ExitStack) -> tuple[int, int]:
        """A pipe: this side's end, which reads, and the one that is given away."""
        reading, writing = os.pipe()
        self._open.callback(os.close, reading)
        theirs.callback(os.close, writing)
        return reading, writing

    def _watch(self) -> None:
        """Record what comes until the process has ended, and end it when it must."""
        poll = select.poll()
        sources = {
            self._messages: self._hear,
            self._raw: self._hear_raw,
            self._report.fileno(): self._hear_report,
        }
        for source in sources:
            poll.register(source, select.POLLIN)
        begun = looked = time.monotonic()
        progress = (False, 0)
        while sources:
            now = time.monotonic()
            if (self.recording.started, self.recording.ended) != progress:
                progress = self.recording.started, self.recording.ended
                self.clock.new_cell(now)
            if self.fault is None and not self._ended:
                if self._process > 0 and now - looked >= watching.EVERY_SECONDS:
                    looked = now
                    self._share.enter(self._process)  # what was started before it was in one
                    used = self._share.seconds()
                    self.clock.look(now, self._process, used, unread=bool(poll.poll(0)))
                    self._judge_size()
                self._judge_time(now, now - begun)
            heard = poll.poll(watching.EVERY_SECONDS * 1000 + 1)
            if heard == [(self._messages, select.POLLIN)]:
                time.sleep(_GATHERING_SECONDS)
            for source, _ in heard:
                if not sources[source]():
                    poll.unregister(source)
                    del sources[source]
        self.waited = self.clock.waited(time.monotonic())
        self.recording.join_text()
        if self.fault is None and not self.recording.done:
            self.fault = Fault.DIED
            self.lost = not self._reported

    def _judge_time(self, now: float, since_asked: float) -> None:
        if not self.recording.started:
            if since_asked > _START_SECONDS:
                self._server.close()
                raise SandboxError("The sandbox did not start a submission in time.")
        elif self.clock.is_up(now, self._task.limits.cell, math.inf):
            self._end(Fault.TIMED_OUT)
        elif self.clock.is_up(now, self._task.limits.cell, self._notebook_seconds):
            self._end(Fault.CUT_SHORT)

    def _judge_size(self) -> None:
        limits = self._task.limits
        full = self._scratch is None
        if watching.uses_more(self._process, limits.memory, own_network=full):
            self._end(Fault.MEMORY)
        elif self._scratch is not None and (
            watching.threads(self._process) > limits.processes
            or watching.file_size(self._scratch, self._process) > limits.files
        ):
            self._end(Fault.CROWDED)

    def _hear(self) -> bool:
        data = os.read(self._messages, _CHUNK)
        if self.fault is None:
            self.recording.feed(data)
            self._end_flood()
        return bool(data)

    def _hear_raw(self) -> bool:
        data = os.read(self._raw, _CHUNK)
        if self.fault is None:
            self.recording.feed_raw(data)
            self._end_flood()
        return bool(data)

    def _end_flood(self) -> None:
        if self.recording.flooded:
            self._end(Fault.FLOODED)

    def _hear_report(self) -> bool:
        data, handles, _, _ = socket.recv_fds(self._report, 65_536, 1)
        if handles:
            self._handle = handles[0]
            self._process = process_of(self._handle)
            self._share.enter(self._process)
            if self.fault is not None:
                self._kill()
            return True
        if not data:
            self._ended = True
            return False
        report: dict[str, Any] = json.loads(data)
        if "refused" in report:
            raise SandboxError(f"The sandbox cannot be entered: {report['refused']}")
        self._ended = self._reported = True
        self.usage = Usage(0.0, report["cpu"], report["memory"])
        return True

    def _end(self, fault: Fault) -> None:
        self.fault = fault
        self._kill()

    def _kill(self) -> None:
        if self._handle >= 0:
            with contextlib.suppress(ProcessLookupError):  # it ended by itself
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)

    def _end_for_certain(self) -> None:
        """Whatever happened, the process has ended before its files are removed."""
        self._kill()
        if self._handle >= 0:
            select.select([self._handle], [], [], 10)
            os.close(self._handle)
