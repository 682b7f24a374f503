"""Downloads as Canvas and Moodle make them, and as someone with bad intent would."""

from __future__ import annotations

import time
import zipfile

MADE = (2026, 3, 2, 10, 20, 30)
"""When entries were saved, unless another time is given."""


def entry(name, *, saved=MADE, mode=0o100644):
    item = zipfile.ZipInfo(name, saved)
    item.external_attr = mode << 16
    item.compress_type = zipfile.ZIP_DEFLATED
    return item


def make_zip(path, files):
    """A zip of ``files``: pairs of a name, or an entry, and content. It may be made in memory."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(entry(name) if isinstance(name, str) else name, content)
    return path


def set_flag(path, flag):
    """Set a flag, such as 1 for encrypted, of the first entry."""
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= flag
    path.write_bytes(data)
    return path


def seconds(moment):
    return time.mktime((*moment, 0, 0, -1))
