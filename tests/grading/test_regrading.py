"""A class is judged again from kept evidence: nobody's code runs, and it is said who gains."""

from __future__ import annotations

from dataclasses import replace

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograder.cli.app import make_app
from autograder.expected import load_key, own_key_path, save_key, write_key
from autograder.grading import evidence_store, saving
from autograder.grading import regrading as regrading_module
from autograder.grading.regrading import regrading
from autograder.grading.settings import Settings
from tests.grading.classes import autograded, class_of, database, grade, gradebook_scores, scores
from tests.submissions import ASSIGNMENT, solved, submit, untouched

NO_PADDING = "def zero_pad(X, pad):\n    return X"
ADDS_ONE = "def distribute_value(dz, shape):\n    return np.full(shape, dz / np.prod(shape)) + 1"
CLASS = {
    "adds-one": solved(distribute_value=ADDS_ONE),
    "no-padding": solved(zero_pad=NO_PADDING),
    "right": solved(),
    "untouched": untouched(),
}
SCORES = {"adds-one": 95, "no-padding": 95.5, "right": 100, "untouched": 0}


@pytest.fixture
def course(tmp_path, monkeypatch):
    course = class_of(tmp_path / "course", CLASS)
    assert scores(grade(course)) == SCORES
    monkeypatch.setattr("autograder.execution.execute", _nothing_runs)
    return course


def _nothing_runs(*_):
    raise AssertionError("a submission was run")


def adds_one_is_right(course):
    """The course's own key says that distribute_value gives 1 more, in all its cases."""
    assignment = course.assignment(ASSIGNMENT)
    key = load_key(assignment, course.root)
    answers = dict(key.answers)
    answers["distribute_value"] = {
        case: replace(answer, expected=answer.expected + 1)
        for case, answer in answers["distribute_value"].items()
    }
    save_key(replace(key, answers=answers), own_key_path(assignment, course.root))


def test_a_corrected_key_is_applied(course):
    adds_one_is_right(course)
    assignment = course.assignment(ASSIGNMENT)
    with regrading(course, assignment) as again:
        found = {outcome.student: outcome.after for outcome in again.outcomes}
        assert gradebook_scores(database(course)) == SCORES, "nothing is written before it is asked"
        again.save()
    assert found == {"adds-one": 100, "no-padding": 90.5, "right": 95, "untouched": 0}
    assert gradebook_scores(database(course)) == found
    graded = grade(course)
    assert scores(graded) == found
    assert all(each.skipped for each in graded.values())


def test_without_a_change_nothing_changes(course):
    before = {student: autograded(course, student).read_bytes() for student in CLASS}
    with regrading(course, course.assignment(ASSIGNMENT)) as again:
        assert not any(outcome.changed or outcome.problem for outcome in again.outcomes)
        again.save()
    assert {student: autograded(course, student).read_bytes() for student in CLASS} == before


def test_changed_points_reach_the_gradebook(course):
    assignment = course.assignment(ASSIGNMENT)
    exercises = tuple(
        replace(
            exercise,
            points=exercise.points * 2,
            cases=tuple(replace(case, points=case.points * 2) for case in exercise.cases),
        )
        if exercise.name == "zero_pad"
        else exercise
        for exercise in assignment.exercises
    )
    with regrading(course, replace(assignment, exercises=exercises)) as again:
        again.save()
    assert gradebook_scores(database(course))["right"] == 105
    assert gradebook_scores(database(course))["no-padding"] == 96
    with Gradebook(database(course)) as gradebook:
        assert gradebook.find_assignment(ASSIGNMENT).max_score == 105


def test_other_inputs_need_another_run(course):
    assignment = course.assignment(ASSIGNMENT)
    write_key(assignment, 99, own_key_path(assignment, course.root))
    with regrading(course, assignment) as again:
        problems = {outcome.student: outcome.problem for outcome in again.outcomes}
        again.save()
    assert all("other inputs" in problem for problem in problems.values())
    assert gradebook_scores(database(course)) == SCORES


def test_what_cannot_be_judged_again_is_said_and_left(course, monkeypatch):
    submit(course, "right", untouched())
    saving.evidence_path(course.root, "no-padding", course.assignment(ASSIGNMENT)).unlink()
    path = evidence_store.evidence_path(course.root, "adds-one", course.assignment(ASSIGNMENT))
    path.write_text("{")
    real = regrading_module.prepare

    def fails_for_one(student, *rest):
        if student == "untouched":
            raise KeyError("nobody foresaw this")
        return real(student, *rest)

    monkeypatch.setattr(regrading_module, "prepare", fails_for_one)
    with regrading(course, course.assignment(ASSIGNMENT)) as again:
        problems = {outcome.student: outcome.problem for outcome in again.outcomes}
        again.save()
    assert "handed in again" in problems["right"]
    assert "before evidence was kept" in problems["no-padding"]
    assert "damaged" in problems["adds-one"]
    (log,) = (course.root / "logs").iterdir()
    assert str(log) in problems["untouched"]
    assert log.read_text().startswith(f"untouched/{ASSIGNMENT}\nTraceback")
    assert gradebook_scores(database(course)) == SCORES


def test_the_command_says_who_gains_and_who_loses_before_it_writes(course):
    adds_one_is_right(course)
    words = ["regrade", ASSIGNMENT, "--course", str(course.root), "--no-feedback"]
    runner = CliRunner()
    dry = runner.invoke(make_app(words), [*words, "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert "1 gain, 2 lose" in dry.output
    assert "Nothing was written." in dry.output
    refused = runner.invoke(make_app(words), words, input="n\n")
    assert "Nothing was written." in refused.output
    assert gradebook_scores(database(course)) == SCORES
    written = runner.invoke(make_app(words), [*words, "--yes"])
    assert "Written." in written.output
    assert gradebook_scores(database(course))["adds-one"] == 100


def test_feedback_pages_follow(course):
    """Those that changed are written anew, and one that is lost comes back."""
    grade(course, Settings(force=True))
    adds_one_is_right(course)
    pages = {
        student: course.root / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"
        for student in CLASS
    }
    pages["untouched"].unlink()
    before = pages["adds-one"].read_text(encoding="utf-8")
    words = ["regrade", ASSIGNMENT, "--course", str(course.root), "--yes"]
    done = CliRunner().invoke(make_app(words), words)
    assert done.exit_code == 0, done.output
    after = pages["adds-one"].read_text(encoding="utf-8")
    assert "95 of 100 points" in before
    assert "100 of 100 points" in after
    assert all(page.exists() for page in pages.values())
