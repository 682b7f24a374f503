"""Downloads of an LMS whose members have names of any kind."""

from __future__ import annotations

import io
import os
import shutil
import struct
import warnings
import zipfile
from pathlib import Path
from random import Random

from autograder.course import CONFIG, Course
from autograder.errors import CourseError
from autograder.importing.archive import Limits
from autograder.importing.download import import_download
from benchmarks.fuzzing.rooms import Drawn, Harm, Room
from benchmarks.fuzzing.seeds import Seed
from benchmarks.fuzzing.texts import mutated_bytes, mutated_text

_NAMES = {
    "canvas": (
        "lovelaceada_101_5001_{a}.ipynb", "lovelaceada_LATE_101_5002_{a}-1.ipynb", "notes.txt",
        "anon_xYz_7_{a}.ipynb", "hoppergrace_102_5003_work.zip", "102_5003_{a}.ipynb",
        "turing_alan_103_text.html",
        "lovelaceada_101_5001_hoppergrace_102_5003_{a}.ipynb", "103_9_timestamp.txt",
    ),
    "moodle": (
        "Ada Lovelace_11_assignsubmission_file_/{a}.ipynb", "readme.txt",
        "Grace Hopper_12_assignsubmission_file_{a}.ipynb",
        "Ada Lovelace_11_assignsubmission_file_Grace Hopper_12_assignsubmission_file_{a}.ipynb",
        "Alan Turing_13_assignsubmission_onlinetext_x.html",
        "Alan Turing_13_assignsubmission_file_/a/b.h5",
        "Alan Turing_13_assignsubmission_file_/timestamp.txt",
    ),
}  # fmt: skip
_LIMITS = Limits(entries=500, files_each=20, bytes_each=2_000_000, bytes_in_all=5_000_000)
_MOST_NAME = 60_000


def _draw(seed: Seed, rng: Random) -> Drawn:
    lms = rng.choice(list(_NAMES))
    names = [
        _name(rng.choice(_NAMES[lms]).format(a=seed.assignment.name), rng)
        for _ in range(rng.choice((1, 2, 5, 20)))
    ]
    content = _zip(names, rng)
    if rng.random() < 0.3:
        content = mutated_bytes(content, rng)
    return {"zip": content, "lms": lms}


def _zip(names: list[str], rng: Random) -> bytes:
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        warnings.simplefilter("ignore")  # two members of one name are part of the game
        for name in names:
            item = zipfile.ZipInfo(name[:15_000], (rng.choice((1980, 2026, 2107)), 1, 31, 12, 0, 0))
            item.external_attr = rng.choice((0, 0, 0o100644 << 16, 0o120777 << 16, 0o060000 << 16))
            item.extra = _extra(rng)
            content = rng.randbytes(rng.choice((0, 10, 5_000)))
            file.writestr(item, content or bytes(rng.choice((0, 3_000_000))))
    return packed.getvalue()


def _extra(rng: Random) -> bytes:
    """What some programs add to a member; seldom is it broken, for then the whole zip is."""
    if rng.random() < 0.01:
        return rng.randbytes(8)
    kind = rng.choice((0x5455, 0x7075, 0x9999))
    return rng.choice((b"", b"", struct.pack("<HH", kind, 5) + b"\1" + rng.randbytes(4)))


def _name(name: str, rng: Random) -> str:
    if rng.random() < 0.5:
        name = mutated_text(name, rng).encode("utf-8", "replace").decode()[:_MOST_NAME]
    if rng.random() < 0.2:
        name = rng.choice(("../", "/", "C:\\", "a/../../", "./", "x/" * 30)) + name
    return name or "x"


def _enter(seed: Seed, drawn: Drawn, folder: Path) -> float:
    course = folder / "course"
    course.mkdir()
    shutil.copy(seed.materials.course.root / CONFIG, course / CONFIG)
    download = folder / "download.zip"
    download.write_bytes(drawn["zip"])
    before = {CONFIG, "submitted"}
    rows = list(
        import_download(
            Course(course), download, drawn["lms"], seed.assignment.name, limits=_LIMITS
        )
    )
    if more := {path.name for path in course.iterdir()} - before:
        raise Harm(f"{more} beside submitted/")
    if more := {path.name for path in folder.iterdir()} - {"course", "download.zip"}:
        raise Harm(f"{more} outside the course")
    for path, folders, names in os.walk(course):
        if any(Path(path, name).is_symlink() for name in (*folders, *names)):
            raise Harm("a link was unpacked")
    for row in rows:
        "".join((row.outcome, row.who, row.what, row.why)).encode("utf-8", "backslashreplace")
    return 0.0


IMPORT = Room("import", 400, _draw, _enter, (CourseError,))
