"""From what a student handed in to a notebook that can be run. Nothing is written.

The same for a class, for one notebook file, and for nbgrader's own commands.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_notebook
from nbgrader.coursedir import CourseDirectory

from autograder.course import CONFIG, Course, is_course
from autograder.errors import CourseError
from autograder.execution.limits import Limits
from autograder.execution.task import Task
from autograder.exercises import Assignment
from autograder.expected import AnswerKey, key_path, load_key, outcomes_path
from autograder.grading.answered import Stubs
from autograder.grading.bytecode import with_bytecode
from autograder.grading.concealed import concealed_folders
from autograder.grading.executing import grading_task
from autograder.grading.inputs import collector_inputs
from autograder.grading.settings import configured_limits
from autograder.grading.software import what_judges, what_runs
from autograder.nbgrader.configuration import not_overwritten
from autograder.nbgrader.time_zone import course_zone
from autograder.submission.arrival import read_timestamp, refuse_impossible_time, refuse_links
from autograder.submission.digest import files_fingerprint, fingerprint
from autograder.submission.files import (
    MAX_OWN_BYTES,
    Files,
    assignment_files,
    own_files,
    without_clashes,
)
from autograder.submission.finding import Found, find_notebook, has_graded_cells
from autograder.submission.other_files import is_plain
from autograder.submission.reading import TOO_LARGE, UnreadableNotebookError, parse_notebook
from autograder.submission.receipt import read_receipt, without_receipt
from autograder.submission.restoring import restore
from autograder.submission.walking import paths_below
from autograder.submission.zips import is_notebook

Beside = tuple[Files, tuple[str, ...]]
"""A student's own files beside the notebook, and notes on those that were left out."""
Receipt = Mapping[str, bytes]
"""What says when a submission was handed in, and lets its student fetch the feedback."""


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
    ignored: tuple[str, ...] = ()
    """Patterns for names of files and folders that the course does not want."""
    zone: tzinfo = UTC
    """The course's time zone."""

    @cached_property
    def files_to_run(self) -> Mapping[str, bytes]:
        """``files``, with what makes importing them quicker."""
        return with_bytecode(self.files)

    @cached_property
    def stubs(self) -> Stubs:
        """What students get to fill in."""
        return Stubs.of(self.source)

    @cached_property
    def inputs(self) -> Mapping[str, bytes]:
        """What the collector is given, by graded cell."""
        return collector_inputs(self.assignment, self.key)

    @cached_property
    def run_with(self) -> str:
        """The fingerprint of all but the submission that a run reads, right helpers included."""
        code = (cell.source for cell in self.source.cells if cell.cell_type == "code")
        return fingerprint(
            files_fingerprint(self.files),
            files_fingerprint(self.inputs),
            repr(self.limits),
            fingerprint(*code),
            what_runs(self.assignment.framework),
        )

    @cached_property
    def judged_with(self) -> str:
        """The fingerprint of all but the evidence that verdicts follow from."""
        return fingerprint(self.key_digest, repr(self.assignment), what_judges())

    @classmethod
    def of(
        cls,
        course: Course,
        assignment: Assignment,
        directory: CourseDirectory,
        limits: Limits | None = None,
    ) -> Materials:
        """Read the materials of ``assignment``, as ``directory``'s configuration has them.

        ``limits`` are used in place of those that are configured; what the assignment needs it
        gets in any case.
        """
        source = course.source_notebook(assignment)
        key = load_key(assignment, course.root)
        path = key_path(assignment, course.root)
        outcomes = outcomes_path(path)
        mistakes = outcomes.read_bytes() if outcomes.exists() else b""
        digest = fingerprint(path.read_bytes(), mistakes)
        ignored = tuple(directory.ignore)
        files = assignment_files(course.notebook_path(assignment).parent, ignored)
        students = not_overwritten(directory.config, assignment.name)
        own = {name: content for name, content in files.items() if name not in students}
        if limits is None:
            limits = configured_limits(directory.config, assignment)
        enough = limits.raised_to(**vars(assignment.needs))
        zone = course_zone(directory.config)
        return cls(course, assignment, source, key, digest, own, enough, ignored, zone)


@dataclass(frozen=True)
class HandedIn:
    """Whose a submission is, and what tells whether it has been graded already.

    ``submission`` is the fingerprint of what was handed in, ``run`` that of all that running it
    reads, and ``digest`` that of all else that is saved with it: verdicts follow from its evidence
    and from the key, notes from how it came.
    """

    student: str
    submission: str
    run: str
    digest: str
    timestamp: str = ""
    receipt: Receipt = field(default_factory=dict, kw_only=True)


