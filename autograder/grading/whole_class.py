"""Grade a class: from submitted/ to autograded/, feedback/ and the gradebook.

This is the coordinator, and the only one that writes. Submissions run elsewhere, several at once,
each as a pure function of its task; here they are prepared, judged and saved, one after another.

A submission is done when its autograded notebook is there, for that is written last. So a run that
was killed at any moment is simply started again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from autograder.course import Course
from autograder.errors import CourseError
from autograder.execution import execute
from autograder.execution.task import Executed
from autograder.exercises import Assignment
from autograder.frameworks import require
from autograder.grading.as_of_today import as_of_today
from autograder.grading.attempt import Attempt, Judged, judged_unread
from autograder.grading.hand_ins import LEFT_OUT, HandIns
from autograder.grading.known import Known
from autograder.grading.lock import only_grader
from autograder.grading.outcome import Graded
from autograder.grading.pool import Pool, open_pool
from autograder.grading.preparing import Prepared, prepare
from autograder.grading.saving import Saving
from autograder.grading.settings import DEFAULT_SETTINGS, Settings
from autograder.nbgrader.student_folders import students_in
from autograder.submission.arrival import refuse_impossible_time

if TYPE_CHECKING:
    from autograder.nbgrader.gradebook import GradebookWriter

Tell = Callable[[Graded], None]
Running = dict[Future[Executed], Attempt]
Outcome = TypeVar("Outcome")
_AHEAD = 2
"""How many submissions are prepared for each that runs."""


def students_with_submissions(course: Course, assignment: Assignment) -> list[str]:
    """The ids of the students who have handed in something for ``assignment``, in order.

    That may lie where it cannot be graded: then they hear why.
    """
    directory = course.directory
    hand_ins = HandIns.of(course, assignment, directory)
    students = students_in(directory, "submitted", assignment.name)
    return [each for each in students if hand_ins.place(each)]


def grade_class(
    course: Course,
    assignment: Assignment,
    students: Sequence[str] = (),
    settings: Settings = DEFAULT_SETTINGS,
    *,
    tell: Tell = lambda _: None,
    say: Callable[[str], None] = lambda _: None,
) -> list[Graded]:
    """Grade the submissions of ``students``, or of all; ``tell`` hears of each as it is done.

    What was graded before is skipped if nothing has changed that its grade depends on, and only
    judged again if nothing has that a run would read, unless ``settings.force`` is set. ``say``
    hears why there is a wait. Returns the outcomes in the order of the students. Raises
    :class:`CourseError` if there is nothing to grade, a student is unknown, or there is no sandbox
    or not the framework that is needed; a submission that could not be graded is an outcome with
    its problem, and the others go on.
    """
    wanted = _wanted(course, assignment, students)
    if not settings.scheduler:  # which of its workers have it shows when they are asked to run
        require(assignment.framework, assignment.name)
    with only_grader(course.root, say), contextlib.ExitStack() as opened:
        saving = Saving.of(course, assignment, settings, opened, say)
        outcomes = as_of_today(saving, _Coordinator(saving, settings).grade(wanted, tell))
    return sorted(outcomes, key=lambda outcome: wanted.index(outcome.student))


def _wanted(course: Course, assignment: Assignment, students: Sequence[str]) -> list[str]:
    present = students_with_submissions(course, assignment)
    if unknown := sorted(set(students) - set(present)):
        raise CourseError(
            f"There is no submission of {assignment.name} by {', '.join(unknown)} in "
            f"{course.folder('submitted')}."
        )
    if not present:
        raise CourseError(
            f"There are no submissions of {assignment.name}: expected them in "
            f"{course.folder('submitted', assignment.name, '<student>')}."
        )
    return list(dict.fromkeys(students)) or present


@dataclass(frozen=True)
class _Coordinator:
    """What stays the same while a class is graded."""

    saving: Saving
    settings: Settings

    def grade(self, students: list[str], tell: Tell) -> list[Graded]:
        """Grade ``students``, in an order of its own."""
        outcomes: list[Graded] = []

        def done(outcome: Graded) -> None:
            outcomes.append(outcome)
            tell(outcome)

        with contextlib.ExitStack() as stack:
            pool: Pool | None = None
            running: Running = {}
            hindered: list[Attempt] = []
            for student in students:
                prepared = self._next(student, done)
                if prepared is None:
                    continue
                if prepared.reason:
                    finish = partial(self._finish_unreadable, self.saving.writer, prepared)
                    done(self._safely(student, finish))
                    continue
                attempt = self._safely(student, partial(self._attempt, prepared))
                if isinstance(attempt, Graded):
                    done(attempt)
                    continue
                needed = self.saving.materials.assignment.needs.memory_bytes
                pool = pool or stack.enter_context(open_pool(self.settings, needed))
                self._start(pool, running, attempt)
                while len(running) >= pool.at_once * _AHEAD:  # one may be to run once more
                    self._collect(pool, running, hindered, done)
            while running or hindered:
                assert pool is not None
                if not running:
                    self._start(pool, running, hindered.pop(0))
                self._collect(pool, running, hindered, done)
        return outcomes

    def _next(self, student: str, done: Tell) -> Prepared | None:
        """What is to run for ``student``; None if the outcome is clear without."""
        prepared = self._safely(student, partial(self._prepared, student))
        if isinstance(prepared, Graded):
            done(prepared)
            return None
        if not self.settings.force:
            known = Known(self.saving, prepared)
            if known.was_run_so:
                finish = self._finish_unchanged if known.is_current else self._finish_again
                done(self._safely(student, partial(finish, known)))
                return None
        return prepared

    def _attempt(self, prepared: Prepared) -> Attempt:
        materials = self.saving.materials
        name = f"{prepared.student}/{materials.assignment.name}"
        return Attempt(prepared, prepared.task(materials, self.settings.figures), name)

    def _prepared(self, student: str) -> Prepared:
        hand_ins = self.saving.hand_ins
        if reason := hand_ins.left_out(student):
            raise CourseError(f"{LEFT_OUT}: {reason}")
        return prepare(student, hand_ins.folder(student), self.saving.materials)

    def _finish_unchanged(self, known: Known) -> Graded:
        self._believe(known.prepared)
        self.saving.note_time(known.prepared)
        return known.unchanged()

    def _finish_again(self, known: Known) -> Graded:
        self._believe(known.prepared)
        return known.judged_again()

    def _start(self, pool: Pool, running: Running, attempt: Attempt) -> None:
        if self.settings.feedback:
            self.saving.pages.start()  # beside the first that runs
        future = pool.executor.submit(execute, attempt.task, self.settings.trust)
        running[future] = attempt

    def _collect(self, pool: Pool, running: Running, hindered: list[Attempt], done: Tell) -> None:
        """Finish at least one of those that are ``running``; ``hindered`` ones wait for the end."""
        writer = self.saving.writer  # without it none can be finished, so here and not safely
        pool.ready()
        ended = wait(running, return_when=FIRST_COMPLETED).done
        for future in [each for each in running if each in ended]:
            attempt = running.pop(future)
            finish = partial(self._finish, writer, attempt, future)
            outcome = self._safely(attempt.prepared.student, finish)
            if not isinstance(outcome, Attempt):
                done(outcome)
            elif outcome.alone:
                hindered.append(outcome)
            else:
                self._start(pool, running, outcome)

    def _safely(self, student: str, finish: Callable[[], Outcome]) -> Outcome | Graded:
        """Whatever is wrong with one submission, the others go on."""
        try:
            return finish()
        except Exception as error:
            words = str(error) if _explains(error) else self.saving.logged(student, error)
            return self.saving.problem(student, words)

    def _finish(
        self, writer: GradebookWriter, attempt: Attempt, future: Future[Executed]
    ) -> Graded | Attempt:
        executed = future.result()
        if executed.was_hindered and not attempt.alone:
            return replace(attempt, alone=True)
        judged = attempt.judged(executed, self.saving.materials)
        if isinstance(judged, Attempt):
            return judged
        return self._save(writer, attempt.prepared, judged)

    def _finish_unreadable(self, writer: GradebookWriter, prepared: Prepared) -> Graded:
        materials = self.saving.materials
        name = f"{prepared.student}/{materials.assignment.name}"
        return self._save(writer, prepared, judged_unread(prepared, name, materials))

    def _save(self, writer: GradebookWriter, prepared: Prepared, judged: Judged) -> Graded:
        self._believe(prepared)
        return self.saving.save(writer, prepared, judged)

    def _believe(self, prepared: Prepared) -> None:
        """Refuse an impossible time that shows only beside the gradebook's due date."""
        due, zone = self.saving.writer.due, self.saving.materials.zone
        refuse_impossible_time(prepared.student, prepared.timestamp, due, zone=zone)


def _explains(error: Exception) -> bool:
    """Whether the error's own words tell a person what to do."""
    return isinstance(error, CourseError | OSError)
