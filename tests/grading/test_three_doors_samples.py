"""One verdict for all three sample classes, whichever door a notebook comes through."""

from __future__ import annotations

import pytest

from autograder.nbgrader.commands import enter_assignment
from autograder.sample_class import write_sample_class
from tests.grading.classes import class_of
from tests.grading.doors import SETTINGS, score, through_all_doors
from tests.in_tensorflow import marks_of
from tests.submissions import ASSIGNMENT, REPOSITORY

SAMPLES = {
    "convolution_step_by_step": None,
    "convnet_in_numpy": None,
    "convnet_in_tensorflow": ("all_right", "damaged", "sums_the_cost", "renamed"),
}
"""Which of a class are taken; None for all."""


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=marks_of(REPOSITORY.assignment(each))) for each in SAMPLES]
)
def test_the_sample_classes(tmp_path, name):
    course = class_of(tmp_path / "course", {}, *SETTINGS)
    assignment = course.assignment(name)
    if name != ASSIGNMENT:
        enter_assignment(course, name)
    chosen = SAMPLES[name]
    for student in write_sample_class(course, assignment):
        if chosen is not None and student not in chosen:
            (course.root / "submitted" / student).rename(tmp_path / student)
    by_class, by_file, by_nbgrader = through_all_doors(course, assignment)
    assert by_file == by_class
    assert by_nbgrader == by_class
    assert score(by_class["all_right"]) == 100
