"""Read HTML back: its text, and the class that each character has."""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = {"img", "br", "meta", "link", "hr"}


class Read(HTMLParser):
    """``characters`` are pairs of a character and the class of the innermost tag around it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.characters: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self._open: list[str] = [""]
        self.feed(html)
        self.close()
        assert len(self._open) == 1, "something was not closed"

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag not in _VOID:
            self._open.append(dict(attrs).get("class", "") or "")

    def handle_endtag(self, tag):
        self._open.pop()

    def handle_data(self, data):
        self.characters += [(character, self._open[-1]) for character in data]

    @property
    def text(self) -> str:
        return "".join(character for character, _ in self.characters)
