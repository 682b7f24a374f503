"""What an instructor pasted into a model answer stays with the instructor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from autograder.nbgrader.scaffold import Scaffold
from autograder.release.hidden_parts import shown_pictures

PICTURE = {"image/png": "iVBORw0KGgo="}
ANSWER = "### BEGIN SOLUTION\n![x](attachment:answer.png)\n### END SOLUTION"


def released(source: str, *pictures: str, **marks: bool) -> NotebookNode:
    """The cell as students get it."""
    cell = new_markdown_cell(source, attachments=dict.fromkeys(pictures, PICTURE))
    if marks:
        cell.metadata["nbgrader"] = {"grade_id": "why", "schema_version": 3, **marks}
    cell, _ = Scaffold().preprocess_cell(cell, {"language": "python"}, 0)
    return cell


@pytest.mark.parametrize("grade", [True, False])
def test_the_picture_of_a_cleared_answer_is_gone(grade):
    cell = released("![x](attachment:a.png)", "a.png", grade=grade, solution=True)
    assert cell.source == "YOUR ANSWER HERE"
    assert "attachments" not in cell


def test_what_a_region_leaves_of_the_question_keeps_its_picture():
    question = f"Where? ![q](attachment:q.png)\n{ANSWER}"
    cell = released(question, "q.png", "answer.png", grade=True, solution=True)
    assert "attachment:q.png" in cell.source
    assert dict(cell.attachments) == {"q.png": PICTURE}


def test_a_picture_that_the_text_no_longer_showed_is_gone_with_the_answer():
    cell = released("Words alone.", "forgotten.png", grade=True, solution=True)
    assert "attachments" not in cell


@pytest.mark.parametrize("marks", [{}, {"grade": False, "solution": False, "locked": True}])
def test_the_text_s_own_pictures_stay(marks):
    cell = released("![x](attachment:a.png)", "a.png", **marks)
    assert dict(cell.attachments) == {"a.png": PICTURE}


NAMES = st.text(st.sampled_from("abz.-_ ä%1"), min_size=1, max_size=8)


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.data())
def test_exactly_the_named_pictures_are_shown(names, data):
    """Also where one's name begins with another's."""
    named = data.draw(st.sampled_from(names))
    text = f"Look:\n![here](attachment:{named})\n<img src='x.png'>"
    shown = shown_pictures(text, dict.fromkeys(names, PICTURE))
    assert named in shown
    others = [name for name in shown if name != named]
    assert all(named.startswith(name) for name in others)


def test_a_name_may_be_written_as_in_an_address():
    assert shown_pictures("![x](attachment:my%20plot.png)", {"my plot.png": PICTURE})
    assert not shown_pictures("![x](attachment:a.png.jpg)", {"a.png": PICTURE})
