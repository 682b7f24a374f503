"""Formulas in pages as MathML, which browsers show by themselves: no script, nothing fetched."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import lru_cache
from html import escape, unescape

from latex2mathml.converter import convert

_LONGEST = 3_000
"""Characters of a formula that is converted; a longer one stays as it was written."""
_FORMULA = re.compile(
    r"\$\$(?P<dollars>.+?)\$\$"
    r"|\\\[(?P<brackets>.+?)\\\]"
    r"|(?P<environment>\\begin\{(?P<name>[a-z]+\*?)\}.+?\\end\{(?P=name)\})"
    r"|\\\((?P<round>.+?)\\\)"
    r"|(?<!\\)\$(?P<inline>[^$]+?)(?<!\\)\$",
    re.DOTALL,
)
_DISPLAYED = ("dollars", "brackets", "environment")
_TAG = re.compile(r"(<[^>]*>)")
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
    parts, verbatim = [], 0
    for part in _TAG.split(html):
        if part.startswith("<"):
            if found := _VERBATIM.match(part):
                verbatim += -1 if found[1] else 1
        elif verbatim <= 0:
            part = _FORMULA.sub(_converted, part)
        parts.append(part)
    return "".join(parts)


def _converted(found: re.Match[str]) -> str:
    kind = next(name for name in (*_DISPLAYED, "round", "inline") if found[name] is not None)
    display = "block" if kind in _DISPLAYED else "inline"
    return formula_html(unescape(found[kind]), display) or found[0]


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
