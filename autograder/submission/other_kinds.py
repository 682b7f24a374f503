"""Files that are called notebooks and are something else, known by how they begin."""

from __future__ import annotations

import re

_BEGINNING = 2_000
"""Bytes that are looked at."""

_KINDS: tuple[tuple[bytes, str], ...] = (
    (
        rb"(?i)\s*(?:<!doctype|<html|<head|<body|<\?xml|<!--|<script|<title|bplist00)",
        "is a web page, not the notebook: the page that shows it, or one that asks to log in, was "
        "saved in its place. Take the page's Download or Raw button",
    ),
    (
        rb"version https://git-lfs\.github\.com/",
        "is a pointer of Git LFS, not the notebook: it only says where that is. Run `git lfs pull` "
        "and take the file that lies there then",
    ),
    (
        rb"/annex/objects/",
        "is a pointer of git-annex, not the notebook. Run `git annex get` and take the file that "
        "lies there then",
    ),
    (rb"PK\x03\x04", "is a zip, whatever its name says. Call it .zip, or take the notebook in it"),
    (rb"\x1f\x8b|BZh|7z\xbc\xaf|Rar!|\xfd7zXZ", "is an archive. Take the notebook that is in it"),
    (rb"%PDF", "is a PDF, not the notebook"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8", "is a picture, not the notebook"),
    (rb"\{\\rtf", "is a text of a word processor, not the notebook"),
    (
        rb"\s*(?:#!|# *%%|# *-\*-|# coding|# In\[|import \w|from \w[\w.]* import |def \w)",
        "is a Python script, not the notebook that it was made from",
    ),
    (rb"\x00+\Z", "holds nothing but zeros, as files do when a computer stops while it saves them"),
)


def what_else(content: bytes) -> str:
    """What ``content`` is instead of a notebook, and what to do; empty if that is not known."""
    beginning = content[:_BEGINNING].removeprefix(b"\xef\xbb\xbf")
    for pattern, words in _KINDS:
        if re.match(pattern, beginning):
            return f"The file {words}. Submit the notebook itself, which opens in JupyterLab."
    return ""
