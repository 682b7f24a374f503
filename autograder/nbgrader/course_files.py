"""Find, from inside a preprocessor, the assignment at hand and the files of its course."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.course import Course
from autograder.exercises import Assignment, assignments

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
    return Course(Path(CourseDirectory(parent=preprocessor).root))
