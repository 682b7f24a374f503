"""Pictures that lie beside a notebook, put into its page."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from autograder.feedback.addresses import PICTURE_TYPES, TAG, is_beside
from autograder.feedback.room import PICTURE_LEFT_OUT
from autograder.submission.inert_names import inert_name

_SOURCE = re.compile(r' src="([^"]*+)"')


def with_pictures(html: str, folder: Path, fits: Callable[[int], bool] = lambda _: True) -> str:
    """``html``, as it was cleaned, with the pictures in ``folder`` as data addresses.

    What is not a picture inside of ``folder``, by its name, stays as it is. ``fits`` is asked for
    each, with its bytes; where it does not, a sentence stands instead.
    """
    if "<img" not in html:
        return html
    return TAG.sub(
        lambda tag: _shown(tag[0], folder, fits) if tag[0].startswith("<img ") else tag[0], html
    )


def _shown(tag: str, folder: Path, fits: Callable[[int], bool]) -> str:
    source = _SOURCE.search(tag)
    path = _picture(unescape(source[1]), folder) if source else None
    if source is None or path is None:
        return tag
    try:
        if not fits(path.stat().st_size):
            return PICTURE_LEFT_OUT
        content = base64.b64encode(path.read_bytes()).decode()
    except OSError:  # it went away
        return tag
    kind = PICTURE_TYPES[Path(unquote(unescape(source[1]))).suffix.lower()]
    return f'{tag[: source.start()]} src="data:{kind};base64,{content}"{tag[source.end() :]}'


def _picture(source: str, folder: Path) -> Path | None:
    """The picture that ``source`` means, if there is one inside of ``folder``."""
    if not is_beside(source):
        return None
    try:
        home = folder.resolve()
        named = home / unquote(source)
        # A student's own drawing lies there under a name at which no browser would run it.
        for path in (named.resolve(), named.with_name(inert_name(named.name)).resolve()):
            if path.is_relative_to(home) and path.is_file():
                return path
    except (OSError, ValueError):  # there is no such file, or none can be called so
        pass
    return None
