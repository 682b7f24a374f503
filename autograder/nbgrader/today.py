"""What counts today, for whoever shows it: read after late penalties were computed anew."""

from __future__ import annotations

from nbgrader.coursedir import CourseDirectory

from autograder.feedback.standing import Standing
from autograder.feedback.standings import may_be_late, read_standings


def standings_today(directory: CourseDirectory, assignment: str) -> dict[str, Standing]:
    """What counts of each student's submission of ``assignment``, by student id.

    Where nobody can be late nbgrader's own classes are not imported, which takes long. Raises
    :class:`autograder.errors.CourseError` if the gradebook cannot be read, or a penalty not be
    computed.
    """
    if may_be_late(directory.db_url, assignment):
        from autograder.nbgrader.database import open_gradebook
        from autograder.nbgrader.penalties import renew_or_refuse

        with open_gradebook(directory.db_url, directory.course_id, assignment) as gradebook:
            renew_or_refuse(gradebook, assignment, directory.config)
    return read_standings(directory.db_url, assignment, directory.course_id)
