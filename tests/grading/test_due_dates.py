"""Due dates, extensions and points by hand come in any order: the marks are the same.

A class is run once. Every example begins with an empty gradebook, and what was kept of the runs is
judged again, so nobody's code runs.
"""

from __future__ import annotations

import json
import shutil
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from autograder.cli.app import make_app
from autograder.course import CONFIG
from autograder.errors import CourseError
from autograder.expected import own_key_path
from autograder.grading.regrading import regrading
from autograder.grading.settings import Settings
from autograder.grading.whole_class import grade_class
from autograder.nbgrader.commands import enter_assignment
from autograder.nbgrader.configuration import course_directory
from autograder.report.reading import read_class
from tests.export.test_export import exported
from tests.grading.classes import class_of, configure, database, grade
from tests.grading.test_regrading import adds_one_is_right
from tests.submissions import ASSIGNMENT, EXERCISES, new_course, solved

RULE = (
    "c.AssignLatePenalties.plugin_class = 'autograder.nbgrader.late_penalty.PercentPerDay'",
    "c.Exchange.timezone = 'Europe/Berlin'",
)
DUE = datetime(
    2026, 3, 28, 22, 59
)  # a minute before midnight in Berlin; then the clocks go forward
NO_PADDING = "def zero_pad(X, pad):\n    return X"


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A class of two that was run once, and its gradebook from before."""
    folder = tmp_path_factory.mktemp("due") / "course"
    course = class_of(folder, {"late": solved(), "late too": solved(zero_pad=NO_PADDING)}, *RULE)
    for student, when in {"late": "30 22:00", "late too": "31 10:00"}.items():
        hand_in_at(course, student, f"2026-03-{when}:00 CEST")
    shutil.copy(course.root / "gradebook.db", course.root / "empty.db")
    grade(course)
    return course


@pytest.fixture
def course(original, monkeypatch):
    shutil.copy(original.root / "empty.db", original.root / "gradebook.db")
    monkeypatch.setattr("autograder.grading.whole_class.execute", _nothing_runs)
    return original


def _nothing_runs(*_):
    raise AssertionError("a submission was run")


def hand_in_at(course, student, when):
    path = course.root / "submitted" / student / ASSIGNMENT / "timestamp.txt"
    path.write_text(when, encoding="utf-8")


def set_due(course, due=DUE):
    with Gradebook(database(course)) as gradebook:
        gradebook.find_assignment(ASSIGNMENT).duedate = due
        gradebook.db.commit()


def entered(gradebook, student):
    """A student's submission, which an instructor may enter before anything is graded."""
    gradebook.update_or_create_student(student)
    return gradebook.update_or_create_submission(ASSIGNMENT, student)


def extend(course, **time):
    with Gradebook(database(course)) as gradebook:
        entered(gradebook, "late")
        gradebook.grant_extension(ASSIGNMENT, "late", **time)


def score_by_hand(course, points):
    with Gradebook(database(course)) as gradebook:
        entered(gradebook, "late too")
        given = gradebook.find_grade("zero_pad_test", ASSIGNMENT, ASSIGNMENT, "late too")
        given.manual_score, given.extra_credit = points, 1.0
        gradebook.db.commit()


def regrade(course):
    with regrading(course, course.assignment(ASSIGNMENT)) as again:
        again.save()
        return {each.student: each for each in again.outcomes}


def in_the_export(course):
    students = json.loads(exported(course, "json"))["students"]
    return {each["student"]: (each["late_penalty"], each["total"]) for each in students}


def in_the_gradebook(course):
    with Gradebook(database(course)) as gradebook:
        return {
            each.student_id: (
                each.late_submission_penalty,
                each.score - each.late_submission_penalty,
            )
            for each in gradebook.find_assignment(ASSIGNMENT).submissions
        }


def in_the_report(course):
    graded = read_class(course, course.assignment(ASSIGNMENT)).submissions
    return {each.student: (each.late_penalty, each.score) for each in graded}


def in_the_table(outcomes):
    return {name: (each.counts.late_penalty, each.counts.score) for name, each in outcomes.items()}


STEPS = ("set due", "grade", "extend", "score by hand", "regrade", "export")


def take(course, step, hours, points):
    match step:
        case "set due":
            set_due(course)
        case "grade":
            assert not any(each.problem for each in grade(course).values())
        case "extend":
            extend(course, hours=hours)
        case "score by hand":
            score_by_hand(course, points)
        case "regrade":
            regrade(course)
        case "export":
            exported(course, "csv")


@settings(
    max_examples=10,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # an example takes too long to look for a smaller one
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    steps=st.permutations(STEPS),
    more=st.lists(st.sampled_from(STEPS), max_size=2),
    hours=st.sampled_from([1, 24, 48]),
    points=st.sampled_from([0.0, 3.25, 5.0]),
)
@example(STEPS, [], 24, 3.25)
@example(("grade", "export", "regrade", "score by hand", "extend", "set due"), [], 24, 3.25)
@example(("extend", "grade", "set due", "score by hand", "regrade", "export"), [], 1, 0.0)
def test_any_order_ends_in_the_marks_of_the_plain_one(course, steps, more, hours, points):
    """The days until Monday 22:00 and Tuesday 10:00 in Berlin, after a quarter of an hour."""
    shutil.copy(course.root / "empty.db", course.root / "gradebook.db")
    for step in (*more, *steps):
        take(course, step, hours, points)
    shown = in_the_export(course)
    late, works = {1: 20.0, 24: 10.0, 48: 0.0}[hours], 96 + points
    assert shown["late"] == pytest.approx((late, 100 - late))
    assert shown["late too"] == pytest.approx((works * 0.3, works * 0.7))
    assert in_the_gradebook(course) == in_the_report(course) == shown


