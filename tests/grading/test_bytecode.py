"""Compiled modules are what Python would have compiled itself, and are used."""

from __future__ import annotations

import subprocess
import sys

from autograder.grading.bytecode import with_bytecode


def lay_down(folder, files) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def run(folder, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


SOURCE = "def where():\n    return where.__code__.co_filename\nvalue = 6 * 7\n"


def test_python_takes_it_and_finds_the_right_file(tmp_path):
    files = {"checks/__init__.py": b"", "checks/core.py": SOURCE.encode(), "data.txt": b"x"}
    lay_down(tmp_path, with_bytecode(files))
    said = run(tmp_path, "import checks.core as c; print(c.value, c.where())")
    assert f"42 {tmp_path / 'checks' / 'core.py'}" in said


def test_it_is_taken_without_a_look_at_the_source(tmp_path):
    """Which is why only the assignment's own modules are compiled, not a student's."""
    files = with_bytecode({"core.py": SOURCE.encode()})
    lay_down(tmp_path, {**files, "core.py": b"value = 0"})
    assert "42" in run(tmp_path, "import core; print(core.value)")


def test_what_cannot_be_compiled_is_left_to_whoever_imports_it():
    files = {"broken.py": b"def f(:", "odd.py": b"x = '\0'", "notes.md": b"def f(:"}
    assert with_bytecode(files) == files
