"""Grade a class: from submitted/ to autograded/, feedback/ and the gradebook.

This is the coordinator, and the only one that writes. Submissions run elsewhere, several at once,
each as a pure function of its task; here they are prepared, judged and saved, one after another.

A submission is done when its autograded notebook is there, for that is written last. So a run that
was killed at any moment is simply started again.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from nbgrader.coursedir import CourseDirectory

from autograder.course import Course
from autograder.errors import CourseError
from autograder.execution import execute
from autograder.execution.faults import METADATA
from autograder.execution.task import NO_USAGE, Executed
from autograder.exercises import Assignment
from autograder.feedback.verdict_cells import show_verdicts
from autograder.grading.attempt import Attempt, Judged
from autograder.grading.evidence_store import Kept, evidence_path, inputs_of, keep
from autograder.grading.judging import unreadable_result
from autograder.grading.lock import only_grader
from autograder.grading.outcome import Graded, in_words
from autograder.grading.pool import Pool, open_pool
from autograder.grading.preparing import Materials, Prepared, prepare
from autograder.grading.settings import DEFAULT_SETTINGS, Settings, configured_limits
from autograder.grading.storing import read_judged, write_autograded
from autograder.grading.trimming import trim_outputs
from autograder.nbgrader.configuration import course_directory

if TYPE_CHECKING:
    from autograder.feedback.pages import FeedbackPages
    from autograder.nbgrader.gradebook import GradebookWriter

Tell = Callable[[Graded], None]
Running = dict[Future[Executed], Attempt]
Outcome = TypeVar("Outcome")
_AHEAD = 2
"""How many submissions are prepared for each that runs."""


def students_with_submissions(course: Course, assignment: Assignment) -> list[str]:
    """The ids of the students who have a folder for ``assignment``, in order."""
    submitted = Path(course_directory(course).format_path("submitted", ".", "."))
    if not submitted.is_dir():
        return []
    students = [folder for folder in submitted.iterdir() if folder.is_dir()]
    return sorted(each.name for each in students if _has_submission(each, assignment))


def _has_submission(student: Path, assignment: Assignment) -> bool:
    """Whether there is a submission, or may be one in a folder that cannot be looked into."""
    return not os.access(student, os.X_OK) or (student / assignment.name).is_dir()


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

    What was graded before and has not changed, nor the answer key, is skipped unless
    ``settings.force`` is set. ``say`` hears why there is a wait. Returns the outcomes in the order
    of the students. Raises :class:`CourseError` if there is nothing to grade, a student is unknown
    or there is no sandbox; a submission that could not be graded is an outcome with its problem,
    and the others go on.
    """
    wanted = _wanted(course, assignment, students)
    with only_grader(course.root, say), contextlib.ExitStack() as opened:
        coordinator = _Coordinator.of(course, assignment, settings, opened, say)
        outcomes = coordinator.grade(wanted, tell)
    return sorted(outcomes, key=lambda outcome: wanted.index(outcome.student))


def _wanted(course: Course, assignment: Assignment, students: Sequence[str]) -> list[str]:
    present = students_with_submissions(course, assignment)
    if unknown := sorted(set(students) - set(present)):
        raise CourseError(
            f"There is no submission of {assignment.name} by {', '.join(unknown)} in "
            f"{course.root / 'submitted'}."
        )
    if not present:
        raise CourseError(
            f"There are no submissions of {assignment.name}: expected them in "
            f"{course.root / 'submitted' / '<student>' / assignment.name}."
        )
    return list(dict.fromkeys(students)) or present


