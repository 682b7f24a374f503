"""Pages of notebooks that are too much: always one for everybody, never too large."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from pathlib import Path

import bs4
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from traitlets.config import Config

from autograder.execution.faults import METADATA
from autograder.feedback import exporter
from autograder.feedback.exporter import FeedbackExporter
from autograder.feedback.limited import LimitedProcess, WorkLimits
from autograder.feedback.page_writing import PageJob, PageOutcome, write_bare
from autograder.feedback.pages import RENDERING, FeedbackPages
from autograder.feedback.room import PAGE_BYTES
from autograder.feedback.standing import Standing
from autograder.mistakes import mistakes_of
from tests.feedback.hostile_texts import CERTAIN, SLOW
from tests.submissions import ASSIGNMENT

LIMITS = WorkLimits(seconds=0.5)
MISTAKE = mistakes_of(ASSIGNMENT, "pool_backward")["stride-ignored"]
CASE = {
    "name": "stride 2",
    "verdict": "wrong",
    "message": "<b>off</b>",
    "mistake": "stride-ignored",
}
RESULT = {
    "assignment": ASSIGNMENT,
    "score": 1.0,
    "max_score": 20.0,
    "notes": ["It was read as Windows-1252."],
    "exercises": {
        "pool_backward": {
            "name": "pool_backward",
            "score": 1.0,
            "max_score": 20.0,
            "status": "failed",
            "cases": [CASE],
            "notes": [],
        }
    },
}
STANDING = Standing(
    1.0, 20.0, cells={"pool_backward_test": (1.0, 20.0)}, comments={"pool_backward": "Look: <i>s"}
)
EVIL = "<script>alert(1)</script> & <img src=x onerror=alert(2)>"
BIG = 3_000_000


def saved(folder: Path, *cells, **attachments) -> Path:
    """An autograded notebook with ``cells`` around an exercise."""
    notebook = new_notebook(metadata={METADATA: {"result": RESULT}})
    solution = {"grade_id": "pool_backward", "solution": True}
    graded = {"grade_id": "pool_backward_test", "grade": True, "points": 20}
    notebook.cells = [
        new_code_cell("def pool_backward(): ...", metadata={"nbgrader": solution}),
        new_code_cell("check()", metadata={"nbgrader": graded}),
        *(new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells),
        new_markdown_cell("The *end*."),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return folder / "a.ipynb"


@pytest.fixture(scope="module")
def pages():
    writing = FeedbackPages(ASSIGNMENT, Config(), 2, LIMITS)
    yield writing
    writing.close()


def written(pages, notebook: Path, **options) -> tuple[PageOutcome, str]:
    page = notebook.parent / "out" / "a.html"
    outcome = pages.write(page, "zoë", notebook, STANDING, **options).result()
    return outcome, page.read_text(encoding="utf-8")


def without_seal(of: tuple[PageOutcome, str]) -> tuple[PageOutcome, str]:
    return of[0], of[1].partition("<!-- made from")[0]


def test_whatever_is_in_a_notebook_there_is_a_page_and_nobody_waits_for_it(pages, tmp_path):
    honest = [saved(tmp_path / name, "Some *words*.") for name in "abc"]
    usual = without_seal(written(pages, honest[0]))
    slow = saved(tmp_path / "slow", EVIL, *SLOW.values())
    page = tmp_path / "slow" / "a.html"
    started = pages.write(page, "mallory", slow, STANDING)
    assert usual[0] == PageOutcome()
    assert [without_seal(written(pages, each)) for each in honest] == 3 * [usual]
    assert "0.5 seconds of processor time" in started.result().plain
    shown = bs4.BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert not shown.find_all(["script", "img"])
    text = shown.get_text()
    assert all(" ".join(each.split()) in " ".join(text.split()) for each in (EVIL, *SLOW.values()))
    for words in (
        "This page shows the notebook as plain text, without pictures.",
        "0.5 seconds of processor time",
        "1 of 20",
        MISTAKE.question,
        "<b>off</b>",
        "Look: <i>s",
        "It was read as Windows-1252.",
    ):
        assert words in text


def test_a_plain_page_is_current_until_something_changes(pages, tmp_path):
    notebook = saved(tmp_path, SLOW[CERTAIN])
    first, _ = written(pages, notebook)
    again, _ = written(pages, notebook, keep_current=True)
    assert (bool(first.plain), again) == (True, PageOutcome(skipped=True))


def test_where_even_plain_text_is_too_much_points_and_comments_are_left(tmp_path):
    """The notebook does not fit into the memory that there is."""
    many = FeedbackPages(ASSIGNMENT, Config(), 1, WorkLimits(memory=160_000_000))
    code = [new_code_cell(str(number) * 50) for number in range(20_000)]
    outcome, page = written(many, saved(tmp_path, *code))
    many.close()
    assert "memory" in outcome.plain
    text = bs4.BeautifulSoup(page, "html.parser").get_text()
    assert "1 of 20" in text
    assert "Look: <i>s" in text
    assert "The end" not in text


def test_the_barest_page_needs_no_notebook(tmp_path):
    job = PageJob(ASSIGNMENT, "zoë", tmp_path / "a.html", tmp_path / "none.ipynb", STANDING)
    assert write_bare(job, "that took too long")["plain"]
    assert "that took too long" in job.page.read_text(encoding="utf-8")


def test_nbgrader_s_command_has_a_page_too(monkeypatch, tmp_path):
    process = LimitedProcess(LIMITS, RENDERING)
    monkeypatch.setattr(exporter, "_process", lambda: process)
    about = {"nbgrader": {"assignment": ASSIGNMENT, "student": "zoë"}}
    html, _ = FeedbackExporter().from_notebook_node(
        nbformat.read(saved(tmp_path, SLOW[CERTAIN]), 4), about
    )
    process.close()
    assert "as plain text" in html
    assert MISTAKE.question in html


def picture(size: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + secrets.token_bytes(size)


def test_a_picture_that_is_shown_many_times_counts_each_time(pages, tmp_path):
    roomy = FeedbackPages(ASSIGNMENT, Config())
    notebook = saved(tmp_path, "![one](p.png)\n" * 5, "![one](p.png)\n" * 35)
    (tmp_path / "p.png").write_bytes(picture(BIG))
    outcome, page = written(roomy, notebook)
    roomy.close()
    fits = (PAGE_BYTES - 100_000) // (BIG * 4 // 3)
    assert outcome == PageOutcome()
    assert page.count("data:image/png;base64,") == fits
    assert page.count("A picture is left out here") == 40 - fits
    assert "The <em>end</em>." in page
    assert len(page.encode()) <= PAGE_BYTES


def test_a_pasted_picture_counts_each_time_too(tmp_path):
    roomy = FeedbackPages(ASSIGNMENT, Config())
    pasted = new_markdown_cell("![one](attachment:p)\n" * 40)
    pasted.attachments = {"p": {"image/png": "iVBO" * (BIG // 4)}}
    outcome, page = written(roomy, saved(tmp_path, pasted))
    roomy.close()
    fits = (PAGE_BYTES - 100_000) // BIG
    assert outcome == PageOutcome()
    assert page.count("data:image/png;base64,iVBO") == fits
    assert page.count("A picture is left out here") == 40 - fits


def test_who_grades_imports_nothing_that_lays_texts_out():
    code = (
        "from autograder.cli.quick_start import skip_slow_imports; skip_slow_imports()\n"
        "import sys, autograder.grading.saving, autograder.feedback.whole_class\n"
        "import autograder.feedback.pages, autograder.nbgrader.gradebook\n"
        "print([name for name in ('mistune', 'nh3') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"
