"""Pictures that lie beside a notebook, put into its page."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from urllib.parse import unquote

_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
}
# Cleaned HTML writes every attribute as name="value", without a quotation mark in the value.
_PICTURE = re.compile(r'(<img(?: [\w-]+="[^"]*")*? src=")([^":]+)(")')


def with_pictures(html: str, folder: Path) -> str:
    """``html``, as it was cleaned, with the pictures in ``folder`` as data addresses.

    What is not a picture inside of ``folder``, by its name, stays as it is.
    """
    if "<img" not in html:
        return html
    return _PICTURE.sub(lambda found: found[1] + _address(found[2], folder) + found[3], html)


def _address(source: str, folder: Path) -> str:
    try:
        home = folder.resolve()
        path = (home / unquote(source)).resolve()
        kind = _TYPES.get(path.suffix.lower())
        if kind is None or not path.is_relative_to(home):
            return source
        content = path.read_bytes()
    except (OSError, ValueError):  # there is no such file, or none can be called so
        return source
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
