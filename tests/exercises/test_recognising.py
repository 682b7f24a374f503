"""A declared assignment is known whatever it is called, and nobody else's is taken for one."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.exercises.recognising import why_renamed
from tests.submissions import ASSIGNMENT, REPOSITORY, solved, untouched


def graded(**sources: str):
    """A notebook with graded cells: their sources by grade_id."""
    cells = [
        new_code_cell(source, metadata={"nbgrader": {"grade": True, "grade_id": grade_id}})
        for grade_id, source in sources.items()
    ]
    return new_notebook(cells=cells)


@pytest.mark.parametrize("assignment", [each.name for each in REPOSITORY.assignments])
def test_the_course_s_own_are_known_with_and_without_hidden_tests(assignment):
    source = REPOSITORY.source_notebook(REPOSITORY.assignment(assignment))
    for notebook in (source, untouched(assignment), solved(assignment)):
        words = why_renamed(notebook, "hw1/hw1.ipynb")
        assert words.startswith(f"hw1/hw1.ipynb is the assignment {assignment} under another name")
        assert f"{assignment}.ipynb" in words


@pytest.mark.parametrize(
    "notebook",
    [
        graded(zero_pad_test="check(zero_pad)", own_test="assert True", other_test="assert True"),
        graded(zero_pad_test="collect('zero_pad', zero_pad)", own="", more=""),
        graded(zero_pad_test="", pool_forward_test="assert pool_forward", own_test=""),
    ],
    ids=["one with its check", "one with its collector", "most by their ids"],
)
def test_parts_of_one_are_known(notebook):
    assert f"is the assignment {ASSIGNMENT} under another name" in why_renamed(
        notebook, "x/y.ipynb"
    )


def test_evidence_that_nobody_would_judge_is_not_collected():
    notebook = graded(mine_test="from autograder.collect import collect\ncollect('mine', mine)")
    assert "no assignment of that name is declared" in why_renamed(notebook, "x/x.ipynb")


@pytest.mark.parametrize(
    "notebook",
    [
        new_notebook(cells=[new_code_cell("collect('zero_pad', zero_pad)")]),
        graded(own_test="assert collect([1]) == 1\nassert check(2)"),
        graded(relu_test="assert relu(-1) == 0", zero_pad_test="assert zero_pad", a="", b="", c=""),
        graded(zero_pad_test="assert zero_pad"),
    ],
    ids=["not graded", "own functions of such names", "few of many", "one id alone"],
)
def test_an_assignment_of_one_s_own_is_left_alone(notebook):
    assert why_renamed(notebook, "warm_up/warm_up.ipynb") == ""
