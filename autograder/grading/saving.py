"""Where a judged submission goes: the gradebook, ``evidence/``, ``autograded/``, ``feedback/``."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nbgrader.coursedir import CourseDirectory

from autograder.course import Course
from autograder.errors import CourseError
from autograder.execution.faults import METADATA
from autograder.exercises import Assignment
from autograder.feedback.verdict_cells import show_verdicts
from autograder.grading.attempt import Judged
from autograder.grading.evidence_store import Kept, evidence_path, inputs_of, keep
from autograder.grading.hand_ins import HandIns
from autograder.grading.outcome import Counts, Graded, in_words
from autograder.grading.preparing import HandedIn, Materials, Prepared
from autograder.grading.settings import Settings
from autograder.grading.storing import CourseFiles, write_autograded, write_notebook
from autograder.grading.trimming import trim_outputs
from autograder.nbgrader.configuration import course_directory
from autograder.submission.receipt import put_receipt
from autograder.unforeseen import LOGS, logged
from autograder.verdicts import NotebookResult

if TYPE_CHECKING:
    from autograder.feedback.page_writing import PageOutcome
    from autograder.feedback.pages import FeedbackPages
    from autograder.feedback.standing import Standing
    from autograder.nbgrader.gradebook import GradebookWriter

_WRITERS = 2
"""Processes that write pages: one is enough, and the other goes on while a page takes long."""


@dataclass(frozen=True)
class Saving:
    """Saves the submissions of one assignment; what it opens is closed with ``opened``."""

    materials: Materials
    directory: CourseDirectory
    settings: Settings
    opened: contextlib.ExitStack
    say: Callable[[str], None]
    written: dict[str, Future[PageOutcome]] = field(default_factory=dict)
    """The pages that are being written, or are done, by student."""
    times: dict[str, datetime | None] = field(default_factory=dict)
    """When it was handed in, of those who were graded before and are not saved again."""

    @classmethod
    def of(
        cls,
        course: Course,
        assignment: Assignment,
        settings: Settings,
        opened: contextlib.ExitStack,
        say: Callable[[str], None],
    ) -> Saving:
        """Read the materials of ``assignment``; the gradebook is not opened yet."""
        directory = course_directory(course)
        materials = Materials.of(course, assignment, directory)
        return cls(materials, directory, settings, opened, say)

    @cached_property
    def writer(self) -> GradebookWriter:
        """The gradebook, opened when it is first needed.

        Its libraries take as long to import as some submissions take to run, so these come first.
        """
        from autograder.nbgrader.commands import enter_assignment, renew_points
        from autograder.nbgrader.database import only_writer
        from autograder.nbgrader.gradebook import GradebookWriter

        directory, name = self.directory, self.materials.assignment.name
        enter_assignment(self.materials.course, name)
        self.opened.enter_context(only_writer(directory.db_url, self.say))
        renew_points(self.materials.course, self.materials.assignment)
        writer = GradebookWriter(directory.db_url, directory.course_id, name, directory.config)
        return self.opened.enter_context(writer)

    @cached_property
    def reader(self) -> GradebookWriter:
        """The same, to look into it before it is sure that something is to be written."""
        from autograder.nbgrader.commands import enter_assignment
        from autograder.nbgrader.gradebook import GradebookWriter

        directory, name = self.directory, self.materials.assignment.name
        enter_assignment(self.materials.course, name)
        reader = GradebookWriter(directory.db_url, directory.course_id, name, directory.config)
        return self.opened.enter_context(reader)

    @cached_property
    def pages(self) -> FeedbackPages:
        """What writes feedback, in a process of its own beside all that is done here."""
        from autograder.feedback.pages import FeedbackPages

        pages = FeedbackPages(self.materials.assignment.name, self.directory.config, _WRITERS)
        self.opened.push(lambda kind, *_: pages.close(wait=kind is None))
        return pages

    @cached_property
    def hand_ins(self) -> HandIns:
        """What was handed in."""
        return HandIns.of(self.materials.course, self.materials.assignment, self.directory)

    @cached_property
    def course_files(self) -> CourseFiles:
        """What lies beside every autograded notebook."""
        return CourseFiles(self.materials.files, self._permissions())

    @cached_property
    def inputs(self) -> dict[str, dict[str, str]]:
        """Digests of the cases' inputs, for the evidence."""
        return inputs_of(self.materials.key)

    def save(self, writer: GradebookWriter, prepared: Prepared, judged: Judged) -> Graded:
        """Judged is not done yet: to the gradebook, then the files, the feedback last."""
        standing = self._enter(writer, prepared, judged)
        words = in_words(judged.notebook.metadata[METADATA]["result"])
        self._keep(prepared, judged)
        path = self.notebook(prepared.student)
        write_autograded(
            path.parent,
            self.materials.assignment.name,
            judged.notebook,
            {**prepared.files, **prepared.receipt},
            self.course_files,
            self._permissions(),
        )
        if self.settings.feedback:
            self.write_page(prepared.student, standing)
        result = judged.result
        outcome = self.graded(prepared.student, result.score, result.max_score, words)
        return replace(outcome, counts=Counts.of(standing))

    def note_time(self, handed_in: HandedIn) -> None:
        """Keep when it was handed in, of what is not saved: as the course's zone has it now."""
        student, timestamp = handed_in.student, handed_in.timestamp
        self.times[student] = self.writer.handed_in_at(student, timestamp)

    def write_page(self, student: str, standing: Standing) -> None:
        """Let the page be written, from the files, while others are graded."""
        page, notebook = self.page(student), self.notebook(student)
        self.written[student] = self.pages.write(page, student, notebook, standing)

    def with_page(self, outcome: Graded) -> Graded:
        """The ``outcome`` when its page is written; without it one has a problem."""
        written = self.written.get(outcome.student)
        if outcome.problem or written is None:
            return outcome
        try:
            problem = written.result().problem
        except CourseError as error:
            problem = str(error)
        return self.problem(outcome.student, problem) if problem else outcome

    def save_again(self, writer: GradebookWriter, handed_in: HandedIn, judged: Judged) -> None:
        """The same for what was not run again: its evidence and its files stay.

        Its feedback page, which would tell of yesterday's result, is gone then.
        """
        self._replace(writer, handed_in, judged)

    def save_judged_again(
        self, writer: GradebookWriter, handed_in: HandedIn, judged: Judged
    ) -> Graded:
        """The same, and write the new page."""
        student, result = handed_in.student, judged.result
        standing = self._replace(writer, handed_in, judged)
        if self.settings.feedback:
            self.write_page(student, standing)
        words = in_words(judged.notebook.metadata[METADATA]["result"])
        outcome = self.graded(student, result.score, result.max_score, words, again=True)
        return replace(outcome, counts=Counts.of(standing))

    def _replace(self, writer: GradebookWriter, handed_in: HandedIn, judged: Judged) -> Standing:
        standing = self._enter(writer, handed_in, judged, again=True)
        path, permissions = self.notebook(handed_in.student), self._permissions()
        put_receipt(handed_in.receipt, path.parent, permissions)
        write_notebook(path, judged.notebook, permissions)
        return standing

    def _enter(
        self,
        writer: GradebookWriter,
        handed_in: HandedIn,
        judged: Judged,
        *,
        again: bool = False,
    ) -> Standing:
        """Put the result into the notebook's cells and into the gradebook."""
        notebook, result = judged.notebook, judged.result
        show_verdicts(notebook, self.materials.assignment, result)
        about = {
            "result": result.to_json(),
            "run": handed_in.run,
            "tier": judged.tier,
            "digest": handed_in.digest,
            "figures": self.settings.figures if judged.figures is None else judged.figures,
        }
        dict.__setitem__(notebook.metadata, METADATA, about)  # as it is: nodes take their time
        trim_outputs(notebook, self.directory.config)
        self.page(handed_in.student).unlink(missing_ok=True)
        student, scores = handed_in.student, self.scores(result)
        return writer.save(student, handed_in.timestamp, notebook, scores, again=again)

    def scores(self, result: NotebookResult) -> dict[str, float]:
        """The judge's scores, by grade cell."""
        return {
            exercise.test_cell: result.exercises[exercise.name].score
            for exercise in self.materials.assignment.exercises
        }

    def _keep(self, prepared: Prepared, judged: Judged) -> None:
        kept = Kept(
            prepared.submission,
            prepared.notes,
            self.inputs,
            judged.gathered,
            judged.again,
            prepared.reason,
            judged.usage,
            prepared.run,
        )
        keep(kept, self.evidence(prepared.student))

    def _permissions(self) -> int:
        """Of autograded files: nbgrader's rule."""
        default = 664 if self.directory.groupshared else 444
        return int(str(self.directory.config.Autograde.get("permissions", default)), 8)

    def graded(
        self,
        student: str,
        score: float,
        max_score: float,
        not_passed: str,
        *,
        skipped: bool = False,
        again: bool = False,
    ) -> Graded:
        """The outcome of a submission that has its verdicts."""
        return Graded(
            student,
            self.materials.assignment,
            self.notebook(student),
            self.page(student),
            score,
            max_score,
            not_passed,
            skipped=skipped,
            again=again,
        )

    def problem(self, student: str, problem: str) -> Graded:
        """The outcome of a submission that could not be graded."""
        return Graded(
            student,
            self.materials.assignment,
            self.notebook(student),
            self.page(student),
            problem=problem,
        )

    def logged(self, student: str, error: Exception) -> str:
        """A sentence on what nobody foresaw; the traceback goes to a file, with the student."""
        about = f"{student}/{self.materials.assignment.name}"
        return logged(error, about, self.materials.course.root / LOGS)

    def folder(self, step: str, student: str) -> Path:
        """The folder of a student's submission in one of nbgrader's directories."""
        directory = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(directory, student, self.materials.assignment.name))

    def notebook(self, student: str) -> Path:
        """The student's autograded notebook, which is there if the student is done."""
        return self.folder("autograded", student) / f"{self.materials.assignment.name}.ipynb"

    def page(self, student: str) -> Path:
        """The student's feedback page."""
        return self.folder("feedback", student) / f"{self.materials.assignment.name}.html"

    def evidence(self, student: str) -> Path:
        """The student's evidence."""
        return evidence_path(self.materials.course.root, student, self.materials.assignment)
