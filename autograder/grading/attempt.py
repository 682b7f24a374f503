"""A submission on its way: run as it is, perhaps rearranged, and perhaps with right helpers."""

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
from autograder.grading.rearranging import Rearrangement, rearrangement_for
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
    """A submission that runs: for the first time, or once more after ``first``.

    That is ``rearranged``, or with right helpers for ``tries``; ``later`` are the layers that are
    still to be tried, and ``base`` has their cells. ``name`` is what its result calls it.
    """

    prepared: Prepared
    task: Task
    name: str
    first: Judged | None = None
    tries: Tries | None = None
    later: tuple[Tries, ...] = ()
    rearranged: Rearrangement | None = None
    base: NotebookNode | None = None
    alone: bool = False
    """Whether it runs with no other beside it, since it was hindered by others before."""

    def judged(self, executed: Executed, materials: Materials) -> Judged | Attempt:
        """The verdicts on what was ``executed``, or the attempt that has to be made for them."""
        assignment = self._assignment(materials)
        gathered = gather(executed.notebook, materials.source, assignment, materials.limits)
        result = judge(gathered, assignment, materials.key, self.name, self.prepared.notes)
        if self.first is None:
            tier = executed.tier
            first = Judged(executed.notebook, result, executed.usage, gathered, tier=tier)
            return self._rearrange(first, gathered, materials) or self._carry(first, materials)
        if self.tries is not None:
            judged = self.first.carried(result, gathered, self.tries)
            return self._next(judged, self.later, materials)
        return self._compare(executed.notebook, gathered, result, materials)

    def _assignment(self, materials: Materials) -> Assignment:
        """Of another try, only what is tried is judged."""
        assignment = materials.assignment
        if self.first is None:
            return assignment
        tried = self.tries or (self.rearranged.hindrances if self.rearranged else ())
        exercises = tuple(each for each in assignment.exercises if each.name in tried)
        return replace(assignment, exercises=exercises)

    def _rearrange(self, first: Judged, gathered: Gathered, materials: Materials) -> Attempt | None:
        """The attempt without what may have kept answers from their checks, if anything has."""
        assignment = materials.assignment
        found = rearrangement_for(
            first.notebook, gathered, first.result, assignment, materials.limits
        )
        if found is None:
            return None
        cells = found.to_run(first.notebook, materials.source, assignment)
        return replace(self, task=self._task(cells, materials), first=first, rearranged=found)

    def _compare(
        self,
        executed: NotebookNode,
        gathered: Gathered,
        again: NotebookResult,
        materials: Materials,
    ) -> Judged | Attempt:
        """Of what was tried rearranged, each exercise keeps the better result."""
        first, found, assignment = self.first, self.rearranged, materials.assignment
        assert first is not None
        assert first.gathered is not None
        assert found is not None
        better = found.better(first.result, again)
        if better:
            said = first.gathered.with_better(gathered, better, found.notes(better))
            notes = self.prepared.notes
            result = judge(said, assignment, materials.key, self.name, notes)
            notebook = found.shown(first.notebook, executed, assignment, better)
            judged = replace(first, notebook=notebook, result=result, gathered=said)
        else:
            judged = first
        moved = found.not_worse(first.result, again)
        base = found.arranged(first.notebook, assignment, moved)
        return replace(self, rearranged=None, base=base)._carry(judged, materials)

    def _carry(self, judged: Judged, materials: Materials) -> Judged | Attempt:
        """What is left to be tried with right helpers."""
        layers = worth_trying(materials.assignment, judged.result)
        return self._next(judged, layers, materials)

    def _next(
        self, judged: Judged, layers: tuple[Tries, ...], materials: Materials
    ) -> Judged | Attempt:
        """The attempt at the first of ``layers``; ``judged`` itself if there is none."""
        if not layers:
            return judged
        tries, *later = layers
        base = judged.notebook if self.base is None else self.base
        cells = with_right_helpers(base, materials.source, materials.assignment, tries)
        task = self._task(cells, materials)
        return replace(self, task=task, first=judged, tries=tries, later=tuple(later))

    def _task(self, cells: NotebookNode, materials: Materials) -> Task:
        return grading_task(
            cells,
            self.task.files,
            materials.inputs,
            materials.limits,
            framework=self.task.framework,
            concealed=self.task.concealed,
        )


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
