"""A submission on its way: run as it is, and perhaps once more with right helpers."""

from __future__ import annotations

from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.execution.task import Executed, Task, Usage
from autograder.grading.carrying import Tries, carry_forward, with_right_helpers, worth_trying
from autograder.grading.executing import grading_task
from autograder.grading.judging import judge_notebook
from autograder.grading.preparing import Materials, Prepared
from autograder.verdicts import NotebookResult


@dataclass(frozen=True)
class Judged:
    """What came of a submission: its executed notebook, the verdicts, and what it used."""

    notebook: NotebookNode
    result: NotebookResult
    usage: Usage


@dataclass(frozen=True)
class Attempt:
    """A submission that runs: for the first time, or after ``first`` with right helpers."""

    prepared: Prepared
    task: Task
    first: Judged | None = None
    tries: Tries | None = None

    def judged(self, executed: Executed, materials: Materials) -> Judged | Attempt:
        """The verdicts on what was ``executed``, or the attempt that has to be made for them."""
        result = self._result(executed, materials)
        if self.first is not None and self.tries is not None:
            carried = carry_forward(self.first.result, result, self.tries)
            return Judged(self.first.notebook, carried, self.first.usage)
        judged = Judged(executed.notebook, result, executed.usage)
        tries = worth_trying(materials.assignment, result)
        return self._again(judged, tries, materials) if tries else judged

    def _result(self, executed: Executed, materials: Materials) -> NotebookResult:
        return judge_notebook(
            executed.notebook,
            materials.source,
            materials.assignment,
            materials.key,
            materials.limits,
            f"{self.prepared.student}/{materials.assignment.name}",
            self.prepared.notes,
        )

    def _again(self, first: Judged, tries: Tries, materials: Materials) -> Attempt:
        cells = with_right_helpers(first.notebook, materials.source, materials.assignment, tries)
        task = grading_task(cells, self.task.files, materials.inputs, materials.limits)
        return Attempt(self.prepared, task, first, tries)
