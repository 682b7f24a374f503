"""A picture that is in no set, larger than theirs and not square: as somebody's own would be."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
from PIL import Image

from autograder.signs.collection import draw_sign
from autograder.signs.photograph import Picture
from autograder.signs.signs_file import look_different

NUMBER = 2
_KIND, _PLACE = 2, 8
_SIZE, _CUT_OFF = 160, 16
"""It is drawn square; so many columns are cut off on either side."""


def draw_single(seed: int) -> Picture:
    """The picture (160, 128, 3) of ``seed``, of a hand that shows :data:`NUMBER`."""
    return draw_sign(seed, _KIND, _PLACE, NUMBER, _SIZE)[:, _CUT_OFF:-_CUT_OFF]


def write_single(picture: Picture, path: Path) -> None:
    """Write ``picture`` as a PNG file."""
    written = io.BytesIO()
    Image.fromarray(picture).save(written, "PNG", optimize=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written.getvalue())


def differs(picture: Picture, path: Path) -> str | None:
    """How the file at ``path`` differs from ``picture``, in words; None if it does not."""
    try:
        found = np.asarray(Image.open(path))
    except OSError as error:
        return f"it cannot be read ({error})"
    if found.shape != picture.shape or look_different(found[None], picture[None]):
        return "it looks different"
    return None
