"""Pictures that lie beside a notebook, put into its page."""

from __future__ import annotations

import base64
import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from autograder.feedback.addresses import PICTURE_TYPES, TAG, is_beside
from autograder.submission.inert_names import inert_name

MAX_BYTES = 20_000_000
"""Of the pictures that one text shows, each time that it shows them."""
_SOURCE = re.compile(r' src="([^"]*+)"')


def with_pictures(html: str, folder: Path) -> str:
    """``html``, as it was cleaned, with the pictures in ``folder`` as data addresses.

    What is not a picture inside of ``folder``, by its name, stays as it is; so do those that come
    after :data:`MAX_BYTES`.
    """
    if "<img" not in html:
        return html
    room = MAX_BYTES

    def shown(found: re.Match[str]) -> str:
        nonlocal room
        kind, content = _picture(unescape(found[1]), folder, room)
        if not kind:
            return found[0]
        room -= len(content)
        return f' src="data:{kind};base64,{base64.b64encode(content).decode()}"'

    return TAG.sub(
        lambda tag: _SOURCE.sub(shown, tag[0], 1) if tag[0].startswith("<img ") else tag[0], html
    )


def _picture(source: str, folder: Path, room: int) -> tuple[str, bytes]:
    """The type and the content of a picture; ("", b"") if there is none."""
    if not is_beside(source):
        return "", b""
    try:
        home = folder.resolve()
        named = home / unquote(source)
        # A student's own drawing lies there under a name at which no browser would run it.
        for path in (named.resolve(), named.with_name(inert_name(named.name)).resolve()):
            if path.is_relative_to(home) and path.is_file() and path.stat().st_size <= room:
                return PICTURE_TYPES[named.suffix.lower()], path.read_bytes()
    except (OSError, ValueError):  # there is no such file, or none can be called so
        pass
    return "", b""
