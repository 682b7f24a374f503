"""Pictures that were pasted into a text, put into its HTML once that is clean."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Any

from autograder.feedback.room import PICTURE_LEFT_OUT, Room

_TYPES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif")
"""Drawings before photographs, and without loss before with loss."""
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
_MARK = secrets.token_hex(16)
"""What stands for a picture meanwhile, so that nothing is made of its megabytes until it is shown;
nobody can know it beforehand."""
_SHOWN = re.compile(
    rf'(<img(?: [\w-]+="[^"]*")*? src="[^"]*?){_MARK}(\d{{8}})("(?: [\w-]+="[^"]*")*>)'
)


class Attachments:
    """The pictures of one cell: ``stand_ins`` are what nbconvert's renderer is given of them."""

    def __init__(self, attachments: Any) -> None:
        """``attachments`` as in the notebook; what is no picture is none of them."""
        self._contents: list[str] = []
        self.stand_ins: dict[str, dict[str, str]] = {}
        for name, bundle in attachments.items() if isinstance(attachments, Mapping) else ():
            kind, content = _picture(bundle)
            self.stand_ins[name] = {kind: f"{_MARK}{len(self._contents):08}"}
            self._contents.append(content)

    def shown(self, html: str, room: Room) -> str:
        """Clean ``html`` with the pictures in it, as long as there is ``room`` for them."""

        def picture(found: re.Match[str]) -> str:
            content = self._contents[int(found[2])]
            if not room.picture(len(content) // 4 * 3):
                return PICTURE_LEFT_OUT
            return f"{found[1]}{content}{found[3]}"

        return _SHOWN.sub(picture, html) if self._contents else html


def _picture(bundle: Any) -> tuple[str, str]:
    """The type and the base64 text of the best picture in ``bundle``; an empty one if none is."""
    for kind in _TYPES if isinstance(bundle, Mapping) else ():
        content = bundle.get(kind)
        if isinstance(content, str) and _BASE64.fullmatch(content):
            return kind, content
    return "image/png", ""
