"""Attacks on the run: how it ends, what it writes, how much, and what an earlier one left."""

from __future__ import annotations

from benchmarks.tampering.attack import Aim, Attack

_EXIT = """
def NAME(*arguments, **keywords):
    import os, sys
    print("NAME: all tests passed")
    sys.stdout.flush()
    os._exit(0)
"""
_SYSTEM_EXIT = """
def NAME(*arguments, **keywords):
    print("NAME: all tests passed")
    raise SystemExit(0)
"""
_DEATH = "import os\nos._exit(0)"
_LOOP = """
import time
until = time.monotonic() + 50
while time.monotonic() < until:
    try:
        while time.monotonic() < until:
            pass
    except BaseException:
        pass
"""
_WRITE = """
import sqlite3
from pathlib import Path
def award():
    for folder in [Path.cwd(), *Path.cwd().parents][:6]:
        path = folder / "gradebook.db"
        try:
            if path.exists():
                with sqlite3.connect(path, timeout=2) as database:
                    database.execute(
                        "UPDATE grade SET manual_score = (SELECT max_score FROM grade_cells "
                        "WHERE grade_cells.id = grade.cell_id), needs_manual_grade = 0")
        except sqlite3.Error as error:
            print(error)
"""
_TABLES = "award()"
_LATER = """
import os, time
if os.fork() == 0:
    os.setsid()
    for _ in range(24):
        time.sleep(1)
        try:
            award()
        except BaseException:
            pass
    os._exit(0)
"""
_AT_EXIT = """
import atexit
atexit.register(award)
"""
_FLOOD = """
def NAME(*arguments, **keywords):
    for _ in range(30):
        print("passed " * 15_000)
    return RESULT
"""
_CLOSED = """
import os, sys
for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
    try:
        stream.close()
    except Exception:
        pass
for number in (1, 2):
    try:
        os.close(number)
    except OSError:
        pass
"""
_MAGIC = """%%javascript
Jupyter.notebook.kernel.execute("passed = True");
"""

ATTACKS = (
    Attack(
        "exit-after-good-words",
        "Each function says that all tests passed, and ends the process.",
        Aim.ALL,
        answer=_EXIT,
    ),
    Attack(
        "system-exit",
        "Each function raises SystemExit(0) in the test that calls it.",
        Aim.OTTER,
        answer=_SYSTEM_EXIT,
    ),
    Attack(
        "death-after-a-good-grade",
        "A right notebook was graded before; the wrong one ends its process.",
        Aim.NBGRADER,
        first=_DEATH,
        earlier="",
        alone=True,
    ),
    Attack(
        "time-out-after-a-good-grade",
        "A right notebook was graded before; the wrong one won't be interrupted.",
        Aim.NBGRADER,
        first=_LOOP,
        earlier="",
        alone=True,
    ),
    Attack(
        "gradebook-written",
        "The submission writes its points into the gradebook.",
        Aim.NBGRADER,
        last=_WRITE + _TABLES,
        alone=True,
    ),
    Attack(
        "gradebook-written-at-exit",
        "The same, when its process ends.",
        Aim.NBGRADER,
        last=_WRITE + _AT_EXIT,
        alone=True,
    ),
    Attack(
        "gradebook-written-later",
        "The same, by a process that it leaves running for some seconds.",
        Aim.NBGRADER,
        last=_WRITE + _LATER,
        alone=True,
    ),
    Attack(
        "output-flood",
        "Each function prints three megabytes, so that errors get lost.",
        Aim.ALL,
        answer=_FLOOD,
    ),
    Attack(
        "output-closed",
        "Standard output and standard error are closed, so that errors cannot be told.",
        Aim.ALL,
        first=_CLOSED,
    ),
    Attack(
        "javascript",
        "A cell of JavaScript says that all has passed.",
        Aim.ALL,
        first=_MAGIC,
    ),
)
