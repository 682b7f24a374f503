"""Where output goes into a file on Windows, and where Python has no modules of Unix."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest

import autograder.cli
from autograder.cli import main
from autograder.course import Course
from autograder.sandbox.tiers import Tier
from tests.grading.classes import class_of, grade
from tests.submissions import ASSIGNMENT, save, solved, submit, untouched

FAR = "卷积 ✗ ü"
"""Letters that no code page of Windows has all of."""
RAISES = f"@exercise\ndef distribute_value(dz, shape):\n    raise ValueError({FAR!r})"


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Course:
    """A graded class with a student of that name, and somebody who is left out."""
    course = class_of(tmp_path_factory.mktemp("far") / "course", {})
    submit(course, FAR, solved(distribute_value=RAISES))
    (course.root / "submitted" / "bob" / ASSIGNMENT).mkdir(parents=True)
    (course.root / "submitted" / "bob" / ASSIGNMENT / f"{FAR}.tar.gz").touch()
    (course.root / "submitted" / "cyd").mkdir()
    (course.root / "submitted" / "cyd" / f"{FAR}.pdf").touch()
    grade(course)
    return course


@pytest.fixture(params=["ascii", "cp1252"])
def into_a_file(request, monkeypatch):
    """Call the command; its exit code, and what a file of that encoding holds then."""
    monkeypatch.setattr(autograder.cli, "atexit", _NoExit())

    def call(*words) -> tuple[int, str]:
        file = io.TextIOWrapper(io.BytesIO(), encoding=request.param, errors="strict")
        monkeypatch.setattr(sys, "stdout", file)
        monkeypatch.setattr(sys, "argv", ["autograder", *map(str, words)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        file.flush()
        return code, file.buffer.getvalue().decode(request.param, "replace")

    return call


class _NoExit:
    def register(self, _):
        """Tests go on after the command has ended."""


def test_every_verb_s_output_can_go_into_any_file(course, into_a_file, tmp_path, monkeypatch):
    here = ("--course", course.root)
    wrong = save(solved(distribute_value=RAISES), tmp_path / f"{ASSIGNMENT} {FAR}.ipynb")
    code, said = into_a_file("grade", ASSIGNMENT, *here)
    assert code == 1
    assert "95 / 100" in said
    assert "not graded: submitted/cyd" in said.replace("\n", " ")
    code, said = into_a_file("grade", ASSIGNMENT, "--json", *here)
    assert {each["student"] for each in json.loads(said)} == {FAR, "bob", "cyd"}
    code, said = into_a_file("check", wrong, *here)
    assert (code, "ValueError: \\u5377\\u79ef \\u2717" in said) == (0, True)
    code, said = into_a_file("check", "--json", wrong, *here)
    assert json.loads(said)[0]["notebook"] == str(wrong)
    for words in (
        ("regrade", ASSIGNMENT, "--yes", *here),
        ("feedback", ASSIGNMENT, "--force", *here),
        ("report", ASSIGNMENT, *here),
        ("export", ASSIGNMENT, "--format", "csv", "--output", "-", *here),
        ("export", ASSIGNMENT, "--format", "json", "--output", tmp_path / "a.json", *here),
        *((verb, "--help") for verb in ("data", "demo", "expected", "import", "release")),
        ("--help",),
    ):
        assert into_a_file(*words)[0] == 0, words
    monkeypatch.setattr("autograder.cli.doctor.probe", lambda: (Tier.NONE, FAR))
    assert into_a_file("doctor")[0] == 1


WITHOUT_UNIX = """
import builtins, sys, types
found = builtins.__import__
def without_unix(name, globals=None, *rest, **named):
    if name in {"resource", "fcntl", "termios", "pwd", "grp"}:
        if globals and str(globals.get("__name__")).startswith("autograder"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return found(name, globals, *rest, **named)
builtins.__import__ = without_unix
from autograder.sandbox import probing
probing.sys = types.SimpleNamespace(platform="win32")
probing.platform = types.SimpleNamespace(system=lambda: "Windows")
from autograder.cli import main
main()
"""


def _without_unix(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", WITHOUT_UNIX, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_without_linux_the_sandbox_is_missed_in_a_sentence(course, tmp_path):
    path = save(untouched(), tmp_path / "own" / f"{ASSIGNMENT}.ipynb")
    done = _without_unix("check", path, "--course", course.root)
    assert (done.returncode, done.stdout) == (1, "")
    assert "The sandbox is Linux's; this is Windows." in done.stderr
    assert "\\n" not in done.stderr
    assert "--trust-submissions" in done.stderr
    done = _without_unix("doctor")
    assert "Traceback" not in done.stderr
    assert done.returncode == 1
    assert "this is Windows: grade in a Linux machine" in " ".join(done.stdout.split())


def test_without_linux_trusted_notebooks_are_checked(course, tmp_path):
    path = save(untouched(), tmp_path / "own" / f"{ASSIGNMENT}.ipynb")
    done = _without_unix("check", "--trust-submissions", path, "--course", course.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0 of 100 points" in done.stdout
