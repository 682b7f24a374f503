"""Read a zip that strangers filled: within limits, and never under the names that it gives.

What a zip says of itself is not believed: sizes are counted while unpacking.
"""

from __future__ import annotations

import contextlib
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from stat import S_IFMT, S_ISDIR, S_ISREG

from autograder.errors import CourseError
from autograder.importing.names import path_parts

_CHUNK = 1 << 20
_ENCRYPTED = 0x1
_UTF8 = 0x800
_UNIX_TIME = 0x5455
"""The extra field in which Info-ZIP and others keep the time in UTC, to the second."""


@dataclass(frozen=True)
class Limits:
    """How much a download may hold; no class of 10,000 with ordinary notebooks comes near."""

    entries: int = 200_000
    files_each: int = 1_000
    bytes_each: int = 200_000_000
    bytes_in_all: int = 20_000_000_000
    ratio: int = 200
    ratio_from: int = 10_000_000
    """Bytes from which the ratio counts: a small file of zeros does no harm."""


DEFAULT_LIMITS = Limits()


class RefusedError(Exception):
    """This one entry is not unpacked; the message says why."""


@contextlib.contextmanager
def opened(path: Path, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """The zip at ``path``; :class:`CourseError` if it is none, is damaged or has too many files."""
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from None
    except Exception as error:  # damage shows as errors of zipfile, struct, UnicodeDecodeError, …
        raise CourseError(
            f"{path} is not a zip, or is damaged: {error}. Download it again."
        ) from None
    with archive:
        if len(archive.filelist) > limits.entries:
            raise CourseError(
                f"{path} has {len(archive.filelist):,} entries, more than {limits.entries:,}. "
                "Look into it before you import it; if it is right, import parts of it."
            )
        yield archive


def entry_name(item: zipfile.ZipInfo) -> str:
    """The entry's name; many programs write UTF-8 without saying so, which reads as noise."""
    if item.flag_bits & _UTF8:
        return item.filename
    with contextlib.suppress(UnicodeError):
        return item.filename.encode("cp437").decode("utf-8")
    return item.filename


def safe_parts(item: zipfile.ZipInfo) -> tuple[str, ...]:
    """The parts of the entry's path; :class:`RefusedError` if it is not to be unpacked at all."""
    parts = path_parts(entry_name(item))
    if parts is None:
        raise RefusedError("its name leads out of the folder it belongs in")
    mode = item.external_attr >> 16
    if S_IFMT(mode) and not (S_ISREG(mode) or S_ISDIR(mode)):
        raise RefusedError("it is a link or a device, not a file")
    if item.flag_bits & _ENCRYPTED:
        raise RefusedError("it is encrypted: ask for it without a password")
    return parts


def saved_at(item: zipfile.ZipInfo, zone: tzinfo = UTC) -> datetime:
    """When the entry was last changed, in UTC.

    The exact time if the zip has it; else what the zip shows, which names no time zone and is taken
    for that of ``zone``. A date that is none is the earliest that a zip can hold.
    """
    if exact := exact_time(item):
        return exact
    try:
        return datetime(*item.date_time, tzinfo=zone).astimezone(UTC)
    except ValueError:
        return datetime(1980, 1, 1, tzinfo=UTC)


def exact_time(item: zipfile.ZipInfo) -> datetime | None:
    """When the entry was last changed, if the zip has that in UTC."""
    with contextlib.suppress(struct.error, OverflowError, OSError, ValueError):
        extra = item.extra
        while len(extra) >= 4:
            kind, size = struct.unpack_from("<HH", extra)
            if kind == _UNIX_TIME and size >= 5 and extra[4] & 1:
                return datetime.fromtimestamp(struct.unpack_from("<i", extra, 5)[0], UTC)
            extra = extra[4 + size :]
    return None


def unpack(
    archive: zipfile.ZipFile, item: zipfile.ZipInfo, to: Path, room: int, limits: Limits
) -> int:
    """Write the entry to ``to`` and return its size in bytes.

    Raises :class:`RefusedError`, and leaves no file, if it has more than ``room`` bytes, packs
    suspiciously well, or is damaged.
    """
    try:
        with to.open("xb") as target:
            size = 0
            for chunk in _chunks(archive, item):
                size += len(chunk)
                _check_size(size, item, room, limits)
                target.write(chunk)
            return size
    except (RefusedError, OSError):  # the second is the disk's trouble, not the entry's
        to.unlink(missing_ok=True)
        raise


def _chunks(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(item) as source:
            while chunk := source.read(_CHUNK):
                yield chunk
    except Exception as error:  # damage shows as errors of zipfile, zlib, lzma, struct, the system…
        raise RefusedError(f"it is damaged: {error}") from None


def _check_size(size: int, item: zipfile.ZipInfo, room: int, limits: Limits) -> None:
    if size > room:
        raise RefusedError(f"it is too large: more than {room / 1e6:,.1f} MB are left for it")
    if size > limits.ratio_from and size > limits.ratio * max(item.compress_size, 1):
        raise RefusedError(f"it unpacks to over {limits.ratio} times its size, as zip bombs do")
