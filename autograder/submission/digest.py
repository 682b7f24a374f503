"""Know again what has been seen before: fingerprints of what was handed in and of files."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def fingerprint(*parts: bytes | str) -> str:
    """A fingerprint of ``parts``: another one if any of them, or where one ends, is another."""
    known = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        known.update(len(content).to_bytes(8, "big"))
        known.update(content)
    return known.hexdigest()


def files_fingerprint(files: Mapping[str, bytes]) -> str:
    """A fingerprint of files by name, in whatever order they come."""
    return fingerprint(*(part for name in sorted(files) for part in (name, files[name])))
