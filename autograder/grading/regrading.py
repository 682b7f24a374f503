"""Judge a class again from the evidence that was kept, without running anybody's code.

For a new file of expected outputs, a corrected case or changed points. Cases whose inputs have
changed cannot be judged so: their submissions have to be graded again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.grading.evidence_store import Kept, read_kept
from autograder.grading.judging_again import cases_with_other_inputs, judge_again, judged_again
from autograder.grading.lock import only_grader
from autograder.grading.preparing import HandedIn, Prepared, prepare
from autograder.grading.saving import Saving
from autograder.grading.settings import DEFAULT_SETTINGS
from autograder.grading.storing import read_judged, renew_digest
from autograder.nbgrader.student_folders import students_in
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
            judged = self._judged(student)
            before = judged["result"]
            prepared = self._prepared(student)
            result = self._result(prepared, self._kept(prepared))
        except (CourseError, OSError) as error:
            return Regraded(student, problem=str(error))
        after = result.to_json()
        handed_in = replace(prepared, run=judged.get("run", ""))  # it was not run again
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
        other = list(cases_with_other_inputs(kept, self._saving.inputs))
        if kept.gathered is not None and other:
            raise CourseError(
                f"{len(other)} cases have other inputs than those it was run with, such as "
                f"{other[0]!r}: run `autograder grade --force`."
            )
        return kept

    def _prepared(self, student: str) -> Prepared:
        saving = self._saving
        return prepare(student, saving.folder("submitted", student), saving.materials)

    def _result(self, prepared: Prepared, kept: Kept) -> NotebookResult:
        materials = self._saving.materials
        name = f"{prepared.student}/{materials.assignment.name}"
        return judge_again(kept, materials.assignment, materials.key, name, prepared.notes)

    def save(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Write what has changed, to the gradebook and to ``autograded/``.

        Feedback pages of what has changed are removed: :func:`write_feedback` writes them.
        """
        saving = self._saving
        if not self._again:
            return
        writer = saving.writer  # in which the points are those of today
        for again in self._again:
            student = again.handed_in.student
            if again.same:
                renew_digest(saving.notebook(student), again.handed_in.digest)
            else:
                judged = judged_again(saving.notebook(student), again.result)
                saving.save_again(writer, again.handed_in, judged)
            tell(student)


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
        present = students_in(saving.directory, "autograded", assignment.name)
        students = [student for student in present if saving.notebook(student).exists()]
        if not students:
            raise CourseError(
                f"Nothing of {assignment.name} has been graded yet: run "
                f"`autograder grade {assignment.name}`."
            )
        yield Regrading(saving, students)
