"""Read an HTML page as a browser would: its text, its pictures, and all that it would load."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = {"meta", "img", "br", "link", "input", "hr"}
_APART = {"th", "td", "dt", "dd", "li", "p", "br"}
"""What begins in a new place, so that its text is no part of the word before."""


class Page(HTMLParser):
    """``tags`` are all tags with their attributes, ``text`` is what can be read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.wrongly_closed: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in _APART:
            self.text += " "
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrongly_closed.append(tag)

    def handle_data(self, data):
        if "style" not in self.open:
            self.text += data

    @property
    def words(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def addresses(self) -> list[str]:
        """Everything that the page points at."""
        names = ("src", "href", "srcset", "action", "data", "poster", "background")
        return [str(of[name]) for _, of in self.tags for name in names if name in of]
