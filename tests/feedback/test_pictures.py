"""Pictures beside a notebook go into its page, and nothing else does."""

from __future__ import annotations

import base64

import pytest

from autograder.feedback.pictures import with_pictures
from autograder.feedback.room import PICTURE_LEFT_OUT
from autograder.feedback.safe_html import clean_html
from autograder.submission.inert_names import INERT

PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg'/>"


@pytest.fixture
def folder(tmp_path):
    """Of one student: with a picture of their own, beside another's and a secret."""
    mine, other = tmp_path / "mine", tmp_path / "other"
    for each in (mine / "figures", other):
        each.mkdir(parents=True)
    (mine / "figures" / "my own.svg").write_bytes(PICTURE)
    (mine / "notes.txt").write_text("notes")
    (mine / "folder.png").mkdir()
    (other / "theirs.png").write_bytes(b"theirs")
    (mine / "link.png").symlink_to(other / "theirs.png")
    return mine


def shown(source: str, folder) -> str:
    return with_pictures(clean_html(f'<p><img alt="a > b" src="{source}" title="t"></p>'), folder)


@pytest.mark.parametrize("source", ["figures/my own.svg", "figures/my%20own.svg"])
def test_a_picture_of_its_own_is_put_in(folder, source):
    html = shown(source, folder)
    assert f"data:image/svg+xml;base64,{base64.b64encode(PICTURE).decode()}" in html
    assert "a &gt; b" in html or "a > b" in html


@pytest.mark.parametrize(
    "source",
    [
        *("../other/theirs.png", "figures/../../other/theirs.png", "link.png", "/etc/x.png"),
        *("notes.txt", "figures/gone.svg", "folder.png", "%00.png", "~/x.png", ".", "a" * 5_000),
    ],
)
def test_nothing_else_is(folder, source):
    html = shown(source, folder)
    assert "base64" not in html
    assert base64.b64encode(b"theirs").decode() not in html


def test_words_that_look_like_a_picture_stay_words(folder):
    html = clean_html("&lt;img src=&quot;figures/my own.svg&quot;&gt;")
    assert with_pictures(html, folder) == html


def test_a_drawing_of_a_student_s_own_is_shown_from_under_its_inert_name(folder):
    """It lies there as text, so that no browser runs it; as a picture it runs nothing."""
    (folder / "figures" / "my own.svg").rename(folder / "figures" / f"my own.svg{INERT}")
    assert base64.b64encode(PICTURE).decode() in shown("figures/my own.svg", folder)


def test_a_picture_is_put_in_as_often_as_there_is_room(folder):
    sizes = []

    def fits(size):
        sizes.append(size)
        return len(sizes) <= 2

    html = with_pictures('<img src="figures/my own.svg">' * 40, folder, fits)
    assert html.count("base64") == 2
    assert html.count(PICTURE_LEFT_OUT) == 38
    assert sizes == [len(PICTURE)] * 40


def test_a_value_that_looks_like_a_tag_is_none(folder):
    html = clean_html('<a title="> <img src=figures/my%20own.svg>">x</a>')
    assert with_pictures(html, folder) == html
