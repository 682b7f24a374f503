"""Gradebooks with grades in them, made without grading anything."""

from __future__ import annotations

import json
from datetime import datetime

from nbgrader.api import Gradebook

from tests.grading.classes import autograded, class_of, database
from tests.submissions import ASSIGNMENT, EXERCISES


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


def change(course, student, **cells):
    """Set fields of a student's grades, by grade cell."""
    with Gradebook(database(course)) as gradebook:
        submitted = gradebook.find_submission(ASSIGNMENT, student).notebooks[0]
        for grade in submitted.grades:
            for name, value in cells.get(grade.name.removesuffix("_test"), {}).items():
                setattr(grade, name, value)
        submitted.late_submission_penalty = cells.get("penalty")
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
