"""Write grades into nbgrader's gradebook: one transaction a submission.

The rows are those that nbgrader's own preprocessors leave (SaveAutoGrades, AssignLatePenalties),
which take 24 commits for it.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import selectinload
from traitlets.config import Config

from autograder.errors import CourseError
from autograder.feedback.standing import Standing

PATIENCE_SECONDS = 120.0
"""How long another program may keep the gradebook locked."""
_ADVISORY_LOCK = 0x636F6E76
"""For PostgreSQL: graders on different machines share no file to lock."""


class GradebookWriter:
    """The one that writes an assignment's grades; use as a context manager."""

    def __init__(self, db_url: str, course_id: str, assignment: str, config: Config) -> None:
        """Prepare; nothing is opened yet."""
        self._db_url, self._course_id = db_url, course_id
        self._assignment_name, self._config = assignment, config

    def __enter__(self) -> GradebookWriter:
        """Open the gradebook and read the assignment's cells."""
        self._gradebook = open_gradebook(self._db_url, self._course_id)
        try:
            self._session = self._gradebook.db
            _wait_for_locks(self._gradebook.engine)
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
        self._assignment_id = assignment.id
        (notebook,) = assignment.notebooks
        self._notebook_id = notebook.id
        graded = (*notebook.grade_cells, *notebook.task_cells)
        self._graded = {cell.name: cell.id for cell in graded}
        self._points = {cell.id: cell.max_score for cell in graded}
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

    def save(
        self, student: str, timestamp: str, notebook: NotebookNode, scores: Mapping[str, float]
    ) -> Standing:
        """Save the ``scores`` by grade cell; all of it or nothing. Returns what counts now.

        Raises :class:`CourseError` if the database stays locked or fails.
        """
        try:
            when = utils.parse_utc(timestamp) if timestamp.strip() else None
        except ValueError as error:
            raise CourseError(f"timestamp.txt of {student} is no time: {error}.") from None

        def attempt() -> Standing:
            try:
                return self._save(student, when, notebook, scores)
            except IntegrityError:  # another program has entered the student in the meantime
                self.students.add(student)
                return self._save(student, when, notebook, scores)

        standing: Standing = patiently(attempt, self._db_url, self._undo)
        return standing

    def _undo(self) -> None:
        self._session.rollback()
        self._session.expunge_all()

    def _save(
        self, student: str, when: Any, notebook: NotebookNode, scores: Mapping[str, float]
    ) -> Standing:
        session = self._session
        try:
            submission = self._submission(student)
            if when is not None:
                submission.timestamp = when
            submitted = submission.notebooks[0]
            self._set_scores(submitted, scores)
            self._set_comments(submitted, notebook)
            submitted.late_submission_penalty = None
            if submission.total_seconds_late > 0:
                session.flush()
                session.refresh(submitted)
                self._set_penalty(submitted, student, submission.total_seconds_late)
            standing = self._standing(submitted)
            session.commit()
            session.expunge_all()
        except BaseException:
            self._undo()
            raise
        return standing

    def _standing(self, submitted: SubmittedNotebook) -> Standing:
        names = {cell_id: name for name, cell_id in (self._graded | self._commented).items()}
        cells = {
            names[grade.cell_id]: (_score(grade), self._points[grade.cell_id])
            for grade in submitted.grades
        }
        comments = {
            names[comment.cell_id]: comment.manual_comment or comment.auto_comment
            for comment in submitted.comments
        }
        score = sum(each for each, _ in cells.values())
        points = sum(self._points.values())
        return Standing(score, points, submitted.late_submission_penalty or 0.0, cells, comments)

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
        session.add(SubmittedNotebook(notebook_id=self._notebook_id, assignment=submission))
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

    def _set_scores(self, submitted: SubmittedNotebook, scores: Mapping[str, float]) -> None:
        existing = {grade.cell_id: grade for grade in submitted.grades}
        for name, cell_id in self._graded.items():
            grade = existing.get(cell_id)
            if grade is None:
                grade = Grade(cell_id=cell_id, notebook=submitted)
                self._session.add(grade)
            if name in scores:
                grade.auto_score = scores[name]
                grade.needs_manual_grade = grade.manual_score is not None

    def _set_comments(self, submitted: SubmittedNotebook, notebook: NotebookNode) -> None:
        existing = {comment.cell_id: comment for comment in submitted.comments}
        cells = {
            cell.metadata["nbgrader"].get("grade_id"): cell
            for cell in notebook.cells
            if "nbgrader" in cell.metadata
        }
        for name, cell_id in self._commented.items():
            comment = existing.get(cell_id)
            if comment is None:
                comment = Comment(cell_id=cell_id, notebook=submitted)
                self._session.add(comment)
            cell = cells.get(name)
            same = cell is not None and utils.compute_checksum(cell) == self._checksums.get(name)
            comment.auto_comment = "No response." if same else None

    def _set_penalty(self, submitted: SubmittedNotebook, student: str, late: float) -> None:
        from nbgrader.preprocessors import AssignLatePenalties

        rule = AssignLatePenalties(config=self._config)
        rule.init_plugin()
        penalty = rule.plugin_inst.late_submission_penalty(student, submitted.score, late)
        if penalty is not None:
            submitted.late_submission_penalty = rule._check_late_penalty(submitted, penalty)


