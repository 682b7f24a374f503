"""The course's ``nbgrader_config.py``, and what nbgrader makes of it."""

from __future__ import annotations

from itertools import combinations
from os.path import normpath
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
_SQLITE = "sqlite:///"
_KEYS = ("{nbgrader_step}", "{student_id}", "{assignment_id}")
_STEPS = ("source", "release", "solution", "submitted", "autograded", "feedback")
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
    path = course.root / CONFIG
    try:
        directory = CourseDirectory(config=config)
    except TraitError as error:
        raise CourseError(
            f"A setting of c.CourseDirectory in {path} is of a wrong kind: {error}"
        ) from None
    _refuse_mixed_up(directory, path)
    directory.db_url = _in_course(directory.db_url, course.root)
    return directory


def _refuse_mixed_up(directory: CourseDirectory, path: Path) -> None:
    """Raise :class:`CourseError` if one step's folder would be another's, or another student's."""
    structure = directory.directory_structure
    if missing := [key for key in _KEYS if key not in structure]:
        raise CourseError(
            f"c.CourseDirectory.directory_structure is {structure!r} in {path}, and "
            f"{', '.join(missing)} is missing. Correct it there."
        )
    names = {step: str(getattr(directory, f"{step}_directory")) for step in _STEPS}
    try:
        places = {step: directory.format_path(name, "a", "b") for step, name in names.items()}
    except (KeyError, IndexError, ValueError) as error:
        raise CourseError(
            f"c.CourseDirectory.directory_structure is {structure!r} in {path}: {error} is nothing "
            f"that it may name. There are {', '.join(_KEYS)}."
        ) from None
    for one, other in combinations(_STEPS, 2):
        if normpath(places[one]) == normpath(places[other]):
            raise CourseError(
                f"c.CourseDirectory.{one}_directory and c.CourseDirectory.{other}_directory are "
                f"both {names[one]!r} in {path}: what is in it would be lost. Give each its own."
            )


def _in_course(db_url: str, root: Path) -> str:
    """``db_url``, but a file that it names lies in the course, wherever the command was typed."""
    name = db_url.removeprefix(_SQLITE)
    if name in (db_url, "") or name.startswith(":memory:") or Path(name).is_absolute():
        return db_url
    return f"{_SQLITE}{root / name}"


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
