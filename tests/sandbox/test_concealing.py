"""A course that lies among Python's or the system's libraries is not to be seen from there.

On a host with a course in a folder of libraries, a Python in that course, an exchange, and settings
of Jupyter for everybody.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from autograder.execution.limits import Limits
from autograder.sandbox import kernel_calls
from autograder.sandbox.tiers import Tier
from tests.sandbox.another_host import Host, run_as

SECRET = "s3cret"
IN_VIEW = next(
    (
        each
        for each in ("/usr/local/include", "/usr/include", "/usr/libexec")
        if Path(each).is_dir()
    ),
    "/usr/lib",
)
COURSE = f"{IN_VIEW}/courses/course"
FILES = {
    IN_VIEW: {
        "visible.h": "visible",
        "courses/course/nbgrader_config.py": SECRET,
        "courses/course/solutions/a/a.ipynb": SECRET,
        "courses/course/.venv.txt": SECRET,
        "courses/gradebook.db": SECRET,
        "courses/other.txt": "visible",
    },
    "/usr/local/share": {"nbgrader/exchange/course/inbound/b.ipynb": SECRET},
    "/usr/local/etc": {"jupyter/nbgrader_config.py": SECRET},
}
HOST = Host(
    files={folder: files for folder, files in FILES.items() if Path(folder).is_dir()},
    python=COURSE,
    concealed=(COURSE, f"{IN_VIEW}/courses/gradebook.db", "/nowhere"),
)
READ = """
def read(path):
    try: print(open(path).read())
    except OSError: print("refused")
"""
WALK = f"""{READ}
import os
for top in {list(HOST.files)!r}:
    for folder, folders, names in os.walk(top):
        folders[:] = [name for name in folders if name != ".venv"]
        for name in names: read(os.path.join(folder, name))
for path in {[f"{folder}/{name}" for folder, files in FILES.items() for name in files]!r}:
    read(path)
"""
PYTHON = """
import sys
print(sys.prefix)
import sqlite3, xml.dom.minidom, numpy.polynomial.hermite
from autograder.instant_checks import __name__
print(open(numpy.__file__).read(3))
"""
PROGRAM = "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import numpy; print(1)'])"
WRITE = f"import os\nprint(open({IN_VIEW + '/visible.h'!r}).read())\n"
WRITE += f"open({IN_VIEW + '/visible.h'!r}, 'a')"
NOTEBOOKS = {name: [globals()[name.upper()]] for name in ("walk", "python", "program", "write")}
LIMITS = Limits(cell=20, notebook=60)


@pytest.fixture(
    scope="module",
    params=[(who, tier) for tier in (Tier.FULL, Tier.RESTRICTED) for who in ("root", "user")],
)
def results(request: pytest.FixtureRequest, tier: Tier) -> dict[str, Any]:
    """What comes of the notebooks, graded by this user in this tier."""
    who, wanted = request.param
    if wanted is Tier.FULL and tier is not Tier.FULL:
        pytest.skip("needs namespaces")
    if kernel_calls.landlock_version() < 1:
        pytest.skip("this kernel has no Landlock")
    return {"tier": wanted, **run_as(who, wanted, NOTEBOOKS, LIMITS, HOST)}


def _printed(cell: dict[str, Any]) -> str:
    return "".join(each.get("text", "") for each in cell["outputs"])


def test_nothing_of_the_course_is_seen(results):
    [cell] = results["walk"]["cells"]
    assert "refused" in _printed(cell)
    assert SECRET not in _printed(cell)
    assert "visible" in _printed(cell)


def test_python_in_the_course_works(results):
    [cell] = results["python"]["cells"]
    assert _printed(cell).split() == [f"{COURSE}/.venv", '"""'], cell
    if results["tier"] is Tier.FULL:
        [cell] = results["program"]["cells"]
        assert _printed(cell).strip() == "1", cell


def test_what_is_mounted_in_a_folder_is_seen_and_cannot_be_changed(results):
    [cell] = results["write"]["cells"]
    assert _printed(cell) == "visible\n", cell
    assert cell["outputs"][-1]["ename"] in ("OSError", "PermissionError")
