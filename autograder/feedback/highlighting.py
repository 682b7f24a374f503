"""Python code with colours, as HTML: one regular expression, for pages by the thousand.

A lexer that tells sixty kinds of tokens apart takes longer than all the rest of a page. Here are
eight, and what is none of them stays as it is. Nothing is left out or added, whatever the text.
"""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Iterator
from html import escape

_SOFT = {"None", "True", "False"}
_BUILT_IN = sorted(name for name in dir(builtins) if not name.startswith("_"))
_WORDS = "|".join(sorted({*keyword.kwlist, *_SOFT}))

_KINDS = {
    "c": r"\#[^\n]*",  # a comment
    "g": r"^[ \t]*(?:%|!)[^\n]*",  # a line for IPython or the shell
    "s": (
        r"(?:(?<!\w)[rRbBuUfF]{1,2})?"
        r'(?:"""(?:[^"\\]|\\[\s\S]|"(?!""))*+(?:"""|\\?)'
        r"|'''(?:[^'\\]|\\[\s\S]|'(?!''))*+(?:'''|\\?)"
        r'|"(?:[^"\\\n]|\\[\s\S])*+"?'
        r"|'(?:[^'\\\n]|\\[\s\S])*+'?)"
    ),
    "m": (
        r"(?<![\w.])(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+"
        r"|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][-+]?\d[\d_]*)?[jJ]?)"
    ),
    "a": r"^[ \t]*@[\w.]+",  # a decorator
    "d": r"(?:(?<=\bdef )|(?<=\bclass ))[^\W\d]\w*",  # the name that is being defined
    "k": rf"(?<![\w.])(?:{_WORDS})\b",
    "b": rf"(?<![\w.])(?:{'|'.join(_BUILT_IN)})\b",
}
_TOKEN = re.compile("|".join(f"(?P<{kind}>{what})" for kind, what in _KINDS.items()), re.MULTILINE)


def highlight(source: str) -> str:
    """``source`` as the inside of a ``<pre>``: escaped, with a ``<span class=…>`` a token.

    The classes are the keys of the kinds above; the page's style gives them colours.
    """
    return "".join(_pieces(source))


def _pieces(source: str) -> Iterator[str]:
    done = 0
    for token in _TOKEN.finditer(source):
        yield escape(source[done : token.start()], quote=False)
        yield f'<span class="{token.lastgroup}">{escape(token.group(), quote=False)}</span>'
        done = token.end()
    yield escape(source[done:], quote=False)
