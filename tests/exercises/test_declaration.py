"""What holds for the cases of every assignment: points, names, and that each can be drawn."""

from __future__ import annotations

import pytest

from autograder.exercises import Assignment, Case, Exercise, assignments
from autograder.expected.answers import DEFAULT_SEED, draw_arguments

EVERY_EXERCISE = [
    pytest.param(assignment, exercise, id=f"{assignment.name}-{exercise.name}")
    for assignment in assignments().values()
    for exercise in assignment.exercises
]


def test_assignments_are_found_by_their_names() -> None:
    assert "convolution_step_by_step" in assignments()
    assert all(assignment.name == name for name, assignment in assignments().items())


@pytest.mark.parametrize("assignment", assignments().values(), ids=lambda a: a.name)
def test_exercises_are_found_by_their_names(assignment: Assignment) -> None:
    names = [exercise.name for exercise in assignment.exercises]
    assert len(set(names)) == len(names)
    assert [assignment.exercise(name).name for name in names] == names
    with pytest.raises(KeyError):
        assignment.exercise("no such exercise")


@pytest.mark.parametrize("assignment", assignments().values(), ids=lambda a: a.name)
def test_an_assignment_is_worth_100_points(assignment: Assignment) -> None:
    assert assignment.points == 100
    assert isinstance(assignment.points, float)


@pytest.mark.parametrize(("assignment", "exercise"), EVERY_EXERCISE)
def test_the_points_of_the_cases_add_up(assignment: Assignment, exercise: Exercise) -> None:
    assert sum(case.points for case in exercise.cases) == exercise.points
    assert all(case.points > 0 for case in exercise.cases)


@pytest.mark.parametrize(("assignment", "exercise"), EVERY_EXERCISE)
def test_every_case_has_a_name_of_its_own(assignment: Assignment, exercise: Exercise) -> None:
    names = [case.name for case in exercise.cases]
    assert len(set(names)) == len(names)
    assert all(name.strip() == name != "" for name in names)


@pytest.mark.parametrize(("assignment", "exercise"), EVERY_EXERCISE)
def test_public_and_hidden_cases(assignment: Assignment, exercise: Exercise) -> None:
    """Few are hidden only where there are no inputs, or where a case takes seconds."""
    public = [case for case in exercise.cases if case.public]
    without_inputs = exercise.name == "initialize_parameters"
    few = without_inputs or any(case.once for case in exercise.cases)
    assert len(public) >= 1
    assert len(exercise.cases) - len(public) >= (1 if few else 4)


@pytest.mark.parametrize(("assignment", "exercise"), EVERY_EXERCISE)
def test_every_draw_is_used(assignment: Assignment, exercise: Exercise) -> None:
    for case in exercise.cases:
        text = repr(case.arguments)
        assert all(f"Drawn(name='{name}')" in text for name in case.draws), case.name


@pytest.mark.parametrize(("assignment", "exercise"), EVERY_EXERCISE)
def test_no_hidden_case_repeats_another(assignment: Assignment, exercise: Exercise) -> None:
    def what_is_asked(case: Case) -> str:
        return repr((case.arguments, sorted(case.draws.items())))

    asked = [what_is_asked(case) for case in exercise.cases]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(("assignment", "exercise"), EVERY_EXERCISE)
def test_the_test_cell_is_called_after_the_function(
    assignment: Assignment, exercise: Exercise
) -> None:
    assert exercise.test_cell == f"{exercise.name}_test"


@pytest.mark.parametrize(("assignment", "exercise"), EVERY_EXERCISE)
def test_every_case_can_be_drawn(assignment: Assignment, exercise: Exercise) -> None:
    for case in exercise.cases:
        arguments = draw_arguments(assignment, exercise, case, DEFAULT_SEED)
        assert len(arguments) == len(case.arguments)
