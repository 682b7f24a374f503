"""From a folder that a student handed in to a notebook that can be run. Nothing is written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_notebook

from autograder.course import Course
from autograder.errors import CourseError
from autograder.execution.limits import Limits
from autograder.execution.task import Task
from autograder.exercises import Assignment
from autograder.expected import AnswerKey, key_path, load_key
from autograder.grading.bytecode import with_bytecode
from autograder.grading.concealed import concealed_folders
from autograder.grading.executing import grading_task
from autograder.grading.inputs import collector_inputs
from autograder.submission.digest import submission_digest
from autograder.submission.files import assignment_files, own_files, without_clashes
from autograder.submission.finding import Found, find_notebook
from autograder.submission.reading import UnreadableNotebookError, parse_notebook
from autograder.submission.restoring import restore
from autograder.submission.walking import paths_below

TIMESTAMP = "timestamp.txt"


@dataclass(frozen=True)
class Materials:
    """What all submissions of one assignment are graded with, read once."""

    course: Course
    assignment: Assignment
    source: NotebookNode
    key: AnswerKey
    key_digest: str
    files: Mapping[str, bytes]
    limits: Limits

    @cached_property
    def files_to_run(self) -> Mapping[str, bytes]:
        """``files``, with what makes importing them quicker."""
        return with_bytecode(self.files)

    @cached_property
    def inputs(self) -> bytes:
        """What the collector is given."""
        return collector_inputs(self.assignment, self.key)

    @classmethod
    def of(
        cls, course: Course, assignment: Assignment, limits: Limits, ignored: list[str]
    ) -> Materials:
        """Read the materials of ``assignment``."""
        source = course.source_notebook(assignment)
        key = load_key(assignment, course.root)
        digest = hashlib.sha256(key_path(assignment, course.root).read_bytes()).hexdigest()
        files = assignment_files(course.notebook_path(assignment).parent, ignored)
        return cls(course, assignment, source, key, digest, files, limits)


@dataclass(frozen=True)
class HandedIn:
    """What tells one submission from another, without looking into its notebook.

    ``submission`` is the fingerprint of what was handed in, ``digest`` that of all that its grade
    depends on.
    """

    student: str
    digest: str
    submission: str
    timestamp: str


@dataclass(frozen=True)
class Prepared(HandedIn):
    """A submission, ready to run; or the ``reason`` why there is nothing to run."""

    notebook: NotebookNode
    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()
    reason: str = field(default="")

    def task(self, materials: Materials, figures: bool) -> Task:
        """The task of running it: the assignment's files lie over the student's own."""
        files = {**self.files, **materials.files_to_run}
        inputs, limits = materials.inputs, materials.limits
        framework = materials.assignment.framework
        return grading_task(
            self.notebook,
            files,
            inputs,
            limits,
            figures=figures,
            framework=framework,
            concealed=concealed_folders(materials.course),
        )


def identify(student: str, folder: Path, materials: Materials) -> HandedIn:
    """Find the notebook in ``folder``; raises :class:`CourseError` as :func:`prepare` does."""
    _refuse_unreadable(folder)
    return _identified(student, folder, find_notebook(folder, materials.assignment), materials)


def prepare(student: str, folder: Path, materials: Materials) -> Prepared:
    """Find, read and restore the notebook in ``folder``.

    Raises :class:`CourseError` if the grader may not read something there: that is the
    instructor's to mend, and no reason for a zero.
    """
    _refuse_unreadable(folder)
    found = find_notebook(folder, materials.assignment)
    known = asdict(_identified(student, folder, found, materials))
    files, file_notes = own_files(folder)
    taken = (*materials.files, f"{materials.assignment.name}.ipynb")
    files, clashes = without_clashes(files, taken)
    try:
        if found.notebook is None:
            raise UnreadableNotebookError(found.reason)
        notebook, repairs = parse_notebook(found.notebook.content)
    except UnreadableNotebookError as error:
        restored, _ = restore(new_notebook(), materials.source)
        reason = str(error)
        return Prepared(**known, notebook=restored, files=files, notes=(reason,), reason=reason)
    restored, notes = restore(notebook, materials.source)
    notes = (*found.notes, *repairs, *file_notes, *clashes, *notes)
    return Prepared(**known, notebook=restored, files=files, notes=notes)


def _identified(student: str, folder: Path, found: Found, materials: Materials) -> HandedIn:
    content = found.notebook.content if found.notebook else b""
    timestamp = _timestamp(folder)
    context = f"{materials.key_digest} {timestamp.encode().hex()}"
    submission = submission_digest(content, found.reason, "")
    digest = submission_digest(content, found.reason, context)
    return HandedIn(student, digest, submission, timestamp)


def _timestamp(folder: Path) -> str:
    path = folder / TIMESTAMP
    if path.is_symlink() or not path.is_file():
        return ""
    return path.read_bytes()[:200].decode(errors="replace")


def _refuse_unreadable(folder: Path) -> None:
    for path in (folder, *paths_below(folder)):
        wanted = os.R_OK | (os.X_OK if path.is_dir() else 0)
        if not path.is_symlink() and not os.access(path, wanted):
            raise CourseError(f"{path} cannot be read: give yourself permission and grade again.")
