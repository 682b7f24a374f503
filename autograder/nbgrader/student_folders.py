"""Whose folders there are in nbgrader's directories, wherever the course's structure puts them."""

from __future__ import annotations

import contextlib
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from autograder.errors import CourseError

_STUDENT = "\0"
"""Stands for a student's id where no file is touched; no id has it in it."""


def students_in(directory: CourseDirectory, step: str, assignment: str) -> list[str]:
    """The ids of all who have a folder in the directory of ``step``, such as "submitted", in order.

    In the default structure there may be anything in it, or nothing of ``assignment``. Hidden ones
    are nobody's, and those in ``c.CourseDirectory.student_id_exclude`` are not asked for. Raises
    :class:`CourseError` if the structure has no place for students.
    """
    left_out = {each.strip() for each in directory.student_id_exclude.split(",")}
    above, (before, after) = _place(directory, step, assignment)
    found = []
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        for entry in above.iterdir():
            student = entry.name.removeprefix(before).removesuffix(after)
            if f"{before}{student}{after}" == entry.name and not entry.name.startswith("."):
                found.append(student)
    return sorted(set(found) - left_out)


def student_folder(directory: CourseDirectory, step: str, student: str, assignment: str) -> Path:
    """The folder of a student's submission in the directory of ``step``."""
    return Path(directory.format_path(_name(directory, step), student, assignment))


def _place(directory: CourseDirectory, step: str, assignment: str) -> tuple[Path, tuple[str, str]]:
    """The folder with all students' own, and what is before and behind the id in their names."""
    parts = student_folder(directory, step, _STUDENT, assignment).parts
    for number, part in enumerate(parts):
        if part.count(_STUDENT) == 1:
            before, _, after = part.partition(_STUDENT)
            return Path(*parts[:number]), (before, after)
    raise CourseError(
        f"c.CourseDirectory.directory_structure is {directory.directory_structure!r}, where "
        "{student_id} is missing. Correct it in nbgrader_config.py."
    )


def _name(directory: CourseDirectory, step: str) -> str:
    return str(getattr(directory, f"{step}_directory"))
