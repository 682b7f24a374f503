"""What is said of a gradebook that is another course's, or of an older nbgrader."""

from __future__ import annotations

from autograder.errors import CourseError

_NAMELESS = ("", "default_course")
"""What nbgrader puts in place of a course's name where there is none."""


def refuse_other(found: str | None, course_id: str, assignment: str, gradebook: str) -> None:
    """Raise :class:`CourseError` if the ``assignment`` that was ``found`` is another course's.

    ``found`` is the course that it is of, None if it is not there; ``gradebook`` is where. What was
    entered when no course had a name may be any course's.
    """
    if found is None or found == course_id or found in _NAMELESS:
        return
    raise CourseError(
        f"The gradebook {gradebook} holds {assignment} of the course {found!r}, and this is the "
        f"course {course_id!r}. There is one assignment of a name in a gradebook, so the grades of "
        "one course would overwrite the other's. Give each course a database of its own: "
        "c.CourseDirectory.db_url in nbgrader_config.py. If it is the same course, which was "
        f"renamed, set c.CourseDirectory.course_id to {found!r} again."
    )


def of_older_nbgrader(gradebook: str, missing: str) -> str:
    """A sentence on a ``gradebook`` that has no column ``missing``."""
    return (
        f"The gradebook {gradebook} is of an older nbgrader: it has no {missing}. Make a copy of "
        "it, run `nbgrader db upgrade` in the course's folder, and try again."
    )
