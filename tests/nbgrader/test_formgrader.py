"""The formgrader's buttons, pressed over HTTP as JupyterLab presses them."""

from __future__ import annotations

import json
import re
import time
import urllib.error
import urllib.request
from email.message import Message

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from autograder.feedback.formgrader_policy import OF_FILES, OF_PAGES
from autograder.submission.inert_names import INERT
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
    return _answer(url, post)[0]


def _policy(url: str) -> str:
    return _answer(url, post=False)[1]["Content-Security-Policy"]


def _answer(url: str, post: bool) -> tuple[str, Message]:
    for _ in range(TRIES):
        request = urllib.request.Request(url, method="POST" if post else "GET")
        request.add_header("Authorization", f"token {TOKEN}")
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.read().decode(), answer.headers
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
    assert ada["score"] == 96  # distribute_value 1 of 5; pool_backward is tried with a right one
    assert not ada["needs_manual_grade"]
    page = server(f"formgrader/submissions/{_notebook_submission(server)}/")
    assert "distribute_value: 1 of 5 points" in page
    fed_back = json.loads(
        server(f"formgrader/api/assignment/{ASSIGNMENT}/ada/generate_feedback", post=True)
    )
    assert fed_back["success"], fed_back


SCRIPTS = (
    "<script>alert('markdown')</script>",
    "<img src=x onerror=alert('image')>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "[here](javascript:alert('link'))",
)
SHOWS = """
from IPython.display import HTML, Javascript, display
display(HTML("<script>alert('html')</script><b onclick='alert(2)'>bold</b>"))
display(Javascript("alert('javascript')"))
"""


def test_what_students_wrote_runs_nowhere_in_the_formgrader(tmp_path):
    """In the instructor's browser it would have the instructor's rights."""
    course = new_course(tmp_path / "course")
    notebook = solved()
    notebook.cells += [new_markdown_cell(script) for script in SCRIPTS]
    notebook.cells += [new_raw_cell(script) for script in SCRIPTS]
    notebook.cells += [new_code_cell(SHOWS), new_markdown_cell("*Kept* in **Markdown**.")]
    submit(course, "mallory", notebook)
    with jupyter("server", course.root, tmp_path, TOKEN) as address:

        def ask(path: str, post: bool = False) -> str:
            return _ask(address + path, post)

        json.loads(ask(f"formgrader/api/assignment/{ASSIGNMENT}/assign", post=True))
        path = f"formgrader/api/submission/{ASSIGNMENT}/mallory/autograde"
        assert json.loads(ask(path, post=True))["success"]
        page = ask(f"formgrader/submissions/{_notebook_submission(ask)}/")
    assert "<em>Kept</em> in <strong>Markdown</strong>" in page
    tags = re.findall(r"<[a-z][^>]*>", page)
    for script in ("alert(", "onerror", "javascript:"):
        assert not [tag for tag in tags if script in tag], script
    assert not [s for s in re.findall(r"<script[^>]*>(.*?)</script>", page, re.S) if "alert(" in s]


def test_own_files_and_links_to_them_do_nothing_in_the_formgrader(tmp_path):
    """A page or a drawing of a student's would read the gradebook with the instructor's rights."""
    course = new_course(tmp_path / "course")
    notebook = solved()
    links = "[a](evil.html) <a href='evil.svg'>b</a> [c](https://numpy.org) ![](/\\\\host/x.png)"
    notebook.cells.append(new_markdown_cell(links))
    notebook.cells.append(
        new_code_cell("from IPython.display import HTML\nHTML('<a href=evil.html>d')")
    )
    folder = submit(course, "mallory", notebook).parent
    (folder / "evil.html").write_text("<script>alert(1)</script>")
    (folder / "evil.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
    with jupyter("server", course.root, tmp_path, TOKEN) as address:

        def ask(path: str, post: bool = False) -> str:
            return _ask(address + path, post)

        json.loads(ask(f"formgrader/api/assignment/{ASSIGNMENT}/assign", post=True))
        path = f"formgrader/api/submission/{ASSIGNMENT}/mallory/autograde"
        assert json.loads(ask(path, post=True))["success"]
        shown = f"formgrader/submissions/{_notebook_submission(ask)}/"
        page = ask(shown)
        policy_of_page = _policy(address + shown)
        policy_of_file = _policy(address + shown + "evil.html" + INERT)
    assert 'href="https://numpy.org"' in page
    assert "evil.html" not in "".join(re.findall(r"<a [^>]*>", page))
    assert "host/x.png" not in "".join(re.findall(r"<img [^>]*>", page))
    assert OF_PAGES in policy_of_page
    assert OF_FILES in policy_of_file
    kept = {each.name for each in (course.root / "autograded").rglob("evil*")}
    assert kept == {f"evil.html{INERT}", f"evil.svg{INERT}"}


def _notebook_submission(server) -> str:
    entries = json.loads(server(f"formgrader/api/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}"))
    return entries[0]["id"]
