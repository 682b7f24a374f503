"""Students are found wherever a course's structure puts their folders."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.coursedir import CourseDirectory

from autograder.errors import CourseError
from autograder.nbgrader.student_folders import student_folder, students_in

STRUCTURES = (
    "{nbgrader_step}/{student_id}/{assignment_id}",
    "{nbgrader_step}/{assignment_id}/{student_id}",
    "{assignment_id}/{nbgrader_step}/{student_id}",
    "{student_id}/{assignment_id}/{nbgrader_step}",
    "{nbgrader_step}/{assignment_id}/by-{student_id}-here",
)
IDS = st.sets(
    st.text(st.characters(codec="utf-8", exclude_characters="/\0", exclude_categories=["Cs"]))
    .filter(lambda name: name not in ("", ".", "..") and not name.startswith("."))
    .filter(lambda name: len(name.encode()) < 200),
    max_size=5,
)


def directory(root, structure, **names):
    return CourseDirectory(root=str(root), directory_structure=structure, **names)


@pytest.mark.parametrize("structure", STRUCTURES)
def test_whoever_has_a_folder_is_found(structure, tmp_path_factory):
    @given(IDS)
    def check(students):
        root = tmp_path_factory.mktemp("course [50% *]")
        course = directory(root, structure, submitted_directory="handed_in")
        for student in students:
            student_folder(course, "submitted", student, "a").mkdir(parents=True, exist_ok=True)
        assert set(students_in(course, "submitted", "a")) == students
        assert students_in(course, "autograded", "b") == (
            sorted(students) if structure.startswith("{student_id}") else []
        )

    check()


def test_an_absolute_directory_and_hidden_folders(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    course = directory(tmp_path, STRUCTURES[0], submitted_directory=str(elsewhere))
    assert students_in(course, "submitted", "a") == []
    for name in ("bob", "ada", ".lms"):
        (elsewhere / name).mkdir(parents=True)
    assert students_in(course, "submitted", "a") == ["ada", "bob"]


def test_who_is_excluded_is_not_found(tmp_path):
    for name in ("ada", "bob", "eve"):
        (tmp_path / "submitted" / name).mkdir(parents=True)
    course = directory(tmp_path, STRUCTURES[0], student_id_exclude="ada, eve")
    assert students_in(course, "submitted", "a") == ["bob"]


@pytest.mark.parametrize("structure", ["{nbgrader_step}/{assignment_id}", "all"])
def test_a_structure_without_students_is_refused(tmp_path, structure):
    with pytest.raises(CourseError, match=r"\{student_id\} is missing"):
        students_in(directory(tmp_path, structure), "submitted", "a")
