"""nbgrader's commands as functions: the same converters with the course's own configuration."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.exc import SAWarning

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exercises import Assignment
from autograder.nbgrader.configuration import Settings, course_directory
from autograder.nbgrader.database import open_gradebook

_SPECIAL = re.compile(r"[\[\]*?%]")


def generate_assignment(course: Course, assignment: str) -> None:
    """Write ``release/<assignment>``, anew, and enter the assignment into the gradebook."""
    _known_assignments(course, assignment)
    _convert("GenerateAssignment", course, assignment)


def generate_solution(course: Course, assignment: str) -> None:
    """Write ``solutions/<assignment>``, anew; the assignment must be in the gradebook."""
    _convert("GenerateSolution", course, assignment)


def enter_assignment(course: Course, assignment: str) -> None:
    """Enter ``assignment`` into the gradebook if it is not there, as a fresh clone's is not."""
    if assignment not in _known_assignments(course, assignment):
        with tempfile.TemporaryDirectory(prefix="release-") as folder:
            settings = {"CourseDirectory": {"release_directory": folder}}
            _convert("GenerateAssignment", course, assignment, settings)


def _known_assignments(course: Course, assignment: str) -> set[str]:
    """The names of the assignments in the gradebook, which has to be this course's.

    One is not known before its notebook is: a due date may have been set first.
    """
    directory = course_directory(course)
    _put_own_programs_first()
    with open_gradebook(directory.db_url, directory.course_id, assignment) as gradebook:
        return {
            entry.name
            for entry in gradebook.assignments
            if entry.name in {notebook.name for notebook in entry.notebooks}
        }


def renew_points(course: Course, assignment: Assignment) -> None:
    """Make the gradebook's points of ``assignment`` those that the exercises have now."""
    directory = course_directory(course)
    _put_own_programs_first()
    with open_gradebook(directory.db_url, directory.course_id, assignment.name) as gradebook:
        notebook = gradebook.find_notebook(assignment.name, assignment.name)
        points = {exercise.test_cell: exercise.points for exercise in assignment.exercises}
        for cell in notebook.grade_cells:
            cell.max_score = points.get(cell.name, cell.max_score)
        gradebook.db.commit()


def _convert(
    converter_name: str,
    course: Course,
    assignment: str,
    settings: Settings | None = None,
) -> None:
    # Importing converters takes as long as grading a few submissions, which needs none.
    from nbgrader import converters
    from nbgrader.converters.base import NbGraderException

    from autograder.nbgrader.entering import EnterAssignment

    entering = converter_name == "GenerateAssignment"
    converter_class = EnterAssignment if entering else getattr(converters, converter_name)
    _put_own_programs_first()
    messages = _Messages()
    log = logging.Logger(f"autograder.{converter_name}")
    log.addHandler(messages)
    with _plain_path(course) as linked, warnings.catch_warnings():
        directory = course_directory(linked, settings)
        directory.assignment_id = assignment
        converter = converter_class(
            coursedir=directory, config=directory.config, log=log, force=True
        )
        # SQLAlchemy remarks on the order in which nbgrader adds rows; they are saved.
        warnings.simplefilter("ignore", SAWarning)
        try:
            converter.start()
        except (NbGraderException, SystemExit) as error:
            cause = str(messages.cause or error).replace(str(linked.root), str(course.root))
            raise CourseError(f"{converter_name} of {assignment} failed: {cause}") from None


@contextlib.contextmanager
def _plain_path(course: Course) -> Iterator[Course]:
    """The same course by a path that nbgrader can look into.

    It takes brackets and the like in the path for patterns, and ``%`` in that of a database for a
    variable of alembic's.
    """
    if not _SPECIAL.search(str(course.root)):
        yield course
        return
    with tempfile.TemporaryDirectory(prefix="course-") as folder:
        link = Path(folder, "course")
        try:
            link.symlink_to(course.root, target_is_directory=True)
        except OSError as error:  # Windows has links for some users only
            raise CourseError(
                f"nbgrader cannot look into {course.root}, for the name has one of [ ] * ? % in "
                f"it, and no link to it can be made ({error}). Give the folder another name."
            ) from None
        yield Course(link)


def _put_own_programs_first() -> None:
    """nbgrader calls ``alembic`` by name, which is found only if our environment is activated."""
    own = str(Path(sys.executable).parent)
    paths = os.environ.get("PATH", "").split(os.pathsep)
    if paths[0] != own:
        os.environ["PATH"] = os.pathsep.join([own, *paths])


class _Messages(logging.Handler):
    """Keeps the exception behind the first error that nbgrader reports, which raises none."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.cause: BaseException | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what is being handled while nbgrader reports it."""
        self.cause = self.cause or sys.exc_info()[1]
