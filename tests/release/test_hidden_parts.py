"""What must not be shown is taken out of a cell, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import CourseError
from autograder.release.hidden_parts import (
    BEGIN_HIDDEN,
    END_HIDDEN,
    without_hidden_tests,
    without_markers,
)
from autograder.release.scaffold import END, START
from tests.release.real_course import notebook, solution_sources


def test_a_hidden_region_goes_with_its_marking_lines() -> None:
    source = f"{BEGIN_HIDDEN}\nassert secret\n{END_HIDDEN}\ncheck(zero_pad)"
    assert without_hidden_tests(source) == "check(zero_pad)"


def test_several_regions_go_and_what_is_between_stays() -> None:
    region = f"    {BEGIN_HIDDEN} ###\n    secret = 1\n    {END_HIDDEN} ###"
    source = f"a = 1\n{region}\nb = 2\n{region}\nc = 3\n"
    assert without_hidden_tests(source) == "a = 1\nb = 2\nc = 3\n"


@pytest.mark.parametrize("source", ["", "x = 1\n", "\n\nx\n", "# BEGIN HIDDEN TESTS in prose"])
def test_a_cell_without_a_region_stays_as_it_is(source: str) -> None:
    assert without_hidden_tests(source) == source


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        (f"{BEGIN_HIDDEN}\nsecret", f"zero_pad_test has a line '{BEGIN_HIDDEN}' but no"),
        (
            f"{BEGIN_HIDDEN}\na\n{END_HIDDEN}\n{BEGIN_HIDDEN}\nsecret",
            f"zero_pad_test has a line '{BEGIN_HIDDEN}' but no",
        ),
        (
            f"{BEGIN_HIDDEN}\na\n{BEGIN_HIDDEN}\nsecret\n{END_HIDDEN}",
            "zero_pad_test opens a hidden region inside a hidden region",
        ),
    ],
    ids=["open", "second-open", "nested"],
)
def test_a_broken_region_is_an_error_that_names_the_cell(source: str, complaint: str) -> None:
    with pytest.raises(CourseError, match=complaint):
        without_hidden_tests(source, "zero_pad_test")


LINES = st.sampled_from(["public = 1", "", "    indented", BEGIN_HIDDEN, END_HIDDEN, "hidden()"])


@given(st.lists(LINES, max_size=10))
def test_nothing_inside_a_region_ever_comes_through(lines: list[str]) -> None:
    kept, inside = [], False
    for line in lines:
        inside = (inside or line == BEGIN_HIDDEN) and line != END_HIDDEN
        if not inside and line != END_HIDDEN:
            kept.append(line)
    try:
        found = without_hidden_tests("\n".join(lines))
    except CourseError:
        return
    assert found == "\n".join(kept)


def test_markers_go_and_the_solution_stays() -> None:
    source = f"def f():\n    {START}\n    x = 1\n    {END}\n    return x"
    assert without_markers(source) == "def f():\n    x = 1\n    return x"


def test_the_course_s_own_cells_lose_only_what_is_hidden() -> None:
    graded = [
        cell.source
        for cell in notebook("notebooks").cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert len(graded) == len(solution_sources())
    for source, name in zip(graded, solution_sources(), strict=True):
        assert without_hidden_tests(source) == f"check({name})"
