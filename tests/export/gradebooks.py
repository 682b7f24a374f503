"""Gradebooks with grades in them, made without grading anything."""

from __future__ import annotations

import json
from datetime import datetime

from nbgrader.api import Gradebook
from nbgrader.plugins import BasePlugin
from traitlets import Dict

from tests.grading.classes import autograded, class_of, configure, database
from tests.submissions import ASSIGNMENT, EXERCISES


class PointsOff(BasePlugin):
    """A rule for lateness that takes other points from each student."""

    points = Dict(help="By student.").tag(config=True)

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        """The points of this student, for any lateness."""
        return self.points.get(student_id)


def graded_course(folder, students, *settings):
    """A course with a submission of each of ``students``: id to fields of the student table."""
    course = class_of(folder, {}, *settings)
    with Gradebook(database(course)) as gradebook:
        notebook = gradebook.find_assignment(ASSIGNMENT).notebooks[0]
        cells = [(cell.id, cell.max_score) for cell in notebook.grade_cells]
        for student, fields in students.items():
            gradebook.add_student(student, **fields)
            submission = gradebook.add_submission(ASSIGNMENT, student)
            submission.timestamp = datetime(2026, 3, 1, 12, 30)
            for grade in submission.notebooks[0].grades:
                grade.auto_score = dict(cells)[grade.cell_id] / 2
                grade.needs_manual_grade = False
        gradebook.db.commit()
    return course


def change(course, student, *, penalty=None, **cells):
    """Set fields of a student's grades, by grade cell; and be late, at the price of ``penalty``."""
    if penalty is not None:
        configure(
            course,
            "c.AssignLatePenalties.plugin_class = 'tests.export.gradebooks.PointsOff'",
            f"c.PointsOff.points.update({{{student!r}: {penalty!r}}})",
        )
    with Gradebook(database(course)) as gradebook:
        submitted = gradebook.find_submission(ASSIGNMENT, student).notebooks[0]
        for grade in submitted.grades:
            for name, value in cells.get(grade.name.removesuffix("_test"), {}).items():
                setattr(grade, name, value)
        if penalty is not None:
            gradebook.find_assignment(ASSIGNMENT).duedate = datetime(2026, 3, 1, 12)
        gradebook.db.commit()


def write_judged(course, student, attention, padding=0):
    """An autograded notebook as the judge leaves it, as far as export reads it."""
    path = autograded(course, student)
    path.parent.mkdir(parents=True)
    result = {"attention": attention, "exercises": {name: {} for name in EXERCISES}}
    value = {
        "cells": [{"source": "x" * 60}] * (padding // 75),
        "metadata": {"autograder": {"result": result}},
    }
    path.write_text(json.dumps(value), encoding="utf-8")
