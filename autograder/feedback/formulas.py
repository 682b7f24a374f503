"""Formulas in pages as MathML, which browsers show by themselves: no script, nothing fetched."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape

from latex2mathml.converter import convert

from autograder.feedback.addresses import TAG

_LONGEST = 3_000
"""Characters of a formula that is converted; a longer one stays as it was written."""
_LONGEST_ESCAPED = 5 * _LONGEST
_OPENING = re.compile(r"\$\$|\\\[|\\\(|\\begin\{(?P<environment>[a-z]{1,20}\*?)\}|(?<!\\)\$")
_CLOSING = {
    "$$": re.compile(r"\$\$"),
    "\\[": re.compile(r"\\\]"),
    "\\(": re.compile(r"\\\)"),
    "$": re.compile(r"(?<!\\)\$"),
}
_INLINE = ("$", "\\(")
_VERBATIM = re.compile(r"<(/?)(?:code|pre)\b")
_ELEMENTS = frozenset(
    """
    math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle merror mpadded mphantom mfenced
    menclose msub msup msubsup munder mover munderover mmultiscripts mtable mtr mtd
    """.split()  # noqa: SIM905 - a list of forty strings is hard to read
)
_ATTRIBUTES = frozenset(
    """
    display mathvariant stretchy fence separator form lspace rspace width height depth accent
    accentunder columnalign rowspacing columnspacing displaystyle scriptlevel linethickness
    minsize maxsize movablelimits largeop symmetric notation
    """.split()  # noqa: SIM905 - a list of forty strings is hard to read
)


def with_formulas(html: str) -> str:
    """Clean ``html`` with its LaTeX formulas as MathML; code stays as it is.

    A formula that cannot be converted stays as it was written.
    """
    if "$" not in html and "\\" not in html:
        return html
    parts: list[str] = []
    verbatim = done = 0
    for tag in TAG.finditer(html):
        text = html[done : tag.start()]
        parts += [text] if verbatim > 0 else _pieces(text)
        if found := _VERBATIM.match(tag[0]):
            verbatim += -1 if found[1] else 1
        parts.append(tag[0])
        done = tag.end()
    parts += [html[done:]] if verbatim > 0 else _pieces(html[done:])
    return "".join(parts)


def _pieces(text: str) -> Iterator[str]:
    """``text`` with its formulas; what is opened and not closed nearby is text."""
    done = start = 0
    while opening := _OPENING.search(text, start):
        closing = _closing(opening)
        found = closing.search(text, opening.end() + 1, opening.end() + _LONGEST_ESCAPED)
        if found is None:
            start = opening.start() + 1
            continue
        yield text[done : opening.start()]
        end, done = found.span()
        start = done
        inside = (
            text[opening.start() : done] if opening["environment"] else text[opening.end() : end]
        )
        display = "inline" if opening[0] in _INLINE else "block"
        yield formula_html(unescape(inside), display) or text[opening.start() : done]
    yield text[done:]


def _closing(opening: re.Match[str]) -> re.Pattern[str]:
    name = opening["environment"]
    return re.compile(re.escape(f"\\end{{{name}}}")) if name else _CLOSING[opening[0]]


@lru_cache(1_000)
def formula_html(latex: str, display: str = "block") -> str:
    """``latex`` as MathML with harmless elements and attributes only; empty if it is no formula."""
    if len(latex) > _LONGEST:
        return ""
    try:
        tree = ET.fromstring(convert(latex, display=display))
        tree.tail = None
        written = _rebuilt(tree)
    except Exception:  # what students write has no end of ways to be no LaTeX
        return ""
    return written


def _rebuilt(element: ET.Element) -> str:
    """``element`` written anew; raises ValueError for anything that is not mathematics."""
    name = element.tag.rpartition("}")[2]
    if name not in _ELEMENTS:
        raise ValueError(f"<{name}> in a formula")
    kept = {key: value for key, value in element.attrib.items() if key in _ATTRIBUTES}
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
    inside = escape(element.text or "") + "".join(
        _rebuilt(child) + escape(child.tail or "") for child in element
    )
    return f"<{name}{attributes}>{inside}</{name}>"
