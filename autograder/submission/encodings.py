"""The encodings in which notebooks are saved: by editors, by Windows, by accident."""

from __future__ import annotations

import codecs
import json

from autograder.submission.caps import MAX_BYTES, TooLargeError

_MOST = MAX_BYTES // 2
"""Bytes of UTF-16 written as UTF-8: as many as the largest file can have if it is English."""
_PIECE = 1_000_000


def as_utf8(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    """``content`` in UTF-8 if it is UTF-16 or UTF-32, else as it is; and what to say of that.

    Without a byte-order mark it is told by the zeros beside the first letter: JSON begins in ASCII.
    It is converted piece by piece, for as one text it could take four times its size. Raises
    :class:`TooLargeError` if it is too large for that.
    """
    encoding = json.detect_encoding(content)
    if encoding.startswith("utf-8"):
        return content, ()
    decoder = codecs.getincrementaldecoder(encoding)()
    pieces, size = [], 0
    try:
        for start in range(0, len(content), _PIECE):
            final = start + _PIECE >= len(content)
            pieces.append(decoder.decode(content[start : start + _PIECE], final).encode())
            size += len(pieces[-1])
            if size > _MOST:
                raise TooLargeError(
                    f"The notebook file was saved as {encoding.upper()} and is larger than "
                    f"{_MOST // 1_000_000} MB in UTF-8. Clear its outputs, save it, and submit it "
                    "again."
                )
    except UnicodeError:  # it only begins as if it were
        return content, ()
    return b"".join(pieces), (f"The file was saved as {encoding}.",)


def decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of ``content``, which is not UTF-16, and what to say of its encoding."""
    try:
        if content.startswith(codecs.BOM_UTF8):
            return content.decode("utf-8-sig"), ("The file was saved as utf-8-sig.",)
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        note = "The file was not saved as UTF-8; it was read as Windows-1252, accents may be wrong."
        return content.decode("cp1252", errors="replace"), (note,)
