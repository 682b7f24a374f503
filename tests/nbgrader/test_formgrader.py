"""The formgrader's buttons, pressed over HTTP as JupyterLab presses them."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request

import pytest

from tests.jupyter_servers import jupyter
from tests.submissions import ASSIGNMENT, new_course, solved, submit

TOKEN = "formgrader-test"
TRIES = 300


@pytest.fixture
def server(tmp_path):
    """A Jupyter server in a course with one submission; yields a function that asks it."""
    course = new_course(tmp_path / "course")
    wrong = "@exercise\ndef distribute_value(dz, shape):\n    return np.ones(shape) * dz"
    submit(course, "ada", solved(distribute_value=wrong))
    with jupyter("server", course.root, tmp_path, TOKEN) as address:
        yield lambda path, post=False: _ask(address + path, post)


def _ask(url: str, post: bool) -> str:
    for _ in range(TRIES):
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
    assert ada["score"] == 87  # distribute_value 1 of 5, pool_backward 11 of 20
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
