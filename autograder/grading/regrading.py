"""Judge a class again from the evidence that was kept, without running anybody's code.

For a new file of expected outputs, a corrected case or changed points. Cases whose inputs have
changed cannot be judged so: their submissions have to be graded again.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.course import Course
from autograder.errors import CourseError
from autograder.execution.faults import METADATA
from autograder.execution.task import NO_USAGE
from autograder.exercises import Assignment
from autograder.grading.attempt import Judged
from autograder.grading.carrying import all_helpers, carry_forward, worth_trying
from autograder.grading.evidence_store import Kept, read_kept
from autograder.grading.judging import judge, unreadable_result
from autograder.grading.lock import only_grader
from autograder.grading.preparing import HandedIn, identify
from autograder.grading.saving import Saving
from autograder.grading.settings import DEFAULT_SETTINGS
from autograder.grading.storing import read_judged, renew_digest
from autograder.nodes import deep_copy
from autograder.verdicts import NotebookResult


@dataclass(frozen=True)
class Regraded:
    """What judging a submission again comes to, or the ``problem`` that keeps it from that."""

    student: str
    before: float = 0.0
    after: float = 0.0
    changed: bool = False
    problem: str = ""

    @property
    def gain(self) -> float:
        """Points won; negative for points lost."""
        return self.after - self.before


@dataclass(frozen=True)
class _Again:
    """The result of judging a submission again, and whether it is the same as before."""

    handed_in: HandedIn
    result: NotebookResult
    same: bool


class Regrading:
    """Judges a class again; ``outcomes`` says what would change, ``save`` changes it."""

    def __init__(self, saving: Saving, students: Sequence[str]) -> None:
        """Judge the submissions of ``students`` again; nothing is written yet."""
        self._saving = saving
        self._again: list[_Again] = []
        self.outcomes = [self._outcome(student) for student in students]

    def _outcome(self, student: str) -> Regraded:
        try:
            before = self._judged(student)["result"]
            handed_in = self._handed_in(student)
            result = self._result(student, self._kept(handed_in))
        except (CourseError, OSError) as error:
            return Regraded(student, problem=str(error))
        except Exception as error:  # whatever is wrong with one, the others go on
            return Regraded(student, problem=self._saving.logged(student, error))
        after = result.to_json()
        self._again.append(_Again(handed_in, result, before == after))
        return Regraded(student, before["score"], after["score"], before != after)

    def _judged(self, student: str) -> dict[str, Any]:
        saving = self._saving
        judged = read_judged(saving.notebook(student), saving.materials.assignment)
        if not judged:
            raise CourseError("It is not graded yet: run `autograder grade`.")
        return judged

    def _kept(self, handed_in: HandedIn) -> Kept:
        """The evidence, which is that of what is handed in now."""
        kept = read_kept(self._saving.evidence(handed_in.student))
        if kept.submission != handed_in.submission:
            raise CourseError("It was handed in again since: run `autograder grade`.")
        if kept.gathered is not None and (other := list(self._other_inputs(kept))):
            raise CourseError(
                f"{len(other)} cases have other inputs than those it was run with, such as "
                f"{other[0]!r}: run `autograder grade --force`."
            )
        return kept

    def _handed_in(self, student: str) -> HandedIn:
        saving = self._saving
        return identify(student, saving.hand_ins.folder(student), saving.materials)

    def _other_inputs(self, kept: Kept) -> Iterator[str]:
        for exercise, cases in self._saving.inputs.items():
            for case, digest in cases.items():
                if kept.inputs.get(exercise, {}).get(case) != digest:
                    yield case

    def _result(self, student: str, kept: Kept) -> NotebookResult:
        assignment, key = self._saving.materials.assignment, self._saving.materials.key
        name = f"{student}/{assignment.name}"
        if kept.gathered is None:
            return unreadable_result(assignment, name, kept.reason)
        result = judge(kept.gathered, assignment, key, name, kept.notes)
        if kept.again is None:
            return result
        # All that was tried then: nobody loses what a second try has earned already.
        worth = {
            name: tried
            for layer in worth_trying(assignment, result)
            for name, tried in layer.items()
        }
        tries = {
            exercise.name: worth.get(exercise.name, all_helpers(assignment, exercise))
            for exercise in assignment.exercises
            if kept.again.items.get(exercise.name)
        }
        return carry_forward(result, judge(kept.again, assignment, key, name), tries)

    def save(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Write what has changed, to the gradebook and to ``autograded/``.

        Feedback pages of what has changed are removed: :func:`write_feedback` writes them.
        """
        from autograder.nbgrader.commands import renew_points

        saving = self._saving
        if not self._again:
            return
        renew_points(saving.materials.course, saving.materials.assignment)
        for again in self._again:
            student = again.handed_in.student
            if again.same:
                renew_digest(saving.notebook(student), again.handed_in.digest)
            else:
                judged = self._judged_again(student, again.result)
                saving.save_again(saving.writer, again.handed_in, judged)
            tell(student)

    def _judged_again(self, student: str, result: NotebookResult) -> Judged:
        """What there is to save of it: the notebook as it was executed, the new result."""
        # As it is: this program wrote it, and nbformat would look all through it.
        notebook = deep_copy(json.loads(self._saving.notebook(student).read_text(encoding="utf-8")))
        figures = notebook.metadata[METADATA].get("figures", False)
        return Judged(notebook, result, NO_USAGE, figures=figures)


@contextlib.contextmanager
def regrading(
    course: Course,
    assignment: Assignment,
    *,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Regrading]:
    """Judge all graded submissions of ``assignment`` again; to be saved before this is left.

    Raises :class:`CourseError` if nothing has been graded.
    """
    with only_grader(course.root, say), contextlib.ExitStack() as opened:
        saving = Saving.of(course, assignment, DEFAULT_SETTINGS, opened, say)
        folder = course.root / str(saving.directory.autograded_directory)
        present = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
        students = [student for student in present if saving.notebook(student).exists()]
        if not students:
            raise CourseError(
                f"Nothing of {assignment.name} has been graded yet: run "
                f"`autograder grade {assignment.name}`."
            )
        yield Regrading(saving, students)
