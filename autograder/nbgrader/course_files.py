"""Find, from inside a preprocessor, the assignment at hand and the files of its course."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import Course
from autograder.exercises import Assignment, assignments
from autograder.nbgrader.configuration import not_overwritten

Resources = dict[str, Any]


def declared_assignment(resources: Resources) -> Assignment | None:
    """The declared assignment that nbgrader is working on; None if it is somebody else's.

    A notebook belongs to an assignment if it has its name.
    """
    names = resources["nbgrader"]
    if names["notebook"] != names["assignment"]:
        return None
    return assignments().get(names["assignment"])


def course_of(preprocessor: NbGraderPreprocessor) -> Course:
    """The course whose configuration ``preprocessor`` was made with."""
    directory = CourseDirectory(parent=preprocessor)
    return Course(Path(directory.root), directory)


@dataclass(frozen=True)
class AtHand:
    """The submission that nbgrader is working on, one of its notebooks at a time."""

    directory: CourseDirectory
    db_url: str
    student: str
    assignment: str
    notebook: str

    @classmethod
    def of(cls, preprocessor: NbGraderPreprocessor, resources: Resources) -> AtHand:
        """What ``preprocessor`` was given ``resources`` for."""
        names = resources["nbgrader"]
        directory = CourseDirectory(parent=preprocessor)
        keys = ("db_url", "student", "assignment", "notebook")
        return cls(directory, *(names[key] for key in keys))

    @property
    def course(self) -> Course:
        """The course that it is of."""
        return Course(Path(self.directory.root), self.directory)

    @property
    def name(self) -> str:
        """The notebook within the course: "hw1/hw1.ipynb"."""
        return f"{self.assignment}/{self.notebook}.ipynb"

    @property
    def students_to_change(self) -> frozenset[str]:
        """Files of the assignment that count as the student has them, by the configuration."""
        return not_overwritten(self.directory.config, self.assignment)

    @property
    def submitted(self) -> Path:
        """The folder of what was handed in."""
        return self._folder(self.directory.submitted_directory, self.student)

    @property
    def autograded(self) -> Path:
        """The folder in which nbgrader works on a copy of it."""
        return self._folder(self.directory.autograded_directory, self.student)

    @property
    def source(self) -> Path:
        """The folder of the instructor's own notebook and files."""
        return self._folder(self.directory.source_directory, ".")

    def _folder(self, step: str, student: str) -> Path:
        return Path(self.directory.format_path(step, student, self.assignment))
