"""A course folder: where it is, and where in it the assignments' notebooks are."""

from __future__ import annotations

import contextlib
import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
from nbformat import NotebookNode

from autograder.errors import CourseError
from autograder.exercises import Assignment, assignments
from autograder.exercises.recognising import why_renamed

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

CONFIG = "nbgrader_config.py"
SOURCE = "notebooks"
"""The source directory by which a course is known; its configuration may name another one."""


@dataclass(frozen=True)
class Course:
    """A folder with ``nbgrader_config.py`` and ``notebooks/``; nbgrader calls it the root.

    Where nbgrader has read the configuration already, ``configured`` is what it made of it.
    """

    root: Path
    configured: CourseDirectory | None = field(default=None, compare=False, repr=False)

    @property
    def directory(self) -> CourseDirectory:
        """nbgrader's idea of the course's folders and database, as they are configured now."""
        from autograder.nbgrader.configuration import course_directory

        return self.configured or course_directory(self)

    def folder(self, step: str, assignment: str = ".", student: str = ".") -> Path:
        """The folder of ``step`` ("source", "submitted", …), or an assignment's in it."""
        directory = self.directory
        name = getattr(directory, f"{step}_directory")
        return Path(directory.format_path(name, student, assignment))

    @property
    def assignments(self) -> list[Assignment]:
        """The assignments that are declared and have a notebook here."""
        return [each for each in assignments().values() if self.notebook_path(each).exists()]

    def assignment(self, name: str) -> Assignment:
        """The assignment called ``name``; :class:`CourseError` if this course has none."""
        known = {assignment.name: assignment for assignment in self.assignments}
        if name not in known:
            raise CourseError(
                f"There is no assignment {name!r} in {self.root}. "
                f"There {'is' if len(known) == 1 else 'are'}: {', '.join(known) or 'none'}."
                + self._about_undeclared(name)
            )
        return known[name]

    def _about_undeclared(self, name: str) -> str:
        """More words on why a folder of the source directory is no assignment here."""
        if reason := self._why_renamed(name):
            return f" {reason}"
        plain = any(self.folder("source", name).glob("*.ipynb"))
        return f" `nbgrader autograde {name}` grades it, in the sandbox." if plain else ""

    def _why_renamed(self, name: str) -> str:
        for path in sorted(self.folder("source", name).glob("*.ipynb")):
            with contextlib.suppress(Exception):  # what is no notebook is no assignment either
                notebook = nbformat.read(path, as_version=4)
                if reason := why_renamed(notebook, f"{name}/{path.name}"):
                    return reason
        return ""

    def renamed(self) -> list[str]:
        """What there is to say of declared assignments that are here under other names."""
        own = {assignment.name for assignment in self.assignments}
        everything = self.folder("source").glob("*")
        folders = sorted(each.name for each in everything if each.is_dir())
        return [
            reason for each in folders if each not in own and (reason := self._why_renamed(each))
        ]

    def notebook_path(self, assignment: Assignment) -> Path:
        """The instructor's notebook of ``assignment``."""
        return self.folder("source", assignment.name) / f"{assignment.name}.ipynb"

    def source_notebook(self, assignment: Assignment) -> NotebookNode:
        """The instructor's notebook, read; :class:`CourseError` if it is missing or damaged."""
        path = self.notebook_path(assignment)
        try:
            notebook: NotebookNode = nbformat.read(path, as_version=4)
        except Exception as error:
            raise CourseError(f"The notebook {path} cannot be read: {error}") from None
        return notebook

    def copy_to(self, folder: Path) -> Course:
        """A course of its own in ``folder``, with the same configuration and source notebooks.

        Its folders and its gradebook lie in it, wherever the configuration has those of this one.
        """
        from autograder.nbgrader.configuration import lines_for_copy

        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.root / CONFIG, folder / CONFIG)
        if lines := lines_for_copy(self):
            with (folder / CONFIG).open("a", encoding="utf-8") as config:
                config.write(f"\n# This is a copy of a course, in a folder of its own.\n{lines}")
        copy = Course(folder)
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        for name in (".", *(assignment.name for assignment in self.assignments)):
            source, target = self.folder("source", name), copy.folder("source", name)
            if source.is_dir() and not target.is_dir():  # as a rule all lie in one
                shutil.copytree(source, target, ignore=ignored)
        return copy


_PLACES = re.compile(rb"\.(?:source_directory|directory_structure)\s*=")


def is_course(folder: Path) -> bool:
    """Whether ``folder`` is a course's root: its configuration says so, or it has ``notebooks/``.

    The configuration is not run for it: ``folder`` may be what somebody handed in.
    """
    config = folder / CONFIG
    if not config.is_file():
        return False
    return (folder / SOURCE).is_dir() or _PLACES.search(config.read_bytes()) is not None


def find_course(start: Path | None = None, *, or_own: bool = True) -> Course:
    """The course that ``start`` (by default the current folder) lies in.

    Outside any course, and with ``or_own``, the one that this package was installed from, if it
    was. Raises :class:`CourseError` if there is neither.
    """
    here = (start or Path.cwd()).resolve()
    own = [Path(__file__).resolve().parent.parent] if or_own else []
    for folder in (here, *here.parents, *own):
        if is_course(folder):
            return Course(folder)
    raise CourseError(
        f"{here} is not in a course folder: neither it nor a folder above it has {CONFIG} and "
        f"{SOURCE}/. Go to your course folder, or name it with --course."
    )