def _score(grade: Grade) -> float:
    """What counts of a grade: a person's score before the judge's, and extra credit."""
    own = grade.auto_score if grade.manual_score is None else grade.manual_score
    return (own or 0.0) + (grade.extra_credit or 0.0)


def open_gradebook(db_url: str, course_id: str) -> Gradebook:
    """nbgrader's gradebook; :class:`CourseError` if it cannot be opened."""
    return patiently(lambda: Gradebook(db_url, course_id), db_url)


def _wait_for_locks(engine: Any) -> None:
    """Have SQLite wait for other programs, and PostgreSQL for graders on other machines."""
    if engine.dialect.name != "sqlite":
        return
    engine.dispose()

    @event.listens_for(engine, "connect")
    def _(connection: Any, __: Any) -> None:
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE_SECONDS * 1000)}")


def patiently(
    action: Callable[[], Any], db_url: str, undo: Callable[[], None] = lambda: None
) -> Any:
    """Do ``action``, again and again while another program has the database locked.

    Raises :class:`CourseError` if it stays so, or if the database fails otherwise.
    """
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return action()
        except SQLAlchemyError as error:
            undo()
            reason = getattr(error, "orig", None) or error
            locked = isinstance(error, OperationalError) and "locked" in str(reason)
            if not locked or time.monotonic() > until:
                raise CourseError(
                    f"The gradebook {_without_password(db_url)} cannot be used: {reason}. "
                    + (
                        "Close the other program that uses it, and grade again."
                        if locked
                        else "Put it back from a backup, or move it away to begin a new one and "
                        "grade with --force."
                    )
                ) from None
            time.sleep(0.2)


def _without_password(db_url: str) -> str:
    from sqlalchemy import make_url

    try:
        return make_url(db_url).render_as_string(hide_password=True)
    except SQLAlchemyError:
        return db_url


@contextlib.contextmanager
def only_writer(db_url: str, tell: Callable[[str], None]) -> Iterator[None]:
    """With PostgreSQL, hold a lock in the database itself: other machines see no lock file."""
    from sqlalchemy import create_engine, make_url
    from sqlalchemy.pool import NullPool

    if make_url(db_url).get_backend_name() != "postgresql":
        yield
        return
    engine = create_engine(db_url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with patiently(engine.connect, db_url) as connection:
        lock = {"key": _ADVISORY_LOCK}
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), lock):
            tell("Another grader is at work on this gradebook. Waiting; Ctrl-C gives up.")
            connection.execute(text("SELECT pg_advisory_lock(:key)"), lock)
        yield
