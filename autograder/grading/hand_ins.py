"""Who has handed something in for an assignment, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from autograder.course import Course
from autograder.exercises import Assignment
from autograder.nbgrader.student_folders import student_folder
from autograder.submission.locating import Place, locate

LEFT_OUT = "not graded"
"""What is said of who has handed in something that is not where it can be graded."""


@dataclass(frozen=True)
class HandIns:
    """What was handed in for ``assignment``; folders of ``others`` lie beside it."""

    directory: CourseDirectory
    assignment: Assignment
    others: frozenset[str]

    @classmethod
    def of(cls, course: Course, assignment: Assignment, directory: CourseDirectory) -> HandIns:
        """Those of a course, in the folders that its ``directory`` says."""
        declared = {each.name for each in course.assignments}
        there = {each.name for each in course.folder("source").iterdir() if each.is_dir()}
        return cls(directory, assignment, frozenset((declared | there) - {assignment.name}))

    def place(self, student: str) -> Place | None:
        """Where the submission of ``student`` lies, or why it is left out; None without any."""
        return locate(self._expected(student), self.assignment, self.others)

    def folder(self, student: str) -> Path:
        """The folder of the submission of ``student``, or where it should be."""
        place = self.place(student)
        return place.folder if place else self._expected(student)

    def left_out(self, student: str) -> str:
        """Why there is nothing to grade of ``student``; empty if there is."""
        place = self.place(student)
        return place.reason if place else ""

    def _expected(self, student: str) -> Path:
        return student_folder(self.directory, "submitted", student, self.assignment.name)
