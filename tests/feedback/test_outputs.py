"""Outputs in a page: the richest form that is safe, everything else escaped."""

from __future__ import annotations

import base64

import bs4
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from autograder.feedback.outputs import outputs_html
from autograder.feedback.safe_html import make_outputs_safe

EVIL = "<script>alert(1)</script>"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(300)).decode()
LINES = "\n".join(PNG[start : start + 76] for start in range(0, len(PNG), 76))


def shown(*outputs) -> bs4.BeautifulSoup:
    cell = new_code_cell("", outputs=list(outputs))
    make_outputs_safe(new_notebook(cells=[cell]))
    return bs4.BeautifulSoup(outputs_html(cell, lambda source: f"<i>{source}</i>"), "html.parser")


def display(**data):
    return new_output(
        "display_data", {name.replace("__", "/"): each for name, each in data.items()}
    )


def test_a_plot_is_a_picture_in_one_line_with_words():
    picture = shown(display(image__png=LINES, text__plain="<Figure>")).img
    assert picture["src"] == f"data:image/png;base64,{PNG}"
    assert picture["alt"]
    assert not shown(display(image__png=LINES, text__plain="<Figure>")).find("pre")


@pytest.mark.parametrize(
    ("data", "tag", "text"),
    [
        ({"text__html": "<b>bold</b>", "image__png": PNG, "text__plain": "no"}, "b", "bold"),
        ({"text__markdown": "words", "text__latex": "$x$", "text__plain": "no"}, "i", "words"),
        ({"text__latex": "$x < y$", "text__plain": "no"}, "math", "x<y"),
        ({"text__latex": "{" * 4_000, "text__plain": "no"}, "div", "{" * 4_000),
        ({"text__plain": "<b>&"}, "pre", "<b>&"),
        ({"image__png": "no base64!", "text__plain": "figure"}, "pre", "figure"),
    ],
)
def test_what_says_most_is_shown(data, tag, text):
    found = shown(display(**data))
    assert found.find_all(tag)[-1].get_text() == text
    assert "no" not in found.get_text().split()


def test_printed_words_and_errors_are_told_apart_and_escaped():
    found = shown(
        new_output("stream", name="stdout", text=EVIL),
        new_output("stream", name="stderr", text=f"\x1b[31m{EVIL}\x1b[0m"),
        new_output("error", ename="E", evalue="", traceback=["one", f"\x1b[31mtwo {EVIL}\x1b[39m"]),
        display(application__javascript="alert(1)"),
    )
    assert not found.find("script")
    assert [each["class"] for each in found.find_all("pre")] == [["text"], ["error"], ["error"]]
    assert [each.get_text() for each in found.find_all("pre")] == [EVIL, EVIL, f"one\ntwo {EVIL}"]


def test_a_cell_that_showed_nothing_has_no_frame_for_it():
    assert not shown().get_text() and not shown().find("div")
    assert not shown(display(application__javascript="alert(1)")).find("div")
