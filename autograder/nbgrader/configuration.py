"""The course's ``nbgrader_config.py``, and what nbgrader makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.coursedir import CourseDirectory
from traitlets import TraitError
from traitlets.config import Config
from traitlets.config.loader import LazyConfigValue, PyFileConfigLoader

from autograder.course import CONFIG, SOURCE, Course
from autograder.errors import CourseError
from autograder.nbgrader.own_settings import refuse_wrong_settings

Settings = dict[str, dict[str, Any]]
"""Configuration by class name and trait name."""
_UNLESS_NAMED = {"source_directory": SOURCE, "solution_directory": "solutions"}
"""Where this course's names are not nbgrader's own."""
_IN_COPIES = {
    **_UNLESS_NAMED,
    "directory_structure": "{nbgrader_step}/{student_id}/{assignment_id}",
    "release_directory": "release",
    "submitted_directory": "submitted",
    "autograded_directory": "autograded",
    "feedback_directory": "feedback",
}


def load_config(course: Course) -> Config:
    """The course's ``nbgrader_config.py``, read.

    Raises :class:`CourseError` if it cannot be read, or if a setting of ours in it is misspelt or
    of a wrong kind.
    """
    path = course.root / CONFIG
    try:
        config = PyFileConfigLoader(CONFIG, path=str(course.root)).load_config()
    except Exception as error:
        raise CourseError(f"{path} cannot be read: {type(error).__name__}: {error}") from None
    refuse_wrong_settings(config, path)
    return config


def course_directory(course: Course, settings: Settings | None = None) -> CourseDirectory:
    """nbgrader's idea of the course's folders and database; ``settings`` overrule its file."""
    config = load_config(course)
    config.CourseDirectory.root = str(course.root)
    for name, ours in _UNLESS_NAMED.items():
        config.CourseDirectory.setdefault(name, ours)
    config.merge(Config(settings or {}))
    try:
        return CourseDirectory(config=config)
    except TraitError as error:
        raise CourseError(
            f"A setting of c.CourseDirectory in {course.root / CONFIG} is of a wrong kind: {error}"
        ) from None


def lines_for_copy(course: Course) -> str:
    """What has to be added to a copy of the configuration, so that all lies in the copy's folder.

    Nothing, if only folders in the course's own are named, as in the course that comes with this
    package.
    """
    named = load_config(course).CourseDirectory
    outside = any(Path(str(named.get(name, ""))).is_absolute() for name in _IN_COPIES)
    settings: dict[str, object] = dict(_IN_COPIES) if outside else {}
    lines = [f"c.CourseDirectory.{name} = {value!r}\n" for name, value in settings.items()]
    gone = [f"del c.CourseDirectory.{name}\n" for name in ("root", "db_url") if name in named]
    return "".join([*lines, *gone])


def not_overwritten(config: Config, assignment: str) -> frozenset[str]:
    """What ``c.Autograde.exclude_overwriting`` says of ``assignment``: files that are a student's
    to change, so that the assignment's own never replace them."""
    said = config.get("Autograde", {}).get("exclude_overwriting", {})
    by_assignment = said.get_value({}) if isinstance(said, LazyConfigValue) else said
    return frozenset(by_assignment.get(assignment, ()))
