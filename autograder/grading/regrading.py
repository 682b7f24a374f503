"""Judge a class again from the evidence that was kept, without running anybody's code.

For a new file of expected outputs, a corrected case or changed points. Cases whose inputs have
changed cannot be judged so: their submissions have to be graded again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import nbformat

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.grading.attempt import Judged
from autograder.grading.carrying import carry_forward, worth_trying
from autograder.grading.evidence_store import Kept, read_kept
from autograder.grading.judging import judge, unreadable_result
from autograder.grading.lock import only_grader
from autograder.grading.preparing import Prepared, prepare
from autograder.grading.saving import Saving
from autograder.grading.settings import Settings
from autograder.grading.storing import read_judged, renew_digest
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
class _Case:
    """A submission that was judged again, with what is needed to save it."""

    prepared: Prepared
    kept: Kept
    result: NotebookResult
    judged: dict[str, Any]


class Regrading:
    """Judges a class again; ``outcomes`` says what would change, ``save`` changes it."""

    def __init__(self, saving: Saving, students: Sequence[str]) -> None:
        """Judge the submissions of ``students`` again; nothing is written yet."""
        self._saving = saving
        self._cases: list[_Case] = []
        self.outcomes = [self._outcome(student) for student in students]

    def _outcome(self, student: str) -> Regraded:
        try:
            case = self._judge_again(student)
        except (CourseError, OSError) as error:
            return Regraded(student, problem=str(error))
        self._cases.append(case)
        before, after = case.judged["result"], case.result.to_json()
        return Regraded(student, before["score"], after["score"], before != after)

    def _judge_again(self, student: str) -> _Case:
        saving, materials = self._saving, self._saving.materials
        judged = read_judged(saving.notebook(student), materials.assignment)
        if not judged:
            raise CourseError("It is not graded yet: run `autograder grade`.")
        kept = read_kept(saving.evidence(student))
        prepared = prepare(student, saving.folder("submitted", student), materials)
        if kept.submission != prepared.submission:
            raise CourseError("It was handed in again since: run `autograder grade`.")
        if kept.gathered is not None and (other := list(self._other_inputs(kept))):
            raise CourseError(
                f"{len(other)} cases have other inputs than those it was run with, such as "
                f"{other[0]!r}: run `autograder grade --force`."
            )
        return _Case(prepared, kept, self._result(student, kept), judged)

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
        worth = worth_trying(assignment, result)
        tries = {
            exercise.name: worth.get(exercise.name, exercise.uses)
            for exercise in assignment.exercises
            if kept.again.items.get(exercise.name)
        }
        return carry_forward(result, judge(kept.again, assignment, key, name), tries)

    def save(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Write what has changed, to the gradebook and everywhere else."""
        from autograder.nbgrader.commands import renew_points

        saving = self._saving
        if not self._cases:
            return
        renew_points(saving.materials.course, saving.materials.assignment)
        for case in self._cases:
            student, result = case.prepared.student, case.result
            if case.judged["result"] == result.to_json():
                renew_digest(saving.notebook(student), case.prepared.digest)
            else:
                notebook = nbformat.from_dict(_read(saving, student))
                figures = case.judged.get("figures", False)
                gathered, again = case.kept.gathered, case.kept.again
                judged = Judged(notebook, result, case.kept.usage, gathered, again, figures)
                saving.save(saving.writer, case.prepared, judged)
            tell(student)


def _read(saving: Saving, student: str) -> Any:
    return nbformat.read(saving.notebook(student), as_version=nbformat.NO_CONVERT)


@contextlib.contextmanager
def regrading(
    course: Course,
    assignment: Assignment,
    *,
    feedback: bool = True,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Regrading]:
    """Judge all graded submissions of ``assignment`` again; to be saved before this is left.

    Raises :class:`CourseError` if nothing has been graded.
    """
    with only_grader(course.root, say), contextlib.ExitStack() as opened:
        saving = Saving.of(course, assignment, Settings(feedback=feedback), opened, say)
        folder = course.root / str(saving.directory.autograded_directory)
        present = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
        students = [student for student in present if saving.notebook(student).exists()]
        if not students:
            raise CourseError(
                f"Nothing of {assignment.name} has been graded yet: run "
                f"`autograder grade {assignment.name}`."
            )
        yield Regrading(saving, students)