@dataclass(frozen=True)
class _Coordinator:
    """What stays the same while a class is graded."""

    materials: Materials
    directory: CourseDirectory
    settings: Settings
    opened: contextlib.ExitStack
    say: Callable[[str], None]

    @cached_property
    def writer(self) -> GradebookWriter:
        """The gradebook, opened when it is first needed.

        Its libraries take as long to import as some submissions take to run, so these come first.
        """
        from autograder.nbgrader.commands import enter_assignment
        from autograder.nbgrader.gradebook import GradebookWriter, only_writer

        directory, name = self.directory, self.materials.assignment.name
        enter_assignment(self.materials.course, name)
        self.opened.enter_context(only_writer(directory.db_url, self.say))
        writer = GradebookWriter(directory.db_url, directory.course_id, name, directory.config)
        return self.opened.enter_context(writer)

    @cached_property
    def pages(self) -> FeedbackPages:
        """What writes feedback; its libraries take a moment to import."""
        from autograder.feedback.pages import FeedbackPages

        return FeedbackPages(self.materials.assignment.name, self.directory.config)

    @cached_property
    def inputs(self) -> dict[str, dict[str, str]]:
        """Digests of the cases' inputs, for the evidence."""
        return inputs_of(self.materials.key)

    @classmethod
    def of(
        cls,
        course: Course,
        assignment: Assignment,
        settings: Settings,
        opened: contextlib.ExitStack,
        say: Callable[[str], None],
    ) -> _Coordinator:
        directory = course_directory(course)
        limits = configured_limits(directory.config)
        materials = Materials.of(course, assignment, limits, directory.ignore)
        return cls(materials, directory, settings, opened, say)

    def grade(self, students: list[str], tell: Tell) -> list[Graded]:
        """Grade ``students``, in an order of its own."""
        outcomes: list[Graded] = []

        def done(outcome: Graded) -> None:
            outcomes.append(outcome)
            tell(outcome)

        with contextlib.ExitStack() as stack:
            pool: Pool | None = None
            running: Running = {}
            for student in students:
                prepared = self._next(student, done)
                if prepared is None:
                    continue
                if prepared.reason:
                    finish = partial(self._finish_unreadable, self.writer, prepared)
                    done(self._safely(student, finish))
                    continue
                pool = pool or stack.enter_context(open_pool(self.settings))
                task = prepared.task(self.materials, self.settings.figures)
                self._start(pool, running, Attempt(prepared, task))
                if len(running) >= pool.at_once * _AHEAD:
                    self._collect(pool, running, done)
            while running:
                assert pool is not None
                self._collect(pool, running, done)
        return outcomes

    def _next(self, student: str, done: Tell) -> Prepared | None:
        """What is to run for ``student``; None if the outcome is clear without."""
        try:
            prepared = prepare(student, self._folder("submitted", student), self.materials)
        except (CourseError, OSError) as error:
            done(self._problem(student, str(error)))
            return None
        if not self.settings.force:
            unchanged = self._unchanged(prepared)
            if unchanged and student in self.writer.students:
                done(unchanged)
                return None
        return prepared

    def _unchanged(self, prepared: Prepared) -> Graded | None:
        student = prepared.student
        judged = read_judged(self._notebook(student), self.materials.assignment)
        page = not self.settings.feedback or self._page(student).exists()
        figures = judged.get("figures", False) or not self.settings.figures
        if judged.get("digest") != prepared.digest or not page or not figures:
            return None
        result = judged["result"]
        return self._graded(
            student, result["score"], result["max_score"], in_words(result), skipped=True
        )

    def _start(self, pool: Pool, running: Running, attempt: Attempt) -> None:
        future = pool.executor.submit(execute, attempt.task, self.settings.trust)
        running[future] = attempt

    def _collect(self, pool: Pool, running: Running, done: Tell) -> None:
        """Finish at least one of those that are ``running``."""
        writer = self.writer  # without it none can be finished, so here and not safely
        pool.ready()
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            attempt = running.pop(future)
            finish = partial(self._finish, writer, attempt, future)
            outcome = self._safely(attempt.prepared.student, finish)
            if isinstance(outcome, Attempt):
                self._start(pool, running, outcome)
            else:
                done(outcome)

    def _safely(self, student: str, finish: Callable[[], Outcome]) -> Outcome | Graded:
        """Whatever is wrong with one submission, the others go on."""
        try:
            return finish()
        except Exception as error:
            return self._problem(student, str(error) if _explains(error) else repr(error))

    def _finish(
        self, writer: GradebookWriter, attempt: Attempt, future: Future[Executed]
    ) -> Graded | Attempt:
        judged = attempt.judged(future.result(), self.materials)
        if isinstance(judged, Attempt):
            return judged
        return self._save(writer, attempt.prepared, judged)

    def _finish_unreadable(self, writer: GradebookWriter, prepared: Prepared) -> Graded:
        assignment = self.materials.assignment
        name = f"{prepared.student}/{assignment.name}"
        result = unreadable_result(assignment, name, prepared.reason)
        return self._save(writer, prepared, Judged(prepared.notebook, result, NO_USAGE))

    def _save(self, writer: GradebookWriter, prepared: Prepared, judged: Judged) -> Graded:
        """Judged is not done yet: to the gradebook, then the files, the feedback last."""
        notebook, result = judged.notebook, judged.result
        student, assignment = prepared.student, self.materials.assignment
        show_verdicts(notebook, assignment, result)
        notebook.metadata[METADATA] = {
            "result": result.to_json(),
            "digest": prepared.digest,
            "figures": self.settings.figures,
            "usage": asdict(judged.usage),
        }
        trim_outputs(notebook, self.directory.config)
        self._page(student).unlink(missing_ok=True)
        scores = {
            exercise.test_cell: result.exercises[exercise.name].score
            for exercise in assignment.exercises
        }
        standing = writer.save(student, prepared.timestamp, notebook, scores)
        keep(
            Kept(
                prepared.submission,
                prepared.notes,
                self.inputs,
                judged.gathered,
                judged.again,
                prepared.reason,
            ),
            evidence_path(self.materials.course.root, student, assignment),
        )
        folder = self._notebook(student).parent
        files = {**prepared.files, **self.materials.files}
        write_autograded(folder, assignment.name, notebook, files, self._permissions())
        if self.settings.feedback:
            self.pages.write(self._page(student), student, notebook, folder, standing)
        return self._graded(student, result.score, result.max_score, in_words(result.to_json()))

    def _permissions(self) -> int:
        """Of autograded files: nbgrader's rule."""
        default = 664 if self.directory.groupshared else 444
        return int(str(self.directory.config.Autograde.get("permissions", default)), 8)

    def _graded(
        self,
        student: str,
        score: float,
        max_score: float,
        not_passed: str,
        *,
        skipped: bool = False,
    ) -> Graded:
        return Graded(
            student,
            self.materials.assignment,
            self._notebook(student),
            self._page(student),
            score,
            max_score,
            not_passed,
            skipped=skipped,
        )

    def _problem(self, student: str, problem: str) -> Graded:
        return Graded(
            student,
            self.materials.assignment,
            self._notebook(student),
            self._page(student),
            problem=problem,
        )

    def _folder(self, step: str, student: str) -> Path:
        directory = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(directory, student, self.materials.assignment.name))

    def _notebook(self, student: str) -> Path:
        return self._folder("autograded", student) / f"{self.materials.assignment.name}.ipynb"

    def _page(self, student: str) -> Path:
        return self._folder("feedback", student) / f"{self.materials.assignment.name}.html"


def _explains(error: Exception) -> bool:
    """Whether the error's own words tell a person what to do."""
    return isinstance(error, CourseError | OSError)
