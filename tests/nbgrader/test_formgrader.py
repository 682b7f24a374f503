"""The formgrader's buttons, pressed over HTTP as JupyterLab presses them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.submissions import ASSIGNMENT, new_course, solved, submit

BIN = Path(sys.executable).parent
TOKEN = "formgrader-test"
STARTUP_SECONDS = 60


@pytest.fixture
def server(tmp_path):
    """A Jupyter server in a course with one submission; yields a function that asks it."""
    course = new_course(tmp_path / "course")
    wrong = "@exercise\ndef distribute_value(dz, shape):\n    return np.ones(shape) * dz"
    submit(course, "ada", solved(distribute_value=wrong))
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    environment["JUPYTER_RUNTIME_DIR"] = str(tmp_path / "runtime")
    process = subprocess.Popen(
        [str(BIN / "jupyter"), "server", "--no-browser", "--allow-root", "--port=0",
         "--ServerApp.ip=127.0.0.1", f"--IdentityProvider.token={TOKEN}"],
        cwd=course.root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = _address(tmp_path / "runtime", process)
        yield lambda path, post=False: _ask(address + path, post)
    finally:
        process.terminate()
        process.wait(20)


def _address(runtime: Path, process) -> str:
    for _ in range(STARTUP_SECONDS * 5):
        assert process.poll() is None, "the server did not start"
        for path in runtime.glob("jpserver-*.json"):
            try:
                return json.loads(path.read_text())["url"]
            except ValueError:
                pass  # it is just being written
        time.sleep(0.2)
    raise AssertionError("the server did not say where it listens")


def _ask(url: str, post: bool) -> str:
    for _ in range(STARTUP_SECONDS * 5):
        request = urllib.request.Request(url, method="POST" if post else "GET")
        request.add_header("Authorization", f"token {TOKEN}")
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.read().decode()
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise
            time.sleep(0.2)
    raise AssertionError(f"no answer from {url}")


def test_generate_autograde_and_feedback_by_button(server):
    generated = json.loads(server(f"formgrader/api/assignment/{ASSIGNMENT}/assign", post=True))
    assert generated["success"], generated
    graded = json.loads(server(f"formgrader/api/submission/{ASSIGNMENT}/ada/autograde", post=True))
    assert graded["success"], graded
    submissions = json.loads(server(f"formgrader/api/submissions/{ASSIGNMENT}"))
    (ada,) = [each for each in submissions if each["student"] == "ada"]
    assert ada["score"] == 86  # distribute_value 1 of 5, pool_backward 10 of 20
    assert not ada["needs_manual_grade"]
    page = server(f"formgrader/submissions/{_notebook_submission(server)}/")
    assert "distribute_value: 1 of 5 points" in page
    fed_back = json.loads(
        server(f"formgrader/api/assignment/{ASSIGNMENT}/ada/generate_feedback", post=True)
    )
    assert fed_back["success"], fed_back


def _notebook_submission(server) -> str:
    entries = json.loads(server(f"formgrader/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}"))
    return entries[0]["id"]
