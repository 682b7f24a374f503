"""What is known of a submission that was graded before: whether that still holds.

A run depends on all that it reads: the restored notebook, the student's files and the course's, the
cases' inputs, limits, and the programs that take part. Verdicts depend on its evidence and on what
judges it. So a submission is run again only if something has changed that a run would read.
"""

from __future__ import annotations

import contextlib
from functools import cached_property
from typing import Any

from autograder.errors import CourseError
from autograder.execution import TRUSTED
from autograder.grading.evidence_store import Kept, read_kept
from autograder.grading.judging_again import judge_again, judged_again
from autograder.grading.outcome import Graded, in_words
from autograder.grading.preparing import Prepared
from autograder.grading.saving import Saving
from autograder.grading.storing import read_judged
from autograder.sandbox import shared_server
from autograder.sandbox.tiers import Tier


class Known:
    """What an earlier grading has left of a ``prepared`` submission."""

    def __init__(self, saving: Saving, prepared: Prepared) -> None:
        """Nothing is read before it is asked for."""
        self._saving, self.prepared = saving, prepared

    @property
    def was_run_so(self) -> bool:
        """Whether running it would only repeat what was done, and what came of that is there."""
        about, settings = self._about, self._saving.settings
        if about.get("run") != self.prepared.run:
            return False
        figures = about.get("figures", False) or not settings.figures
        return figures and self._as_isolated() and (self.is_current or self._kept is not None)

    @cached_property
    def is_current(self) -> bool:
        """Whether it is all in the gradebook, as it would be now."""
        same = self._about.get("digest") == self.prepared.digest
        return same and self.prepared.student in self._saving.writer.scored

    def unchanged(self) -> Graded:
        """The outcome of what is current."""
        result = self._about["result"]
        return self._saving.graded(
            self.prepared.student,
            result["score"],
            result["max_score"],
            in_words(result),
            skipped=True,
        )

    def judged_again(self) -> Graded:
        """The outcome of judging it again from what was kept of its run, which is saved."""
        saving, prepared, kept = self._saving, self.prepared, self._kept
        assert kept is not None
        assignment, key = saving.materials.assignment, saving.materials.key
        name = f"{prepared.student}/{assignment.name}"
        result = judge_again(kept, assignment, key, name, prepared.notes)
        judged = judged_again(saving.notebook(prepared.student), result)
        return saving.save_judged_again(saving.writer, prepared, judged)

    @cached_property
    def _about(self) -> dict[str, Any]:
        notebook = self._saving.notebook(self.prepared.student)
        return read_judged(notebook, self._saving.materials.assignment)

    @cached_property
    def _kept(self) -> Kept | None:
        """What was kept of this very run, if it was."""
        with contextlib.suppress(CourseError):
            kept = read_kept(self._saving.evidence(self.prepared.student))
            if kept.run == self.prepared.run:
                return kept
        return None

    def _as_isolated(self) -> bool:
        """Whether it would be isolated no better now, nor be trusted where it was not.

        What was never run needed none; what ran on others' machines is asked of them alone.
        """
        tier, settings = self._about.get("tier", ""), self._saving.settings
        if not tier or tier == TRUSTED or settings.trust:
            return not tier or (tier == TRUSTED) == settings.trust
        if tier == Tier.FULL or settings.scheduler:
            return True
        with contextlib.suppress(CourseError):  # who has to run something says so
            return bool(shared_server().tier == tier)
        return True
