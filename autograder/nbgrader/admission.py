"""What nbgrader does not ask of a submission: whose it is, when it was handed in, what it is.

nbgrader follows links and believes every time. All that is refused here is refused before anything
of the submission has run, with a :class:`CourseError` for a person to read; nbgrader then goes on
with the next student.
"""

from __future__ import annotations

from datetime import datetime

from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from autograder.errors import CourseError
from autograder.exercises.recognising import why_renamed
from autograder.nbgrader.course_files import AtHand
from autograder.nbgrader.database import refuse_other_course
from autograder.nbgrader.time_zone import course_zone
from autograder.submission.arrival import (
    TIMESTAMP,
    handed_in_at,
    read_timestamp,
    refuse_impossible_time,
    refuse_links,
)
from autograder.submission.walking import paths_below


def admit(submission: AtHand) -> None:
    """Refuse a ``submission`` that is a link, says an impossible time, or has another's gradebook.

    A gradebook in which the assignment is another course's would lose that course's grades. When it
    was handed in goes into the gradebook: nbgrader takes every zone but a few for UTC.
    """
    student, folder = submission.student, submission.submitted
    refuse_links(student, folder)
    if (folder / TIMESTAMP).is_symlink():
        raise CourseError(
            f"{folder / TIMESTAMP} is a link, and nbgrader took the time from where it leads. "
            "Remove it, or write there when it was handed in, and grade again."
        )
    remove_copies_of_links(submission)
    timestamp, zone = read_timestamp(folder), course_zone(submission.directory.config)
    refuse_impossible_time(student, timestamp, _due_date(submission), zone=zone)
    _enter_time(submission, handed_in_at(student, timestamp, zone))


def admit_plain(submission: AtHand, notebook: NotebookNode) -> None:
    """Refuse what is no assignment of nbgrader's own kind, or no notebook of the student's own."""
    if reason := why_renamed(notebook, submission.name):
        raise CourseError(reason)
    path = submission.submitted / f"{submission.notebook}.ipynb"
    if path.is_symlink():
        raise CourseError(
            f"{path} is a link to {str(path.readlink())!a}, and so not what "
            f"{submission.student} handed in. Put the notebook itself there, and grade again."
        )


def remove_copies_of_links(submission: AtHand) -> None:
    """Remove from the autograded folder what nbgrader copied from where a student's links lead.

    What the course has under the same name lies there in its place, and stays.
    """
    folder = submission.submitted
    for path in paths_below(folder):
        if path.is_symlink() and path.suffix != ".ipynb":
            relative = path.relative_to(folder)
            copy, own = submission.autograded / relative, submission.source / relative
            if copy.is_file() and not (own.is_file() and own.read_bytes() == copy.read_bytes()):
                copy.unlink()


def _due_date(submission: AtHand) -> datetime | None:
    with Gradebook(submission.db_url) as gradebook:
        refuse_other_course(gradebook, submission.directory.course_id, submission.assignment)
        try:
            due: datetime | None = gradebook.find_assignment(submission.assignment).duedate
        except MissingEntry:
            return None
    return due


def _enter_time(submission: AtHand, when: datetime | None) -> None:
    if when is None:
        return
    with Gradebook(submission.db_url) as gradebook:
        entered = gradebook.find_submission(submission.assignment, submission.student)
        if entered.timestamp != when:
            entered.timestamp = when
            gradebook.db.commit()
