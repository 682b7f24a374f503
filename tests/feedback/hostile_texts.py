"""Short texts that take libraries long, or much memory, and pictures that make pages large."""

from __future__ import annotations

LENGTH = 100_000


def repeated(piece: str, length: int = LENGTH) -> str:
    """``piece`` until there are ``length`` characters."""
    return piece * (length // len(piece))


SLOW = {
    "brackets of formulas": repeated("\\\\["),
    "blanks": "a" + repeated(" ") + "b",
    "fonts": repeated("<font>"),
    "nested lists": repeated("<ul><li>"),
    "lists in lists": repeated("- "),
    "tables": repeated("<table><tr><td>"),
    "rows": "|a|b|\n|-|-|\n" + repeated("|"),
    "emphasis": repeated("**_"),
    "links": repeated("[a]("),
    "references": repeated("[a"),
    "comments": repeated("<!--"),
    "backticks": "".join("`" * number + "a" for number in range(1, 400)),
    "quotations": repeated("> "),
    "environments": repeated("\\begin{a}"),
    "dollars": repeated("$$ $"),
    "entities": repeated("&#"),
    "tags": repeated("<a b=c "),
    "bold": repeated("<b>"),
}
"""Each takes at least one of the libraries more than its share, or did."""
CERTAIN = "brackets of formulas"
"""One of them that no part of ours can make short: nbconvert's own search for formulas."""
