"""Which addresses may stand in a page that others open: of links, and of pictures.

Lists of what is allowed, not of what is not: browsers have more ways of reading an address than
anybody can think of. They drop control characters, take a backslash for a slash, and what begins
with two of either for another server.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import unquote

PICTURE_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
}
"""Kinds of pictures by the ending of their file's name."""

TAG = re.compile(r'</?[a-zA-Z][^<>"]*+(?:"[^"]*+"[^<>"]*+)*+>')
"""A tag in cleaned HTML, where a value has no quotation mark in it."""

_ADDRESS = re.compile(r' (src|href)="([^"]*+)"')
_CONTROL = "\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\ufeff\ufffd"
_LINK = re.compile(rf"(?:https?://|mailto:|#)[^{_CONTROL}\\]*", re.IGNORECASE)
_INSIDE = re.compile(r"data:image/(?:png|jpeg|gif|svg\+xml);base64,[A-Za-z0-9+/=\s]*")
_BESIDE = re.compile(rf"[^{_CONTROL}\\/:?#<>\"&;]+")
_LONGEST = 2_000


def is_link(address: str) -> bool:
    """Whether a link may lead there: to the web, into a mail, or within the page."""
    return len(address) <= _LONGEST and _LINK.fullmatch(address) is not None


def is_picture(address: str) -> bool:
    """Whether a picture may come from there: from the page itself, or from beside the notebook."""
    return _INSIDE.fullmatch(address) is not None or is_beside(address)


def is_beside(address: str) -> bool:
    """Whether ``address`` is the plain name of a picture's file, in the notebook's folder or below.

    A browser takes ``%2e`` for a dot, so what is spelled so is looked at as it is meant.
    """
    if len(address) > _LONGEST:
        return False
    name = unquote(address)
    parts = name.split("/")
    return (
        name.lower().endswith(tuple(PICTURE_TYPES))
        and all(_BESIDE.fullmatch(part) for part in parts)
        and not any(part.startswith(".") and part != "." for part in parts)
    )


_ALLOWED: dict[str, Callable[[str], bool]] = {"src": is_picture, "href": is_link}


def is_allowed(attribute: str, address: str) -> bool:
    """Whether ``address`` may be an element's ``src`` or ``href``."""
    return _ALLOWED[attribute](address)


def without_others(html: str) -> str:
    """Cleaned ``html`` without addresses that are not allowed, as they stand in it now."""

    def kept(found: re.Match[str]) -> str:
        return found[0] if is_allowed(found[1], unescape(found[2])) else ""

    return TAG.sub(lambda tag: _ADDRESS.sub(kept, tag[0]) if '="' in tag[0] else tag[0], html)
