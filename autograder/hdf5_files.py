"""HDF5 files that depend on their content alone: equal content gives equal bytes.

Otherwise files could not be compared, and each renewal would look like a change. So nothing in them
may remember when it was made, which h5py leaves out of datasets if it is asked to, and of groups
only since 3.15.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import h5py

_IN_ORDER = h5py.h5p.CRT_ORDER_TRACKED | h5py.h5p.CRT_ORDER_INDEXED


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[h5py.File]:
    """A file to write to. At the end it is complete at ``path``, or, after an error, not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    properties = _without_times(h5py.h5p.FILE_CREATE)
    try:
        with h5py.File(h5py.h5f.create(os.fsencode(unfinished), fcpl=properties)) as file:
            yield file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def new_group(file: h5py.File, name: str) -> h5py.Group:
    """A group of ``file`` that keeps what is put into it in order."""
    properties = _without_times(h5py.h5p.GROUP_CREATE)
    return h5py.Group(h5py.h5g.create(file.id, name.encode(), gcpl=properties))


def _without_times(kind: int) -> h5py.h5p.PropInstanceID:
    properties = h5py.h5p.create(kind)
    properties.set_obj_track_times(False)
    properties.set_link_creation_order(_IN_ORDER)
    return properties
