"""A submission on its way: run as it is, and perhaps once more with right helpers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nbformat import NotebookNode

from autograder.execution.task import Executed, Task, Usage
from autograder.exercises import Assignment
from autograder.grading.carrying import Tries, carry_forward, with_right_helpers, worth_trying
from autograder.grading.executing import grading_task
from autograder.grading.judging import Gathered, gather, judge
from autograder.grading.preparing import Materials, Prepared
from autograder.verdicts import NotebookResult


@dataclass(frozen=True)
class Judged:
    """What came of a submission: its executed notebook, the verdicts, and what it used."""

    notebook: NotebookNode
    result: NotebookResult
    usage: Usage
    gathered: Gathered | None = None
    again: Gathered | None = None
    """What was gathered in the second try, if there was one."""
    figures: bool | None = None
    """Whether figures were drawn, if that is not as the settings say."""


@dataclass(frozen=True)
class Attempt:
    """A submission that runs: for the first time, or after ``first`` with right helpers."""

    prepared: Prepared
    task: Task
    first: Judged | None = None
    tries: Tries | None = None

    def judged(self, executed: Executed, materials: Materials) -> Judged | Attempt:
        """The verdicts on what was ``executed``, or the attempt that has to be made for them."""
        assignment = self._assignment(materials)
        gathered = gather(executed.notebook, materials.source, assignment, materials.limits)
        name = f"{self.prepared.student}/{assignment.name}"
        result = judge(gathered, assignment, materials.key, name, self.prepared.notes)
        if self.first is not None and self.tries is not None:
            carried = carry_forward(self.first.result, result, self.tries)
            return replace(self.first, result=carried, again=gathered)
        judged = Judged(executed.notebook, result, executed.usage, gathered)
        tries = worth_trying(assignment, result)
        return self._again(judged, tries, materials) if tries else judged

    def _assignment(self, materials: Materials) -> Assignment:
        """Of a second try, only what is tried is judged."""
        assignment = materials.assignment
        if self.tries is None:
            return assignment
        tried = tuple(each for each in assignment.exercises if each.name in self.tries)
        return replace(assignment, exercises=tried)

    def _again(self, first: Judged, tries: Tries, materials: Materials) -> Attempt:
        cells = with_right_helpers(first.notebook, materials.source, materials.assignment, tries)
        task = grading_task(
            cells,
            self.task.files,
            materials.inputs,
            materials.limits,
            framework=self.task.framework,
            concealed=self.task.concealed,
        )
        return Attempt(self.prepared, task, first, tries)
