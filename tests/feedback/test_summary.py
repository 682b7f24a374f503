"""The summary on top of a feedback page: points, mistakes and their questions, nothing hidden."""

from __future__ import annotations

import inspect
import os
import subprocess

import pytest

from autograder.feedback.safe_html import clean_html
from autograder.feedback.summary import summary_html
from autograder.grading.settings import Settings
from autograder.mistakes import mistakes_of
from autograder.sample_class.convolution_step_by_step import mistaken
from tests.grading.classes import class_of, grade
from tests.jupyter_servers import BIN
from tests.submissions import ASSIGNMENT, solved

STRIDE = inspect.getsource(mistaken.pool_backward__stride_ignored).replace(
    "pool_backward__stride_ignored", "pool_backward"
)
EVIL = "<script>alert(1)</script>"
RAISES = f"def distribute_value(dz, shape):\n    raise ValueError({EVIL!r})"
CLASS = {
    "stride": solved(pool_backward=STRIDE),
    "evil": solved(distribute_value=RAISES),
    "right": solved(),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return class_of(tmp_path_factory.mktemp("summary") / "course", CLASS)


@pytest.fixture(scope="module")
def graded(course):
    return grade(course, Settings())


def page(course, student: str) -> str:
    name = f"{ASSIGNMENT}.html"
    return (course.root / "feedback" / student / ASSIGNMENT / name).read_text(encoding="utf-8")


def test_it_is_on_the_page_with_the_mistake_and_its_question(course, graded):
    mistake = mistakes_of(ASSIGNMENT, "pool_backward")["stride-ignored"]
    top = page(course, "stride").partition("Move a cat two steps")[0]
    for words in ("Summary", "5&nbsp;of&nbsp;20", "all cases passed", mistake.happens):
        assert words.replace("&nbsp;", " ") in top.replace("&nbsp;", " ").replace("\xa0", " ")
    assert mistake.question in top
    assert "max when no mode is given, stride 2" in top


def test_nothing_of_a_student_s_runs_in_it(graded):
    html = summary_html(graded["evil"].result)
    assert EVIL not in html
    assert "&lt;script&gt;" in html
    assert "script" not in clean_html(html).replace("&lt;script&gt;", "").replace(
        "&lt;/script&gt;", ""
    )


def test_it_gives_no_expected_number_of_a_hidden_case_away(graded):
    result = graded["stride"].result
    hidden = [case for case in result["exercises"]["pool_backward"]["cases"] if case["message"]]
    assert hidden
    assert "Expected" not in summary_html(result)


def test_who_has_everything_right_is_told_so_in_a_few_lines(graded):
    html = summary_html(graded["right"].result)
    assert "100 of 100 points" in html
    assert "Ask yourself" not in html


def test_nbgrader_s_own_feedback_has_it_too(course, graded):
    subprocess.run(
        [str(BIN / "nbgrader"), "generate_feedback", ASSIGNMENT, "--force"],
        cwd=course.root,
        env=os.environ,
        check=True,
        capture_output=True,
    )
    assert "What happens:" in page(course, "stride").partition("Move a cat two steps")[0]
