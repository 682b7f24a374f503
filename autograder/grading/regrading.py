"""Judge a class again from the evidence that was kept, without running anybody's code.

For other due dates and extensions, which change late penalties, and for a new file of expected
outputs, a corrected case or changed points. Cases whose inputs have changed cannot be judged so:
their submissions have to be graded again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.feedback.standing import Standing
from autograder.feedback.standings import read_standings
from autograder.grading.evidence_store import Kept, read_kept
from autograder.grading.judging_again import cases_with_other_inputs, judge_again, judged_again
from autograder.grading.lock import only_grader
from autograder.grading.preparing import HandedIn, Prepared, prepare
from autograder.grading.saving import Saving
from autograder.grading.settings import DEFAULT_SETTINGS
from autograder.grading.storing import read_judged, renew_digest
from autograder.nbgrader.student_folders import students_in
from autograder.verdicts import NotebookResult

if TYPE_CHECKING:
    from autograder.nbgrader.penalties import Penalty


@dataclass(frozen=True)
class Regraded:
    """What judging a submission again comes to, or the ``problem`` that keeps it from that.

    Points are those that count: with points by hand, less the penalty for lateness, which is
    ``late_before`` and ``late_after`` and is computed anew in any case. ``changed`` tells of other
    verdicts.
    """

    student: str
    before: float = 0.0
    after: float = 0.0
    changed: bool = False
    problem: str = ""
    late_before: float = 0.0
    late_after: float = 0.0

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
        self._again: dict[str, _Again] = {}
        self._times: dict[str, datetime | None] = {}
        problems = {student: self._judge_again(student) for student in students}
        standings = read_standings(
            saving.directory.db_url, saving.materials.assignment.name, saving.directory.course_id
        )
        penalties = {each.student: each for each in saving.reader.penalties(self._times)}
        everybody = sorted({*students, *(each for each in penalties if penalties[each].changes)})
        self.outcomes = [
            self._outcome(each, standings.get(each), penalties.get(each), problems.get(each, ""))
            for each in everybody
        ]

    def _judge_again(self, student: str) -> str:
        """Judge it again, and read when it was handed in; the problem, if there is one."""
        try:
            judged = self._judged(student)
            before = judged["result"]
            prepared = self._prepared(student)
            reader = self._saving.reader
            self._times[student] = reader.handed_in_at(student, prepared.timestamp)
            result = self._result(prepared, self._kept(prepared))
        except (CourseError, OSError) as error:
            return str(error)
        except Exception as error:  # whatever is wrong with one, the others go on
            return self._saving.logged(student, error)
        handed_in = replace(prepared, run=judged.get("run", ""))  # it was not run again
        self._again[student] = _Again(handed_in, result, before == result.to_json())
        return ""

    def _outcome(
        self, student: str, before: Standing | None, late: Penalty | None, problem: str
    ) -> Regraded:
        """What counts of it before and after; ``late`` is what its penalty would be as it is."""
        if before is None or late is None:
            self._again.pop(student, None)
            missing = "It is not in the gradebook: run `autograder grade`."
            return Regraded(student, problem=problem or missing)
        again = self._again.get(student)
        after = replace(before, late_penalty=late.after)
        changed = again is not None and not again.same
        if again is not None and changed:
            scores = self._saving.scores(again.result)
            after = self._saving.reader.preview(student, again.handed_in.timestamp, scores)
        return Regraded(
            student,
            before.total,
            after.total,
            changed,
            problem or late.problem,
            before.late_penalty,
            after.late_penalty,
        )

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
        return prepare(student, saving.hand_ins.folder(student), saving.materials)

    def _result(self, prepared: Prepared, kept: Kept) -> NotebookResult:
        materials = self._saving.materials
        name = f"{prepared.student}/{materials.assignment.name}"
        return judge_again(kept, materials.assignment, materials.key, name, prepared.notes)

    def save(self, tell: Callable[[str], None] = lambda _: None) -> None:
        """Write what has changed, to the gradebook and to ``autograded/``.

        Everybody's late penalty is renewed, theirs too who cannot be judged again. Feedback pages
        of other verdicts are removed; :func:`write_feedback` writes what is not current.
        """
        saving = self._saving
        writer = saving.writer  # in which the points are those of today
        for student, again in self._again.items():
            if again.same:
                renew_digest(saving.notebook(student), again.handed_in.digest)
            else:
                judged = judged_again(saving.notebook(student), again.result)
                saving.save_again(writer, again.handed_in, judged)
            tell(student)
        writer.renew_penalties(self._times)


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
