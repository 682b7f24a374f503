"""Answers that a person grades: given, left, deleted, and handed in again once graded."""

from __future__ import annotations

import os
import subprocess

import pytest
from nbgrader.api import Gradebook

from autograder.grading.settings import Settings
from autograder.nbgrader.commands import enter_assignment
from tests.grading.classes import database, grade, scores
from tests.grading.manual_questions import (
    CODE,
    QUESTIONS,
    TASK,
    WORDS,
    ask,
    course_with_questions,
    hand_ins,
)
from tests.jupyter_servers import BIN
from tests.submissions import ASSIGNMENT, solved, submit


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The class, graded once by `autograder grade`, with feedback."""
    course = course_with_questions(tmp_path_factory.mktemp("manual") / "course")
    for student, notebook in hand_ins().items():
        submit(course, student, notebook)
    outcomes = grade(course, Settings())
    assert scores(outcomes) == {"answers": 100, "deletes": 100, "leaves": 100}
    return course, outcomes


def by_hand(course, student):
    """By question: the score that no person gave, and whether a person is asked for one."""
    with Gradebook(database(course)) as gradebook:
        submitted = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
        return {
            each.cell.name: (each.auto_score, each.needs_manual_grade)
            for each in submitted.grades
            if each.cell.name in QUESTIONS
        }


def test_a_person_is_asked_for_answers_that_are_there(graded):
    course, _ = graded
    ask_a_person, nothing = (None, True), (0.0, False)
    assert by_hand(course, "answers") == dict.fromkeys(QUESTIONS, ask_a_person)
    for student in ("deletes", "leaves"):
        expected = {WORDS: nothing, CODE: nothing, TASK: ask_a_person}
        assert by_hand(course, student) == expected, student


def test_whose_answer_is_gone_is_told(graded):
    _, outcomes = graded
    gone = f"The cell {WORDS!r} is not in the notebook any more."
    assert {s: gone in each.result["notes"] for s, each in outcomes.items()} == {
        "answers": False,
        "deletes": True,
        "leaves": False,
    }
    assert all(each.feedback.exists() for each in outcomes.values())


def test_points_by_hand_outlive_another_grading(graded):
    course, _ = graded
    with Gradebook(database(course)) as gradebook:
        given = gradebook.find_grade(WORDS, ASSIGNMENT, ASSIGNMENT, "answers")
        given.manual_score, given.needs_manual_grade = 8.0, False
        gradebook.db.commit()
    submit(course, "answers", ask(solved(), **{WORDS: "Better words.", CODE: "sketch = 2"}))
    outcomes = grade(course, Settings())
    assert scores(outcomes)["answers"] == 100
    assert "108 of 130 points" in outcomes["answers"].feedback.read_text(encoding="utf-8")
    with Gradebook(database(course)) as gradebook:
        given = gradebook.find_grade(WORDS, ASSIGNMENT, ASSIGNMENT, "answers")
        assert (given.auto_score, given.manual_score) == (None, 8)
        assert given.needs_manual_grade, "other words may be worth other points"
        assert gradebook.find_submission(ASSIGNMENT, "answers").score == 108


def test_nbgrader_s_own_command_gives_the_same(tmp_path):
    course = course_with_questions(tmp_path / "course")
    enter_assignment(course, ASSIGNMENT)
    for student, notebook in hand_ins().items():
        submit(course, student, notebook)
    command = [str(BIN / "nbgrader"), "autograde", ASSIGNMENT]
    subprocess.run(command, cwd=course.root, env=os.environ, check=True, capture_output=True)
    nothing = (0.0, False)
    for student in ("deletes", "leaves"):
        found = by_hand(course, student)
        assert (found[WORDS], found[CODE]) == (nothing, nothing), student
    assert by_hand(course, "answers")[WORDS] == (None, True)
