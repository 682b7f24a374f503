"""From a course's gradebook and autograded notebooks to the exported file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from autograder.errors import CourseError
from autograder.exercises import Assignment, assignments
from autograder.export.gradebook_rows import read_grades
from autograder.export.grades import AssignmentGrades
from autograder.export.layouts import LAYOUTS, LMS_LAYOUTS
from autograder.grading.storing import read_judged
from autograder.importing.identities import read_identities
from autograder.nbgrader.penalties import renew_or_refuse
from autograder.nbgrader.student_folders import student_folder


def collect_grades(
    gradebook: Gradebook,
    directory: CourseDirectory,
    name: str,
    layout: str,
    students: Collection[str] = (),
) -> AssignmentGrades:
    """All that ``layout`` needs to know: the gradebook's rows, and why a person should look.

    Late penalties are computed anew. Raises :class:`CourseError` if the assignment or one of
    ``students`` is not in the gradebook.
    """
    declared = assignments().get(name)
    exercises = {each.test_cell: each.name for each in declared.exercises} if declared else {}
    grades = read_grades(gradebook, name, students, exercises)
    if grades.may_be_late:
        renew_or_refuse(gradebook, name, directory.config)
        grades = read_grades(gradebook, name, students, exercises)
    if declared:
        grades = _with_attention(grades, directory, declared)
    return _with_identities(grades, directory, layout)


def _with_attention(
    grades: AssignmentGrades, directory: CourseDirectory, declared: Assignment
) -> AssignmentGrades:
    """Add the judge's reasons, which are in the autograded notebooks and nowhere else."""
    with_reasons = []
    for each in grades.students:
        folder = student_folder(directory, "autograded", each.student, grades.assignment)
        judged = read_judged(folder / f"{declared.name}.ipynb", declared)
        reasons = judged["result"].get("attention", []) if judged else []
        with_reasons.append(replace(each, attention=(*map(str, reasons), *each.attention)))
    return replace(grades, students=tuple(with_reasons))


def _with_identities(
    grades: AssignmentGrades, directory: CourseDirectory, layout: str
) -> AssignmentGrades:
    """Fill in the LMS's numbers that `autograder import` has seen.

    Canvas has one number for a student, and the gradebook's comes first. Moodle numbers its
    participants anew for each assignment: once such numbers were imported only they count, for
    another number may be another student's.
    """
    seen = read_identities(directory, grades.assignment)
    if layout in LMS_LAYOUTS:
        seen = {student: each for student, each in seen.items() if each.lms == layout}
    filled = []
    for each in grades.students:
        imported = seen[each.student].number if each.student in seen else ""
        if layout == "moodle" and seen:
            filled.append(replace(each, lms_id=imported))
        else:
            filled.append(replace(each, lms_id=each.lms_id or imported))
    return replace(grades, students=tuple(filled))


def write_export(content: bytes, path: Path) -> None:
    """Put ``content`` at ``path``, at once; :class:`CourseError` if that cannot be."""
    try:
        handle, draft = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).chmod(0o600)  # grades are nobody else's business
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CourseError(
            f"The grades cannot be written to {path}: {error.strerror}. Name another --output."
        ) from None


def lay_out(grades: AssignmentGrades, layout: str) -> bytes:
    """The file's bytes in one of the ``LAYOUTS``."""
    return LAYOUTS[layout](grades)


def without_lms_id(grades: AssignmentGrades) -> list[str]:
    """The students whom the LMS may not find, since its number for them is not known."""
    return [each.student for each in grades.students if not each.lms_id]
