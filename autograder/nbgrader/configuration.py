"""The course's ``nbgrader_config.py``, and what nbgrader makes of it."""

from __future__ import annotations

from typing import Any

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import LazyConfigValue, PyFileConfigLoader

from autograder.course import CONFIG, Course
from autograder.errors import CourseError

Settings = dict[str, dict[str, Any]]
"""Configuration by class name and trait name."""


def load_config(course: Course) -> Config:
    """The course's ``nbgrader_config.py``, read."""
    try:
        return PyFileConfigLoader(CONFIG, path=str(course.root)).load_config()
    except Exception as error:
        kind = type(error).__name__
        raise CourseError(f"{course.root / CONFIG} cannot be read: {kind}: {error}") from None


def course_directory(course: Course, settings: Settings | None = None) -> CourseDirectory:
    """nbgrader's idea of the course's folders and database; ``settings`` overrule its file."""
    config = load_config(course)
    config.CourseDirectory.root = str(course.root)
    config.merge(Config(settings or {}))
    return CourseDirectory(config=config)


def not_overwritten(config: Config, assignment: str) -> frozenset[str]:
    """What ``c.Autograde.exclude_overwriting`` says of ``assignment``: files that are a student's
    to change, so that the assignment's own never replace them."""
    said = config.get("Autograde", {}).get("exclude_overwriting", {})
    by_assignment = said.get_value({}) if isinstance(said, LazyConfigValue) else said
    return frozenset(by_assignment.get(assignment, ()))