@dataclass(frozen=True)
class Prepared(HandedIn):
    """A submission, ready to run; or the ``reason`` why there is nothing to run."""

    notebook: NotebookNode = field(kw_only=True)
    files: Mapping[str, bytes] = field(kw_only=True)
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


def prepare(student: str, folder: Path, materials: Materials) -> Prepared:
    """Find, read and restore the notebook in ``folder``.

    Raises :class:`CourseError` if the grader may not read something there, if the folder is a
    link, or if it was handed in at an impossible time: that is a person's to mend, and no reason
    for a zero.
    """
    _refuse(student, folder, materials.zone)
    found = _found(folder, materials)
    graded = {found.notebook.name} if found.notebook else set()
    beside = own_files(folder, materials.ignored, graded=graded)
    prepared = _prepared(found.content, found, beside, materials)
    timestamp, receipt = read_timestamp(folder), read_receipt(folder)
    digest = fingerprint(prepared.digest, timestamp, files_fingerprint(receipt))
    return replace(prepared, student=student, digest=digest, timestamp=timestamp, receipt=receipt)


def _found(folder: Path, materials: Materials) -> Found:
    """The notebook in ``folder``, and a note if the folder is not called as it should be."""
    found = find_notebook(folder, materials.assignment, materials.stubs.are_filled_in)
    name = materials.assignment.name
    if folder.name == name:
        return found
    note = f"The folder was called {folder.name!r}, not {name!r}."
    return replace(found, notes=(note, *found.notes))


def prepare_file(path: Path, content: bytes | None, materials: Materials) -> Prepared:
    """Read and restore the notebook file at ``path``, whose ``content`` is given.

    It is None for a file that is too large to be read. What lies beside it was handed in with it,
    unless a course is there; other notebooks too, but for what is a hand-in of its own.
    """
    beside: Beside = {}, (_COURSE_BESIDE,)
    if not _holds_course(path.parent):
        graded = set(_hand_ins(path.parent, materials.assignment)) | {path.name}
        beside = own_files(path.parent, materials.ignored, graded=graded)
    found = Found(None, TOO_LARGE if content is None else "")
    return _prepared(content, found, beside, materials)


def _hand_ins(folder: Path, assignment: Assignment) -> Iterator[str]:
    """Notebooks below ``folder``, by relative path, that may be other people's hand-ins."""
    for path in paths_below(folder):
        if is_notebook(path.name) and is_plain(path, folder) and _may_be_hand_in(path, assignment):
            yield path.relative_to(folder).as_posix()


def _may_be_hand_in(path: Path, assignment: Assignment) -> bool:
    return path.stat().st_size > MAX_OWN_BYTES or has_graded_cells(path.read_bytes(), assignment)


_COURSE_BESIDE = (
    "Files beside the notebook were left out, because there is a course among them or around them. "
    "If they were handed in with it, put it and them into a folder of their own."
)


def _holds_course(folder: Path) -> bool:
    """Whether other people's work may be in ``folder``: courses, or directories of one."""
    folder = folder.resolve()
    below = [path.parent for path in paths_below(folder) if path.name == CONFIG]
    return any(map(is_course, (folder, folder.parent, *below)))


def _prepared(
    content: bytes | None, found: Found, beside: Beside, materials: Materials
) -> Prepared:
    """The submission, of no student yet."""
    files, file_notes = beside
    taken = (*materials.files, f"{materials.assignment.name}.ipynb")
    files, clashes = without_clashes(without_receipt(files), taken)
    reason = ""
    try:
        if content is None:
            raise UnreadableNotebookError(found.reason)
        notebook, repairs = parse_notebook(content)
    except UnreadableNotebookError as error:
        restored, _ = restore(new_notebook(), materials.source)
        reason = str(error)
        notes: tuple[str, ...] = (reason,)
    else:
        restored, notes = restore(notebook, materials.source)
        notes = (*found.notes, *repairs, *file_notes, *clashes, *notes)
    own = files_fingerprint(files)
    return Prepared(
        student="",
        submission=fingerprint(content or b"", found.reason, own),
        run=fingerprint(materials.run_with, json.dumps(restored, sort_keys=True), own),
        digest=fingerprint(materials.judged_with, reason, *notes),
        notebook=restored,
        files=files,
        notes=notes,
        reason=reason,
    )


def _refuse(student: str, folder: Path, zone: tzinfo) -> None:
    refuse_links(student, folder)
    for path in (folder, *paths_below(folder)):
        wanted = os.R_OK | (os.X_OK if path.is_dir() else 0)
        if not path.is_symlink() and not os.access(path, wanted):
            raise CourseError(f"{path} cannot be read: give yourself permission and grade again.")
    refuse_impossible_time(student, read_timestamp(folder), zone=zone)
