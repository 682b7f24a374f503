"""Thirty hostile hand-ins, each of another kind, for a class in which honest ones must not notice.

What other tests have already is taken from there. Every one of them is bounded: by itself, by a
lowered limit (:data:`LIMITS`), or by what the sandbox allows.
"""

from __future__ import annotations

import io
import json
import random
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tests.hazards.neighbours import last_exercise, solved_with_cells, with_cells
from tests.hazards.test_using_too_much import ROUGH
from tests.hazards.ways_out import LEAVES, WAITS
from tests.submissions import ASSIGNMENT, solved, untouched

_ALSO_HERE = {"spins-in-many-processes", "dies-again-and-again", "floods-again-and-again"}
"""What is rough in the same way as others below."""

LIMITS = (
    "c.ExecuteSubmission.cell_seconds = 3",
    "c.ExecuteSubmission.notebook_seconds = 6",
    "c.ExecuteSubmission.memory_bytes = 400_000_000",
    "c.ExecuteSubmission.processes = 64",
    "c.ExecuteSubmission.file_bytes = 20_000_000",
)
NOTEBOOK_SECONDS = 6.0
"""What ``LIMITS`` gives each of them for all its cells."""


@dataclass(frozen=True)
class HandIn:
    """A hostile hand-in: the notebook's file, and files and links beside it by relative path."""

    notebook: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


def lay_down(each: HandIn, folder: Path) -> None:
    """Hand it in: write its files into ``folder``, which is made."""
    folder.mkdir(parents=True)
    (folder / f"{ASSIGNMENT}.ipynb").write_bytes(each.notebook)
    for name, content in each.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name, target in each.links.items():
        (folder / name).symlink_to(target)


def hostile_hand_ins() -> dict[str, HandIn]:
    """All of them by name."""
    rough = {name: ROUGH[name] for name in ROUGH if name not in _ALSO_HERE}
    notebooks = {**rough, **_running(), **_reading()}
    plain = {
        name: HandIn(nbformat.writes(notebook).encode()) for name, notebook in notebooks.items()
    }
    return {**plain, **_with_files(), "empty-cells": HandIn(_empty_cells())}


SPINS = """
import os
for _ in range(60):
    try:
        if os.fork() == 0:
            while True: pass
    except OSError:
        break
while True: pass
"""
DIES = "import os\nos._exit(0)"
FLOODS = "import os\nprint('7' * 14_800_000)\nos.write(1, b'8' * 14_800_000)\nos._exit(0)"
FREEZING_LINE = r"""
import os
line = b'["output", {"a": ' + b'[' * 60_000 + b'"\\' * 60_000 + b'\n'
while line:
    line = line[os.write(3, line):]
"""
SOCKETS = """
import os, socket
for _ in range(20):
    if os.fork() == 0:
        pairs = []
        for _ in range(50):
            pair = socket.socketpair()
            for each in pair:
                each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
                each.setblocking(False)
            pairs.append(pair)
            try:
                while True: pair[0].send(bytes(65_536))
            except OSError:
                pass
        os._exit(0)
while True:
    try:
        os.wait()
    except OSError:
        break
"""
UNLINKED = """
import os
files = []
for number in range(40):
    file = open(f'much-{number}', 'wb')
    os.unlink(f'much-{number}')
    file.write(bytes(4_000_000))
    files.append(file)
"""
THREADS = """
import threading, time
while True:
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
"""
ESCAPES = r"raise ValueError('\x1b[2J\x1b]0;100 of 100 points\x07[bold red][/b][/]' * 200)"
FORGES = """
import os
for _ in range(200):
    os.write(3, b'["end", 1]\\n["done"]\\n["output", {"output_type": "stream"}]\\n')
"""


def _running() -> dict[str, NotebookNode]:
    """Those that do something while they run."""
    return {
        "spins-processes": solved_with_cells(SPINS),
        "dies-in-every-cell": solved_with_cells(*[DIES] * 12),
        "floods-in-many-cells": solved_with_cells(*[FLOODS] * 8),
        "writes-a-freezing-line": solved_with_cells(FREEZING_LINE),
        "fills-socket-buffers": solved_with_cells(SOCKETS),
        "writes-unlinked-files": solved_with_cells(UNLINKED),
        "starts-threads": solved_with_cells(THREADS),
        "raises-escapes": last_exercise(ESCAPES),
        "forges-messages": solved_with_cells(FORGES),
        "asks": solved_with_cells(*WAITS["asks"]),
        "leaves-a-daemon": solved_with_cells(*LEAVES["leaves-a-daemon"]),
        "kills-all": solved_with_cells(*LEAVES["kills-all"]),
    }


def _reading() -> dict[str, NotebookNode]:
    """Those that do something to whoever reads them."""
    heavy = ("[" * 100_000, "<font>" * 15_000, "\\\\[" * 30_000, "<ul><li>" * 8_000, " " * 99_000)
    return {
        "has-heavy-markdown": _with_texts(*heavy),
        "has-a-heavy-source": with_cells(untouched(), "a\n" * 300_000, "f'{" * 20_000),
    }


def _with_texts(*texts: str) -> NotebookNode:
    notebook = solved()
    notebook.cells += [nbformat.v4.new_markdown_cell(f"# My answer\n\n{text}") for text in texts]
    return notebook


def _empty_cells() -> bytes:
    notebook = json.loads(nbformat.writes(solved()))
    notebook["cells"] += [{}] * 250_000
    return json.dumps(notebook).encode()


def _with_files() -> dict[str, HandIn]:
    right = nbformat.writes(solved()).encode()
    shown = nbformat.writes(_with_texts(*["![mine](noise.png)"] * 40)).encode()
    shadows = {f"{name}.py": b"1 / 0" for name in ("numpy", "autograder", "sitecustomize", "check")}
    odd = {"[/b].txt": b"x", "\x1b[2J.csv": b"x", "evil.html": b"<script>alert(1)</script>"}
    many = {f"data/{number}/{number}.csv": bytes(2_000) for number in range(1_500)}
    return {
        "shows-a-picture-forty-times": HandIn(shown, {"noise.png": _noise(3_000_000)}),
        "links-out": HandIn(
            right,
            links={
                "passwd.txt": "/etc/passwd",
                "gradebook.txt": "../../../gradebook.db",
                "all": "/",
                "round": ".",
            },
        ),
        "has-odd-files": HandIn(right, {**shadows, **odd, **many, "bomb.zip": _bomb()}),
    }


def _noise(size: int) -> bytes:
    """A picture that cannot be made smaller, of about ``size`` bytes."""
    width, height = 1_000, size // 1_001
    rows = b"".join(b"\0" + random.Random(row).randbytes(width) for row in range(height))
    about = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\0\0\0\0"
    chunks = ((b"IHDR", about), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + kind + data + check


def _bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(10):
            file.writestr(f"{number}.ipynb", bytes(20_000_000))
    return packed.getvalue()
