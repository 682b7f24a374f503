"""Pictures that lie beside a notebook, put into its page."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from autograder.feedback.room import PICTURE_LEFT_OUT

_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
}
# Cleaned HTML writes every attribute as name="value", without a quotation mark in the value.
_PICTURE = re.compile(r'(<img(?: [\w-]+="[^"]*")*? src=")([^":]+)("(?: [\w-]+="[^"]*")*>)')


def with_pictures(html: str, folder: Path, fits: Callable[[int], bool] = lambda _: True) -> str:
    """``html``, as it was cleaned, with the pictures in ``folder`` as data addresses.

    What is not a picture inside of ``folder``, by its name, stays as it is. ``fits`` is asked for
    each, with its bytes; where it does not, a sentence stands instead.
    """
    if "<img" not in html:
        return html
    return _PICTURE.sub(lambda found: _shown(found, folder, fits), html)


def _shown(found: re.Match[str], folder: Path, fits: Callable[[int], bool]) -> str:
    try:
        home = folder.resolve()
        path = (home / unquote(found[2])).resolve()
        kind = _TYPES.get(path.suffix.lower())
        if kind is None or not path.is_relative_to(home) or not path.is_file():
            return found[0]
        if not fits(path.stat().st_size):
            return PICTURE_LEFT_OUT
        content = base64.b64encode(path.read_bytes()).decode()
    except (OSError, ValueError):  # there is no such file, or none can be called so
        return found[0]
    return f"{found[1]}data:{kind};base64,{content}{found[3]}"
