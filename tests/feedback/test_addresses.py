"""Addresses of links and pictures: a list of what is allowed, as a browser reads it."""

from __future__ import annotations

import bs4
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.feedback.addresses import is_beside, is_link, is_picture, without_others
from autograder.feedback.safe_html import clean_html, clean_output

CALLING = [
    *(
        "//host/x.png",
        "/\\host/x.png",
        "\\\\host/x.png",
        "\\/host/x.png",
        "/x.png",
        "\t//host/x.png",
    ),
    *("/\t/host/x.png", "\x01//host/x.png", " //host/x.png", "http://host/x.png", "x:y.png"),
    *("h\nttps://host/x.png", "%2f/host/x.png", "/%2fhost/x.png", "%5c%5chost/x.png", "../x.png"),
    *("a/../../x.png", "%2e%2e/x.png", "a/%2E%2e/x.png", "file:///x.png", "javascript:x.png"),
    *("data:text/html,x.png", "data:image/svg+xml,<svg/>", "evil.html", "logout?x.png", "a//b.png"),
    *("data:image/png;base64,AA\\", "x\ufeff.png", "", ".hidden.png", "x.png#" + "a" * 3_000),
]


@pytest.mark.parametrize("address", CALLING)
def test_no_picture_is_asked_for_elsewhere(address):
    assert not is_picture(address)
    page = bs4.BeautifulSoup(clean_html(f"<img src='{address}' alt='x'>"), "html.parser")
    assert "src" not in page.img.attrs


@pytest.mark.parametrize(
    "address",
    ["figures/x.svg", "./x.png", "my own.JPG", "my%20own.gif", "größe (1).jpeg", "a/b/c.png"],
)
def test_a_picture_beside_the_notebook_is_shown(address):
    assert is_beside(address)
    assert bs4.BeautifulSoup(clean_html(f'<img src="{address}">'), "html.parser").img["src"]


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "svg+xml"])
def test_a_picture_in_the_page_is_shown(kind):
    assert is_picture(f"data:image/{kind};base64,aGk=\n")


@pytest.mark.parametrize(
    "address",
    [
        *("evil.html", "./evil.svg", "/formgrader", "../x", "//host", "\\\\host", "\thttp://host"),
        *("java\nscript:x", "javascript:x", "data:text/html,x", "http:/host", "http:\\\\host"),
        *("https://ho\tst", "?x", "blob:x", "file:///etc", ""),
    ],
)
def test_links_lead_nowhere_else(address):
    assert not is_link(address)
    assert "href" not in clean_html(f"<a href='{address}'>here</a>")


@pytest.mark.parametrize(
    "address", ["https://numpy.org/doc/?a=1&b=2#c", "HTTP://x.org", "mailto:a@b.org", "#cell-1"]
)
def test_links_to_the_web_stay(address):
    assert is_link(address)
    page = bs4.BeautifulSoup(clean_html(f'<a href="{address}">here</a>'), "html.parser")
    assert page.a["href"] == address


PIECES = st.sampled_from(
    [
        '<img src="',
        "<a href='",
        '">',
        "'>",
        "//host",
        "\\",
        "\t",
        "\x01",
        "x.png",
        "data:",
        "<",
        ">",
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_whatever_is_written_only_such_addresses_are_left(html):
    for element in bs4.BeautifulSoup(clean_html(html), "html.parser").find_all():
        assert is_picture(element.attrs.get("src", "x.png"))
        assert is_link(element.attrs.get("href", "#"))


def test_addresses_are_looked_at_as_they_stand_in_the_cleaned_page():
    html = '<a title="> x" href="//host">a</a><p> src="//host"</p><img alt="" src="&#9;//host">'
    assert without_others(html) == '<a title="> x">a</a><p> src="//host"</p><img alt="">'


def test_a_drawing_in_an_output_is_a_picture():
    assert clean_output(b"<svg onload='x'/>").startswith('<img src="data:image/svg+xml;base64,')
    assert clean_output("<b onclick='x'>b</b>") == "<b>b</b>"
