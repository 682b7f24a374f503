"""A class of assignment 3 in the sandbox: right answers of every kind, and mistakes by name."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.execution.limits import DEFAULT_LIMITS
from autograder.execution.task import Task
from autograder.grading import settings as settings_of_a_run
from autograder.grading import whole_class
from autograder.grading.settings import Settings
from autograder.grading.storing import read_judged
from autograder.sample_class import write_sample_class
from tests.in_tensorflow import ASSIGNMENT, NEEDS_TENSORFLOW
from tests.submissions import new_course

SCORES = {
    "all_right": 100,
    "renamed": 100,
    "functional": 100,
    "subclassed": 100,
    "raw_tensorflow": 100,
    "untouched": 0,
    "blank": 0,
    "damaged": 0,
    "half_done": 50,
    "valid_padding": 70,
    "softmax_twice": 70,
    "sums_the_cost": 87,
    "never_trains": 75,
    "reports_wishes": 75,
}
MISTAKES = {
    "valid_padding": ("forward_propagation", "valid-convolutions"),
    "softmax_twice": ("forward_propagation", "softmax-at-the-end"),
    "sums_the_cost": ("compute_cost", "sum-for-mean"),
    "never_trains": ("model", "nothing-is-trained"),
}


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What is known of each student after the class was graded."""
    course = new_course(tmp_path_factory.mktemp("class") / "course")
    students = write_sample_class(course, ASSIGNMENT)
    outcomes = whole_class.grade_class(course, ASSIGNMENT, settings=Settings(feedback=False))
    assert [each.student for each in outcomes if each.problem] == []
    place = course.root / "autograded"
    return {
        student: read_judged(
            place / student / ASSIGNMENT.name / f"{ASSIGNMENT.name}.ipynb", ASSIGNMENT
        )["result"]
        for student in students
    }


@NEEDS_TENSORFLOW
def test_every_submission_has_the_score_that_it_deserves(results: dict[str, Any]) -> None:
    assert {student: result["score"] for student, result in results.items()} == SCORES


@NEEDS_TENSORFLOW
def test_nothing_of_an_untouched_notebook_is_taken_for_an_attempt(results: dict[str, Any]) -> None:
    cases = [c for each in results["untouched"]["exercises"].values() for c in each["cases"]]
    assert {case["verdict"] for case in cases} == {"not attempted"}


@NEEDS_TENSORFLOW
@pytest.mark.parametrize("student", MISTAKES)
def test_mistakes_are_named_and_cost_their_points_once(
    results: dict[str, Any], student: str
) -> None:
    exercise, mistake = MISTAKES[student]
    exercises = results[student]["exercises"]
    assert {name for name, each in exercises.items() if each["score"] < each["max_score"]} == {
        exercise
    }
    wrong = [each for each in exercises[exercise]["cases"] if each["verdict"] != "passed"]
    assert {each["mistake"] for each in wrong} == {mistake}


@NEEDS_TENSORFLOW
def test_accuracies_that_are_made_up_earn_nothing(results: dict[str, Any]) -> None:
    cases = results["reports_wishes"]["exercises"]["model"]["cases"]
    assert {each["verdict"] for each in cases} == {"differs"}
    assert all("of new pictures rightly" in each["message"] for each in cases)


def test_how_many_run_at_once_follows_from_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    needed = ASSIGNMENT.needs.memory_bytes
    monkeypatch.setattr(settings_of_a_run, "_processors", lambda: 8)
    for memory, expected in ((100 * needed, 8), (3.5 * needed, 3), (needed, 1), (needed / 9, 1)):
        monkeypatch.setattr(settings_of_a_run, "_available_memory", lambda m=memory: int(m))
        assert Settings().at_once_within(needed) == expected
        assert Settings().at_once_within(0) == 8
        assert Settings(workers=5).at_once_within(needed) == 5


def test_it_has_limits_of_its_own_and_never_less_than_the_course_s() -> None:
    needs = vars(ASSIGNMENT.needs)
    assert DEFAULT_LIMITS.raised_to(**needs).cell == 60
    assert DEFAULT_LIMITS.raised_to(**needs).notebook == 240
    generous = DEFAULT_LIMITS.raised_to(
        cell_seconds=500, notebook_seconds=1000, memory_bytes=10**12
    )
    assert generous.raised_to(**needs) == generous


@NEEDS_TENSORFLOW
def test_no_answer_is_in_what_a_submission_is_given(monkeypatch, tmp_path) -> None:
    """Neither the weights that are expected nor the exam are among its files."""
    tasks: list[Task] = []

    def noted(task: Task, trust: bool = False) -> Any:
        tasks.append(task)
        raise OSError("not run")

    monkeypatch.setattr(whole_class, "execute", noted)
    course = new_course(tmp_path / "course")
    write_sample_class(course, ASSIGNMENT)
    whole_class.grade_class(course, ASSIGNMENT, ["all_right"], Settings(feedback=False, trust=True))
    (task,) = tasks
    assert task.framework == "tensorflow"
    assert len(task.checks) == 6
    for inputs in task.checks.values():
        assert b"expected" not in inputs
        assert b'"least"' not in inputs
