"""What no submission may see is found from the course and its configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import Course
from autograder.grading.concealed import concealed_folders


def course(folder: Path, configuration: str = "") -> Course:
    """A course in ``folder`` with this configuration."""
    folder.mkdir()
    (folder / "nbgrader_config.py").write_text(f"c = get_config()\n{configuration}")
    return Course(folder)


def test_the_course_the_exchange_and_jupyters_settings_are_concealed(tmp_path):
    found = concealed_folders(course(tmp_path / "course"))
    assert str(tmp_path.resolve() / "course") in found
    assert str(Path("/usr/local/share/nbgrader/exchange").resolve()) in found
    assert str(Path("/usr/local/etc/jupyter").resolve()) in found


def test_what_lies_elsewhere_is_concealed_too(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    found = concealed_folders(
        course(
            tmp_path / "course",
            f"c.CourseDirectory.submitted_directory = {str(elsewhere / 'in')!r}\n"
            f"c.CourseDirectory.db_url = 'sqlite:///{elsewhere}/marks.db?timeout=9'\n"
            f"c.Exchange.root = {str(elsewhere / 'exchange')!r}\n"
            f"c.ExchangeSubmit.cache = {str(elsewhere / 'cache')!r}\n",
        )
    )
    for name in ("in", "marks.db", "marks.db-journal", "marks.db-wal", "exchange", "cache"):
        assert str(elsewhere.resolve() / name) in found


def test_links_are_followed(tmp_path):
    real = course(tmp_path / "real")
    (tmp_path / "submissions").mkdir()
    (real.root / "submitted").symlink_to(tmp_path / "submissions")
    (tmp_path / "link").symlink_to(real.root)
    found = concealed_folders(Course(tmp_path / "link"))
    assert {str(real.root.resolve()), str(tmp_path.resolve() / "submissions")} <= {*found}
    assert str(tmp_path / "link") not in found


@pytest.mark.parametrize("configuration", ["1 / 0", "c.CourseDirectory.db_url = 'postgresql://x'"])
def test_without_paths_in_the_configuration_the_course_is_concealed(tmp_path, configuration):
    own = course(tmp_path / "course", configuration)
    assert str(own.root.resolve()) in concealed_folders(own)


def test_paths_are_named_once(tmp_path):
    found = concealed_folders(course(tmp_path / "course"))
    assert not any(parent in found for path in found for parent in map(str, Path(path).parents))


@pytest.mark.parametrize("first", ["{nbgrader_step}", "{assignment_id}", "by/{student_id}"])
def test_where_the_structure_puts_them_elsewhere(tmp_path, first):
    elsewhere = tmp_path / "elsewhere"
    rest = {"{nbgrader_step}", "{assignment_id}", "{student_id}"} - {first}
    structure = "/".join([str(elsewhere), first, *sorted(rest)])
    found = concealed_folders(
        course(tmp_path / "course", f"c.CourseDirectory.directory_structure = {structure!r}")
    )
    parents = {str(each) for each in (elsewhere / "submitted" / "ada" / "a").resolve().parents}
    assert {*found} & parents or str(elsewhere.resolve() / "by") in found
    assert "/" not in found
