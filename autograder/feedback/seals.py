"""The last line of a feedback page: digests of all that it shows, and of the points among it.

By these a page is known to be current without being made again. A page that nbgrader has written
has no such line.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

from autograder.feedback.standing import Standing

_SEAL = "\n<!-- made from {} and {} -->\n"
_LAST_LINE = re.compile(rb"\n<!-- made from \w{64} and (\w{64}) -->\n\Z")
_LENGTH = len(_SEAL.format("0" * 64, "0" * 64))


def seal(shown: Any, standing: Standing) -> str:
    """The last line of a page that shows ``shown``, which JSON can hold, and ``standing``."""
    return _SEAL.format(_digest(shown), _digest(_counts(standing)))


def is_sealed_by(page: Path, line: str) -> bool:
    """Whether ``page`` is there and has this last ``line``."""
    return _end(page, len(line.encode())) == line.encode()


def shows_other(page: Path, standing: Standing) -> bool:
    """Whether ``page`` is there, is ours, and shows other points or comments than ``standing``."""
    found = _LAST_LINE.search(_end(page, _LENGTH))
    return found is not None and found[1].decode() != _digest(_counts(standing))


def _counts(standing: Standing) -> list[Any]:
    """What ``standing`` says, alike whether it was read or has just been written."""
    cells = {name: [float(score), float(of)] for name, (score, of) in standing.cells.items()}
    comments = {name: words for name, words in standing.comments.items() if words}
    late = float(standing.late_penalty)
    return [cells, comments, late, standing.by_hand, standing.waiting]


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _end(page: Path, length: int) -> bytes:
    """The last bytes of ``page``; none if it is not there, or shorter than that."""
    try:
        with page.open("rb") as file:
            file.seek(-length, os.SEEK_END)
            return file.read()
    except OSError:
        return b""
