"""What of a host is shown, and what of that is concealed, told without entering any sandbox."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.sandbox import concealing, visible
from autograder.sandbox.concealing import View
from autograder.sandbox.mounts import mount_points

pytestmark = pytest.mark.no_sandbox


@pytest.fixture
def prefix(tmp_path, monkeypatch) -> Path:
    """A Python of its own, with a course and much else beside its libraries."""
    for name in (
        "bin/python",
        "pyvenv.cfg",
        "lib/python3/site-packages/numpy/__init__.py",
        "lib/python3/os.py",
        "lib/course/solutions/a.ipynb",
        "share/fonts/a.ttf",
        "share/jupyter/kernel.json",
        "share/nbgrader/exchange/a.ipynb",
        "etc/jupyter/nbgrader_config.py",
        "src/course/a.ipynb",
        "notebooks/a.ipynb",
        "library/a.ipynb",
    ):
        path = tmp_path / "python" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (tmp_path / "python/lib64").symlink_to("lib")
    for name in ("prefix", "exec_prefix", "base_prefix", "base_exec_prefix"):
        monkeypatch.setattr(sys, name, str(tmp_path / "python"))
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python/bin/python"))
    libraries = [tmp_path / "python/lib/python3", tmp_path / "python/lib/python3/site-packages"]
    monkeypatch.setattr(concealing, "library_folders", lambda: libraries)
    monkeypatch.setattr(visible.site, "getsitepackages", lambda: [str(libraries[1])])
    return tmp_path.resolve() / "python"


def readable(view: View, *concealed: Path) -> Callable[[str | Path], bool]:
    """Whether a path may be read where nothing can be covered."""
    allowed = view.readable(map(str, concealed))
    return lambda path: any(each == path or each in Path(path).parents for each in allowed)


def test_of_a_python_only_programs_libraries_and_what_they_read_are_shown(prefix):
    may_read = readable(View())
    for name in ("bin/python", "lib/python3/os.py", "share/fonts/a.ttf", "pyvenv.cfg"):
        assert may_read(prefix / name)
    for name in ("share/jupyter", "share/nbgrader", "etc/jupyter", "src", "notebooks", "library"):
        assert not may_read(prefix / name)


def test_a_course_among_libraries_is_concealed(prefix):
    course = prefix / "lib/course"
    assert readable(View())(course / "solutions")
    may_read = readable(View(), course)
    assert not may_read(course / "solutions")
    assert not may_read(course)
    assert may_read(prefix / "lib/python3/site-packages/numpy/__init__.py")


def test_a_course_around_python_conceals_nothing_of_it(prefix):
    view = View()
    assert view.readable([str(prefix), str(prefix.parent)]) == view.readable([])


def test_python_in_a_course_among_libraries_is_shown(prefix, monkeypatch):
    own = prefix / "lib/course/.venv"
    for name in ("bin/python", "lib/x.py", "etc/jupyter/x"):
        (own / name).parent.mkdir(parents=True, exist_ok=True)
        (own / name).touch()
    monkeypatch.setattr(sys, "prefix", str(own))
    may_read = readable(View(), prefix / "lib/course")
    assert may_read(own / "lib/x.py") and may_read(own / "bin/python")
    assert not may_read(own / "etc/jupyter/x")
    assert not may_read(prefix / "lib/course/solutions")


@pytest.mark.parametrize("place", ["lib", "lib/python3", "lib/python3/site-packages", "bin"])
def test_a_course_that_is_pythons_own_folder_is_refused(prefix, place):
    with pytest.raises(OSError, match="move the course out of there"):
        View().readable([str(prefix / place)])


def test_a_concealed_file_leaves_its_neighbours(prefix):
    (prefix / "lib/gradebook.db").touch()
    may_read = readable(View(), prefix / "lib/gradebook.db")
    assert not may_read(prefix / "lib/gradebook.db")
    assert may_read(prefix / "lib/python3/os.py")


def test_names_of_mount_points_are_read():
    table = (
        "31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw\n"
        "32 31 0:29 / /mnt/a\\040b\\134c rw shared:2 master:1 - ext4 /dev/x rw\n"
        "33 31 0:29 / /mnt/a\\040b\\134c rw - ext4 /dev/x rw\n"
    )
    assert mount_points(table) == [Path("/sys/fs/cgroup"), Path("/mnt/a b\\c")]