def test_the_table_says_what_is_stored_although_nothing_runs(course):
    set_due(course, DUE + timedelta(weeks=1))
    first = grade(course)
    assert in_the_table(first) == {"late": (0, 100), "late too": (0, 95.5)}
    set_due(course)
    score_by_hand(course, 4.0)
    second = grade(course)
    assert all(each.skipped for each in second.values())
    assert in_the_table(second) == in_the_gradebook(course)
    assert second["late"].counts.late_penalty == 20
    assert second["late too"].counts.by_hand.startswith("zero_pad 5/5 by hand")
    assert second["late too"].result["score"] == 95.5, "the judge's own"


def test_pages_follow(course):
    """Those of whoever pays another penalty, also of who is not asked for; no others."""
    grade(course, Settings())
    pages = {name: course.root / "feedback" / name / ASSIGNMENT for name in ("late", "late too")}
    texts = {name: page / f"{ASSIGNMENT}.html" for name, page in pages.items()}
    before = texts["late too"].stat().st_mtime_ns
    grade(course, Settings())
    assert texts["late too"].stat().st_mtime_ns == before, "current ones are left"
    set_due(course)
    assignment = course.assignment(ASSIGNMENT)
    grade_class(course, assignment, ["late"], Settings())
    assert "100 points for the work, less 20 for handing it in late" in texts["late"].read_text()
    assert "less 28.65 for handing it in late" in texts["late too"].read_text()
    score_by_hand(course, 4.0)
    grade(course, Settings(feedback=False))
    assert texts["late"].exists()
    assert not texts["late too"].exists(), "it would tell of yesterday's points"


def test_a_regrade_says_what_it_stores(course):
    """Of other verdicts, of the same ones, and of what cannot be judged again."""
    set_due(course)
    grade(course)
    score_by_hand(course, 4.0)
    extend(course, days=1)
    adds_one_is_right(course)
    evidence = course.root / "evidence" / "late too"
    evidence.rename(course.root / "kept elsewhere")
    try:
        before = in_the_gradebook(course)
        found = regrade(course)
    finally:
        (course.root / "kept elsewhere").rename(evidence)
        own_key_path(course.assignment(ASSIGNMENT), course.root).unlink()
    after = in_the_gradebook(course)
    assert {name: (each.late_after, each.after) for name, each in found.items()} == after
    assert {name: (each.late_before, each.before) for name, each in found.items()} == before
    assert after["late"] == (9.5, 85.5)
    assert "before evidence was kept" in found["late too"].problem
    assert after["late too"] == pytest.approx((30, 70))


def test_a_dry_run_writes_nothing(course):
    grade(course)
    set_due(course)
    before = (course.root / "gradebook.db").read_bytes()
    words = ["regrade", ASSIGNMENT, "--course", str(course.root), "--dry-run"]
    said = CliRunner().invoke(make_app(words), words).output
    assert "2 lose" in said
    assert "20, not 0" in said
    assert (course.root / "gradebook.db").read_bytes() == before


def test_another_zone_changes_when_it_was(course):
    """The same words of a time stamp, and nothing runs."""
    config = course.root / CONFIG
    path = course.root / "submitted" / "late" / ASSIGNMENT / "timestamp.txt"
    settings, stamp = config.read_text(), path.read_text()
    hand_in_at(course, "late", "2026-03-28 23:30:00")
    set_due(course)
    try:
        assert grade(course)["late"].counts.late_penalty == 0
        configure(course, "c.Exchange.timezone = 'UTC'")
        assert grade(course)["late"].counts.late_penalty == 10
        assert regrade(course)["late"].gain == 0
    finally:
        config.write_text(settings)
        path.write_text(stamp)


def test_a_rule_that_fails_is_one_student_s_problem(course):
    """Of those whose penalty it gives; all that shows points refuses."""
    config = course.root / CONFIG
    settings = config.read_text()
    set_due(course)
    grade(course)
    configure(course, "c.AssignLatePenalties.plugin_class = 'tests.grading.late_rules.Fails'")
    try:
        outcomes = grade(course)
        with pytest.raises(CourseError, match="The late penalty of late cannot be computed: Fails"):
            exported(course, "csv")
    finally:
        config.write_text(settings)
    assert "ZeroDivisionError" in outcomes["late"].problem
    assert not outcomes["late too"].problem


def test_a_due_date_may_be_there_before_all_else(tmp_path):
    """So may students: with an extension, or by an attempt to grade them."""
    course = new_course(tmp_path / "course")
    name = course_directory(course).course_id
    with Gradebook(database(course), name) as gradebook:
        gradebook.add_assignment(ASSIGNMENT, duedate=str(DUE))
        entered(gradebook, "late")
        gradebook.grant_extension(ASSIGNMENT, "late", days=1)
    enter_assignment(course, ASSIGNMENT)
    with Gradebook(database(course), name) as gradebook:
        assignment = gradebook.find_assignment(ASSIGNMENT)
        assert (assignment.duedate, len(assignment.notebooks)) == (DUE, 1)
        (submission,) = assignment.submissions
        assert submission.extension == timedelta(days=1)
        assert len(submission.notebooks[0].grades) == len(EXERCISES)
        assert len(submission.notebooks[0].comments) == len(EXERCISES)
