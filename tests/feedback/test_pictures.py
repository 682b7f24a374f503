"""Pictures beside a notebook go into its page, and nothing else does."""

from __future__ import annotations

import base64

import pytest

from autograder.feedback.pictures import with_pictures
from autograder.feedback.safe_html import clean_html

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
