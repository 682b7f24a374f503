"""The summary on top of a feedback page: points, mistakes and their questions, nothing hidden."""

from __future__ import annotations

import inspect
import os
import subprocess

import bs4
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.feedback.safe_html import clean_html
from autograder.feedback.summary import summary_html
from autograder.grading.settings import Settings
from autograder.mistakes import mistakes_of
from autograder.sample_class.convolution_step_by_step import mistaken
from autograder.verdicts import NOT_THERE
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
    "padding": solved(zero_pad="def zero_pad(X, pad):\n    return np.pad(X, pad)"),
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
    for phrase in ("Summary", "5&nbsp;of&nbsp;20", "all cases passed", mistake.happens):
        assert phrase.replace("&nbsp;", " ") in top.replace("&nbsp;", " ").replace("\xa0", " ")
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


def graded_cell(grade_id: str, **about) -> NotebookNode:
    metadata = {"nbgrader": {"grade_id": grade_id, "grade": True, **about}}
    return new_code_cell("", metadata=metadata)


def words(html: str) -> str:
    return " ".join(bs4.BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_points_without_any_result_are_the_gradebook_s():
    """A notebook that stock nbgrader has graded, with a task and a free answer."""
    cells = [
        graded_cell("one_test", score=2.0, points=3),
        graded_cell("essay", solution=True, score=None, points=5, comment="More."),
        graded_cell("draw", grade=False, task=True, score=1 / 3, points=1),
        new_code_cell("not graded"),
    ]
    said = words(summary_html(None, cells, {"score": 7 / 3 - 1, "max_score": 9, "late_penalty": 1}))
    assert said.startswith("Summary 1.33 of 9 points 2.33 points for the work, less 1 for")
    assert "one 2 of 3 essay 0 of 5 comment draw 0.33 of 1" in said


def test_rows_are_in_the_order_of_the_notebook(graded):
    result = graded["stride"].result
    names = list(result["exercises"])
    cells = [graded_cell(f"{name}_test", score=0, points=1) for name in reversed(names)]
    table = bs4.BeautifulSoup(summary_html(result, cells), "html.parser").table
    found = [row.td.get_text() for row in table.tbody.find_all("tr")]
    assert found == list(reversed(names))
    assert "given by hand; 5 from the cases" in words(str(table))


def test_what_was_tried_with_right_helpers_is_said_there(graded):
    said = words(summary_html(graded["padding"].result))
    assert "zero_pad is wrong, and conv_forward depends on that" in said
    assert said.count("Ask yourself") == 1


def test_a_note_shows_its_sentence_and_folds_its_details_away():
    notes = [f"It is another one {EVIL}.\nzero_pad: cell 4.\nrelu: {EVIL}", "It was renamed."]
    shown = bs4.BeautifulSoup(summary_html({"notes": notes}), "html.parser")
    assert shown.details.summary.get_text() == f"It is another one {EVIL}."
    assert not shown.details.has_attr("open")
    assert [each.get_text() for each in shown.details.find_all("li")] == [
        "zero_pad: cell 4.",
        f"relu: {EVIL}",
    ]
    assert "It was renamed." in [each.get_text() for each in shown.find_all("p")]


def test_the_cause_of_a_missing_name_is_told_with_the_error():
    cause = f"math {NOT_THERE}, ends in ModuleNotFoundError: No module named 'pandas'"
    case = {"name": "one", "verdict": "raised", "message": "NameError: math", "mistake": None}
    exercise = {"score": 0.0, "max_score": 5.0, "status": "failed", "cases": [case]}
    result = {
        "assignment": ASSIGNMENT,
        "exercises": {"zero_pad": {**exercise, "notes": ["A warning.", cause]}},
    }
    advice = bs4.BeautifulSoup(summary_html(result), "html.parser").select_one(".advice")
    assert advice.find_all("p")[-1].get_text() == cause
    assert "A warning." not in advice.get_text()
