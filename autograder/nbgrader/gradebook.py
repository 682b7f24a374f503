"""Write grades into nbgrader's gradebook: one transaction a submission.

The rows are those that nbgrader's own preprocessors leave (SaveAutoGrades, AssignLatePenalties),
which take 24 commits for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload
from traitlets.config import Config

from autograder.feedback.standing import Standing
from autograder.nbgrader.database import open_gradebook, patiently, wait_for_locks
from autograder.nbgrader.first_rows import FirstRows
from autograder.nbgrader.late_rule import LateRule
from autograder.nbgrader.penalties import NO_TIMES, Penalty, Times, penalties_today, renew_penalties
from autograder.submission.arrival import handed_in_at


class GradebookWriter:
    """The one that writes an assignment's grades; use as a context manager."""

    def __init__(self, db_url: str, course_id: str, assignment: str, config: Config) -> None:
        """Prepare; nothing is opened yet."""
        self._db_url, self._course_id = db_url, course_id
        self._assignment_name, self._config = assignment, config

    def __enter__(self) -> GradebookWriter:
        """Open the gradebook and read the assignment's cells."""
        self._gradebook = open_gradebook(self._db_url, self._course_id, self._assignment_name)
        try:
            self._session = self._gradebook.db
            wait_for_locks(self._gradebook.engine)
            self._rule = LateRule(self._config, self._gradebook, self._assignment_name)
            self._read_assignment()
        except BaseException:
            self._gradebook.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Close the gradebook."""
        self._gradebook.close()

    def _read_assignment(self) -> None:
        assignment = self._gradebook.find_assignment(self._assignment_name)
        self._assignment_id, self.due = assignment.id, assignment.duedate
        notebook = self._gradebook.find_notebook(self._assignment_name, self._assignment_name)
        self._notebook_id = notebook.id
        graded = (*notebook.grade_cells, *notebook.task_cells)
        self._graded = {cell.name: cell.id for cell in graded}
        self._points = {cell.id: cell.max_score for cell in graded}
        self._answers = {cell.name for cell in notebook.solution_cells} & self._graded.keys()
        commented = (*notebook.solution_cells, *notebook.task_cells)
        self._commented = {cell.name: cell.id for cell in commented}
        self._checksums = {cell.name: cell.checksum for cell in notebook.source_cells}
        self._session.commit()

    @cached_property
    def students(self) -> set[str]:
        """The ids of the students who have a submission of the assignment here."""
        wanted = select(SubmittedAssignment.student_id).where(
            SubmittedAssignment.assignment_id == self._assignment_id
        )
        students = set(self._session.scalars(wanted))
        self._session.commit()
        return students

    @cached_property
    def scored(self) -> set[str]:
        """The ids of those who have scores; who was given an extension before has none yet."""
        wanted = (
            select(SubmittedAssignment.student_id)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .where(SubmittedNotebook.notebook_id == self._notebook_id)
            .where(Grade.auto_score.is_not(None))
            .distinct()
        )
        scored = set(self._session.scalars(wanted))
        self._session.commit()
        return scored

    def handed_in_at(self, student: str, timestamp: str) -> datetime | None:
        """When ``timestamp`` says that it was, in UTC; :class:`CourseError` if it is no time."""
        return handed_in_at(student, timestamp, self._rule.zone)

    def penalties(self, times: Times = NO_TIMES) -> list[Penalty]:
        """What everybody's late penalty is today, by due date and rule; nothing is written."""
        name = self._assignment_name
        found: list[Penalty] = patiently(
            lambda: penalties_today(self._gradebook, name, self._rule, times),
            self._db_url,
            self._undo,
        )
        return found

    def renew_penalties(self, times: Times = NO_TIMES) -> list[Penalty]:
        """Write them, and the ``times``; returns those that have changed or have a problem."""
        return renew_penalties(self._gradebook, self._assignment_name, self._rule, times)

    def preview(self, student: str, timestamp: str, scores: Mapping[str, float]) -> Standing:
        """What would count after :meth:`save`, to the last digit; nothing is written."""
        when = self.handed_in_at(student, timestamp)

        def attempt() -> Standing:
            return self._save(student, when, None, scores, True, write=False)

        standing: Standing = patiently(attempt, self._db_url, self._undo)
        return standing

    def save(
        self,
        student: str,
        timestamp: str,
        notebook: NotebookNode,
        scores: Mapping[str, float],
        again: bool = False,
    ) -> Standing:
        """Save the ``scores`` by grade cell; all of it or nothing. Returns what counts now.

        Points that a person gave stay. Whether they still fit is asked, as nbgrader asks it, unless
        it is the same notebook ``again`` with the same score. Raises :class:`CourseError` if the
        database stays locked or fails, or ``timestamp`` is no time.
        """
        when = self.handed_in_at(student, timestamp)
        everything = {**self._answered(notebook), **scores}

        def attempt() -> Standing:
            try:
                if student not in self.students and not self._is_late(when):
                    return self._save_first(student, when, notebook, everything)
                return self._save(student, when, notebook, everything, again)
            except IntegrityError:  # another program has entered the student in the meantime
                self.students.add(student)
                return self._save(student, when, notebook, everything, again)

        standing: Standing = patiently(attempt, self._db_url, self._undo)
        return standing

    def _is_late(self, when: Any) -> bool:
        return when is not None and self.due is not None and when > self.due

    def _undo(self) -> None:
        self._session.rollback()
        self._session.expunge_all()

    def _save_first(
        self, student: str, when: Any, notebook: NotebookNode, scores: Mapping[str, float | None]
    ) -> Standing:
        """The common case, without the questions that older rows ask."""
        comments = self._auto_comments(notebook)
        rows = FirstRows(
            student=student,
            timestamp=when,
            assignment_id=self._assignment_id,
            notebook_id=self._notebook_id,
            scores={cell_id: scores.get(name) for name, cell_id in self._graded.items()},
            comments=comments,
        )
        try:
            rows.insert(self._session.connection())
            self._session.commit()
        except BaseException:
            self._undo()
            raise
        cells = {
            name: (scores.get(name) or 0.0, self._points[cell_id])
            for name, cell_id in self._graded.items()
        }
        return Standing(
            sum(score for score, _ in cells.values()),
            sum(self._points.values()),
            cells=cells,
            comments={name: comments[cell_id] for name, cell_id in self._commented.items()},
            waiting=tuple(sorted(name for name in self._graded if scores.get(name) is None)),
        )

    def _save(
        self,
        student: str,
        when: datetime | None,
        notebook: NotebookNode | None,
        scores: Mapping[str, float | None],
        again: bool,
        *,
        write: bool = True,
    ) -> Standing:
        """Without a ``notebook`` comments stay as they are."""
        session = self._session
        try:
            submission = self._submission(student)
            submission.timestamp = when or submission.timestamp
            submitted = self._submitted_notebook(submission)
            self._set_scores(submitted, scores, again)
            if notebook is not None:
                self._set_comments(submitted, notebook)
            self._set_penalty(submitted, submission)
            standing = self._standing(submitted)
            if write:
                session.commit()
                session.expunge_all()
            else:
                self._undo()
        except BaseException:
            self._undo()
            raise
        return standing

    def _submitted_notebook(self, submission: SubmittedAssignment) -> SubmittedNotebook:
        """The notebook of the assignment's name, which a submission made by hand may lack."""
        for submitted in submission.notebooks:
            if submitted.notebook_id == self._notebook_id:
                return submitted
        submitted = SubmittedNotebook(notebook_id=self._notebook_id, assignment=submission)
        self._session.add(submitted)
        return submitted

    def _standing(self, submitted: SubmittedNotebook) -> Standing:
        # A manually graded answer is two cells of one name to nbgrader: to grade, and to comment.
        graded = {cell_id: name for name, cell_id in self._graded.items()}
        commented = {cell_id: name for name, cell_id in self._commented.items()}
        cells = {
            graded[grade.cell_id]: (_score(grade), self._points[grade.cell_id])
            for grade in submitted.grades
        }
        comments = {
            commented[comment.cell_id]: comment.manual_comment or comment.auto_comment
            for comment in submitted.comments
        }
        given = (each for each in submitted.grades if _by_hand(each))
        waiting = (each for each in submitted.grades if each.needs_manual_grade)
        return Standing(
            sum(each for each, _ in cells.values()),
            sum(self._points.values()),
            submitted.late_submission_penalty or 0.0,
            cells,
            comments,
            tuple(sorted(graded[each.cell_id] for each in given)),
            tuple(sorted(graded[each.cell_id] for each in waiting)),
        )

    def _submission(self, student: str) -> SubmittedAssignment:
        """The student's rows, which are made if they are not there."""
        if student in self.students and (submission := self._existing(student)):
            return submission
        session = self._session
        if session.get(Student, student) is None:
            session.add(Student(id=student))
        submission = SubmittedAssignment(
            assignment=session.get(Assignment, self._assignment_id), student_id=student
        )
        session.add(submission)
        return submission

    def _existing(self, student: str) -> SubmittedAssignment | None:
        wanted = (
            select(SubmittedAssignment)
            .where(SubmittedAssignment.assignment_id == self._assignment_id)
            .where(SubmittedAssignment.student_id == student)
            .options(
                selectinload(SubmittedAssignment.assignment),
                selectinload(SubmittedAssignment.notebooks).selectinload(SubmittedNotebook.grades),
                selectinload(SubmittedAssignment.notebooks).selectinload(
                    SubmittedNotebook.comments
                ),
            )
        )
        submission: SubmittedAssignment | None = self._session.scalars(wanted).one_or_none()
        return submission

    def _set_scores(
        self, submitted: SubmittedNotebook, scores: Mapping[str, float | None], again: bool
    ) -> None:
        existing = {grade.cell_id: grade for grade in submitted.grades}
        for name, cell_id in self._graded.items():
            grade = existing.get(cell_id)
            if grade is None:
                grade = Grade(cell_id=cell_id, notebook=submitted)
                self._session.add(grade)
            if name in scores and not (again and grade.auto_score == scores[name]):
                grade.auto_score = scores[name]
                by_hand = grade.auto_score is None or grade.manual_score is not None
                grade.needs_manual_grade = by_hand

    def _answered(self, notebook: NotebookNode) -> dict[str, float | None]:
        """By name of a manually graded answer: 0 if there is none, else None, for a person."""
        cells, given = _cells(notebook), self._auto_comments(notebook)
        return {
            name: 0.0 if name not in cells or given[self._commented[name]] else None
            for name in self._answers
        }

    def _set_comments(self, submitted: SubmittedNotebook, notebook: NotebookNode) -> None:
        existing = {comment.cell_id: comment for comment in submitted.comments}
        for cell_id, words in self._auto_comments(notebook).items():
            comment = existing.get(cell_id)
            if comment is None:
                comment = Comment(cell_id=cell_id, notebook=submitted)
                self._session.add(comment)
            comment.auto_comment = words

    def _auto_comments(self, notebook: NotebookNode) -> dict[str, str | None]:
        """By cell id: what nbgrader remarks on answers that are still the source's own."""
        cells = _cells(notebook)
        comments: dict[str, str | None] = {}
        for name, cell_id in self._commented.items():
            cell = cells.get(name)
            answer = cell is not None and not utils.is_task(cell)
            same = answer and utils.compute_checksum(cell) == self._checksums.get(name)
            comments[cell_id] = "No response." if same else None
        return comments

    def _set_penalty(self, submitted: SubmittedNotebook, submission: SubmittedAssignment) -> None:
        due = self._rule.due(self.due, submission.extension)
        score = sum(map(_score, submitted.grades))
        submitted.late_submission_penalty = self._rule.penalty(
            submission.student_id, score, due, submission.timestamp
        )


def _cells(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that nbgrader knows, by grade_id."""
    marked = (cell for cell in notebook.cells if "nbgrader" in cell.metadata)
    return {cell.metadata["nbgrader"].get("grade_id"): cell for cell in marked}


def _score(grade: Grade) -> float:
    """What counts of a grade: a person's score before the judge's, and extra credit."""
    own = grade.auto_score if grade.manual_score is None else grade.manual_score
    return 0.0 if own is None else own + (grade.extra_credit or 0.0)


def _by_hand(grade: Grade) -> bool:
    """Whether a person has given points."""
    return grade.manual_score is not None or bool(grade.extra_credit)
