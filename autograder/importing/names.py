"""Names that are safe for a file or a folder, whatever a person or an LMS called it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath

MAX_NAME_BYTES = 180
"""File systems allow 255 bytes; nbgrader and editors add to a name."""
MAX_STUDENT_BYTES = 90
"""The gradebook keeps 128 characters of a student's id, and the LMS's number is added."""

_NEVER_IN_FILES = re.compile(
    r'[\x00-\x1f\x7f-\x9f<>:"|?*\\/\u200e\u200f\u202a-\u202e\u2066-\u2069]'
)
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)


def path_parts(name: str) -> tuple[str, ...] | None:
    """The folders and the file in a zip entry's ``name``; None if it would lead out of its place.

    That is: absolute on any system, or with ``..`` in it. A backslash separates too, for so it
    does where such an entry is meant to do harm.
    """
    slashed = name.replace("\\", "/")
    if slashed.startswith("/") or re.match(r"[A-Za-z]:", slashed):
        return None
    parts = tuple(part for part in slashed.split("/") if part not in ("", "."))
    return None if ".." in parts else parts


def safe_file_name(name: str) -> str:
    """One part of a path as it may be written: NFC, of bounded length, allowed on every system."""
    text = _encodable(unicodedata.normalize("NFC", name))
    text = _NEVER_IN_FILES.sub("_", text).rstrip(". ") or "_"
    if _RESERVED.fullmatch(text):
        text = f"_{text}"
    return _shortened(text, MAX_NAME_BYTES)


def safe_student(name: str, number: str) -> str:
    """A student id to be a folder's name: letters of any script and digits, and the LMS's number.

    The number, which no two students share, comes last and is never shortened.
    """
    text = _encodable(unicodedata.normalize("NFC", name))
    text = "".join(char if _is_word(char) else "_" for char in text)
    text = _cut(re.sub("_+", "_", text).strip("_-."), MAX_STUDENT_BYTES)
    own = re.sub(r"[^A-Za-z0-9]", "_", number)
    return f"{text}_{own}" if text else f"student_{own}"


def folded(name: str) -> str:
    """``name`` as it is compared: without regard to case, blanks and Unicode's composition."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _is_word(char: str) -> bool:
    return char in "-." or unicodedata.category(char)[0] in "LMN"


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _cut(text: str, size: int) -> str:
    return text.encode()[:size].decode(errors="ignore")


def _shortened(text: str, size: int) -> str:
    """``text`` in at most ``size`` bytes; different long texts stay different, suffixes stay."""
    if len(text.encode()) <= size:
        return text
    suffix = _cut(PurePosixPath(text).suffix, 20)
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{_cut(text, size - len(suffix.encode()) - 9)}~{mark}{suffix}"
