"""A submission on its way: run as it is, and perhaps some times more with right helpers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nbformat import NotebookNode

from autograder.execution import execute_fairly
from autograder.execution.task import NO_USAGE, Executed, Task, Usage
from autograder.exercises import Assignment
from autograder.grading.carrying import Tries, carry_forward, with_right_helpers, worth_trying
from autograder.grading.executing import grading_task
from autograder.grading.judging import Gathered, gather, judge, unreadable_result
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
    """What was gathered with right helpers, if there was reason to."""
    figures: bool | None = None
    """Whether figures were drawn, if that is not as the settings say."""
    tier: str = ""
    """How well the run was isolated."""

    def carried(self, result: NotebookResult, gathered: Gathered, tries: Tries) -> Judged:
        """The same, with what passed when ``tries`` had right helpers."""
        again = gathered if self.again is None else self.again.joined(gathered)
        return replace(self, result=carry_forward(self.result, result, tries), again=again)


@dataclass(frozen=True)
class Attempt:
    """A submission that runs: for the first time, or after ``first`` with right helpers.

    ``name`` is what its result calls it; ``later`` are the layers that are still to be tried.
    """

    prepared: Prepared
    task: Task
    name: str
    first: Judged | None = None
    tries: Tries | None = None
    later: tuple[Tries, ...] = ()
    alone: bool = False
    """Whether it runs with no other beside it, since it was hindered by others before."""

    def judged(self, executed: Executed, materials: Materials) -> Judged | Attempt:
        """The verdicts on what was ``executed``, or the attempt that has to be made for them."""
        assignment = self._assignment(materials)
        gathered = gather(executed.notebook, materials.source, assignment, materials.limits)
        result = judge(gathered, assignment, materials.key, self.name, self.prepared.notes)
        if self.first is None or self.tries is None:
            tier = executed.tier
            judged = Judged(executed.notebook, result, executed.usage, gathered, tier=tier)
            return self._next(judged, worth_trying(assignment, result), materials)
        judged = self.first.carried(result, gathered, self.tries)
        return self._next(judged, self.later, materials)

    def _assignment(self, materials: Materials) -> Assignment:
        """Of another try, only what is tried is judged."""
        assignment = materials.assignment
        if self.tries is None:
            return assignment
        tried = tuple(each for each in assignment.exercises if each.name in self.tries)
        return replace(assignment, exercises=tried)

    def _next(
        self, judged: Judged, layers: tuple[Tries, ...], materials: Materials
    ) -> Judged | Attempt:
        """The attempt at the first of ``layers``; ``judged`` itself if there is none."""
        if not layers:
            return judged
        tries, *later = layers
        cells = with_right_helpers(judged.notebook, materials.source, materials.assignment, tries)
        task = grading_task(
            cells,
            self.task.files,
            materials.inputs,
            materials.limits,
            framework=self.task.framework,
            concealed=self.task.concealed,
        )
        return replace(self, task=task, first=judged, tries=tries, later=tuple(later))


def judge_to_the_end(
    prepared: Prepared, name: str, materials: Materials, *, figures: bool, trust: bool
) -> Judged:
    """Run ``prepared``, called ``name`` in its result, as often as its verdicts need, and judge it.

    What could not be read is not run.
    """
    if prepared.reason:
        return judged_unread(prepared, name, materials)
    outcome: Judged | Attempt = Attempt(prepared, prepared.task(materials, figures), name)
    while isinstance(outcome, Attempt):
        outcome = outcome.judged(execute_fairly(outcome.task, trust), materials)
    return outcome


def judged_unread(prepared: Prepared, name: str, materials: Materials) -> Judged:
    """The verdicts on a submission without a notebook that can be run."""
    result = unreadable_result(materials.assignment, name, prepared.reason)
    return Judged(prepared.notebook, result, NO_USAGE)
