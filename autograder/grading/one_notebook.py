"""Grade one notebook file, without a course database and with exactly the class's verdicts."""

from __future__ import annotations

from pathlib import Path

from autograder.course import Course, find_course
from autograder.errors import CourseError
from autograder.execution.limits import Limits
from autograder.exercises import Assignment
from autograder.frameworks import require
from autograder.grading.attempt import judge_to_the_end
from autograder.grading.preparing import Materials, prepare_file
from autograder.nbgrader.configuration import course_directory
from autograder.submission.caps import MAX_BYTES
from autograder.submission.finding import answers_assignment
from autograder.verdicts import NotebookResult


def grade_notebook(
    path: Path | str,
    assignment: str | None = None,
    *,
    course: Course | None = None,
    limits: Limits | None = None,
    trust: bool = False,
) -> NotebookResult:
    """Grade the notebook file at ``path`` and return its result.

    ``assignment`` is found from the notebook's name or cells if it is not given; ``course`` is by
    default the one that the current folder lies in. What lies in the notebook's folder was handed
    in with it. ``limits`` are the course's if they are not given. ``trust`` runs it without the
    sandbox, with your own rights.

    Raises :class:`CourseError` if there is no such file, no such course, no telling which
    assignment it is, or not the framework that it needs. A file that is no notebook any more is a
    result (zero, with the reason), not an error.
    """
    path = Path(path)
    course = course or find_course()
    content = _content(path)
    declared = course.assignment(assignment) if assignment else _recognise(path, content, course)
    materials = Materials.of(course, declared, course_directory(course), limits)
    prepared = prepare_file(path, content, materials)
    if not prepared.reason:
        require(declared.framework, declared.name)
    return judge_to_the_end(prepared, str(path), materials, figures=False, trust=trust).result


def _content(path: Path) -> bytes | None:
    """The bytes of the file; None if they are more than are read."""
    try:
        return path.read_bytes() if path.stat().st_size <= MAX_BYTES else None
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from None


def _recognise(path: Path, content: bytes | None, course: Course) -> Assignment:
    known = course.assignments
    named = [assignment for assignment in known if assignment.name in path.stem]
    answered = [each for each in known if answers_assignment(content or b"", each)]
    for fitting in (named, answered, known):
        if len(fitting) == 1:
            return fitting[0]
    names = ", ".join(assignment.name for assignment in known)
    words = (f"It cannot be told which assignment {path} is.", *course.renamed())
    raise CourseError(" ".join((*words, f"Name it with --assignment: {names or 'none is here'}.")))
