"""Grade one notebook file, without a course database and with exactly the class's verdicts."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode

from autograder.course import Course, find_course
from autograder.errors import CourseError
from autograder.execution import execute
from autograder.execution.limits import DEFAULT_LIMITS, Limits
from autograder.exercises import Assignment
from autograder.expected import load_key
from autograder.frameworks import require
from autograder.grading.carrying import judge_carrying_forward
from autograder.grading.concealed import concealed_folders
from autograder.grading.executing import grading_task
from autograder.grading.inputs import collector_inputs
from autograder.grading.judging import unreadable_result
from autograder.submission.files import assignment_files
from autograder.submission.finding import answers_assignment
from autograder.submission.reading import UnreadableNotebookError, parse_notebook
from autograder.submission.restoring import restore
from autograder.verdicts import NotebookResult


def grade_notebook(
    path: Path | str,
    assignment: str | None = None,
    *,
    course: Course | None = None,
    limits: Limits = DEFAULT_LIMITS,
    trust: bool = False,
) -> NotebookResult:
    """Grade the notebook file at ``path`` and return its result.

    ``assignment`` is found from the notebook's name or cells if it is not given; ``course`` is by
    default the one that the current folder lies in. ``trust`` runs it without the sandbox, with
    your own rights. Raises :class:`CourseError` if there is no such file, no such course, no
    telling which assignment it is, or not the framework that it needs. A file that is no notebook
    any more is a result (zero, with the reason), not an error.
    """
    path = Path(path)
    course = course or find_course()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from None
    declared = course.assignment(assignment) if assignment else _recognise(path, content, course)
    try:
        notebook, repairs = parse_notebook(content)
    except UnreadableNotebookError as error:
        return unreadable_result(declared, str(path), str(error))
    require(declared.framework, declared.name)
    source = course.source_notebook(declared)
    restored, notes = restore(notebook, source)
    key = load_key(declared, course.root)
    limits = limits.raised_to(**vars(declared.needs))
    files = assignment_files(course.notebook_path(declared).parent)
    inputs = collector_inputs(declared, key)

    def run(cells: NotebookNode) -> NotebookNode:
        task = grading_task(
            cells,
            files,
            inputs,
            limits,
            framework=declared.framework,
            concealed=concealed_folders(course),
        )
        return execute(task, trust).notebook

    notes = (*repairs, *notes)
    executed = run(restored)
    return judge_carrying_forward(executed, source, declared, key, limits, str(path), notes, run)


def _recognise(path: Path, content: bytes, course: Course) -> Assignment:
    known = course.assignments
    named = [assignment for assignment in known if assignment.name in path.stem]
    answered = [each for each in known if answers_assignment(content, each)]
    for fitting in (named, answered, known):
        if len(fitting) == 1:
            return fitting[0]
    names = ", ".join(assignment.name for assignment in known)
    raise CourseError(
        f"It cannot be told which assignment {path} is. Name it with --assignment: {names}."
    )
