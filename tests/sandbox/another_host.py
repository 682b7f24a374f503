"""Run notebooks as another host would: in a lesser tier, or not as root. Also a program.

Its arguments are whom to grade as, ``root`` or ``user``, and the tier. It reads limits and
``{name: [source, ...]}`` as JSON and writes what came of each. In the sources VICTIM stands for a
file of the grader's, GRADER for the grader's process and SERVER for the fork server's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder.execution.faults import fault_of
from autograder.execution.limits import MEGABYTE, Limits
from autograder.execution.task import Task
from autograder.sandbox import kernel_calls as kernel
from autograder.sandbox.confinement import NOBODY
from autograder.sandbox.running import run_in_sandbox
from autograder.sandbox.supervisor import ForkServer
from autograder.sandbox.tiers import Tier

ROOT = Path(__file__).parent.parent.parent
LIMITS = Limits(cell=1.5, notebook=12, processes=32, memory=400 * MEGABYTE, files=4 * MEGABYTE)


@dataclass(frozen=True)
class Host:
    """What is different there: folders that hold these files alone, by path, and a folder whose
    ``.venv`` is this Python. All of it is gone afterwards.
    """

    files: dict[str, dict[str, str]] = field(default_factory=dict)
    python: str = ""
    concealed: tuple[str, ...] = ()


def run_as(
    who: str,
    tier: Tier,
    notebooks: dict[str, list[str]],
    limits: Limits = LIMITS,
    host: Host = Host(),
) -> dict[str, Any]:
    """What comes of ``notebooks`` there; skips the test where this host cannot play that one."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to be able to grade as somebody else")
    done = subprocess.run(
        [sys.executable, "-m", "tests.sandbox.another_host", who, tier],
        input=json.dumps({"notebooks": notebooks, "limits": asdict(limits), "host": asdict(host)}),
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    if done.returncode and "KernelCallError" in done.stderr and "open_homes" in done.stderr:
        pytest.skip("mount namespaces are refused here")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def open_homes() -> None:
    """Let everybody read this Python, which may lie in a home that others cannot enter."""
    kernel.unshare(kernel.CLONE_NEWNS)
    kernel.mount("none", "/", None, kernel.MS_REC | kernel.MS_PRIVATE)
    python = Path(sys.base_prefix).resolve()
    closed = [folder for folder in reversed(python.parents) if not folder.stat().st_mode & 0o005]
    if not closed:
        return
    keep = os.open(python, os.O_PATH)
    kernel.mount("open", str(closed[0]), "tmpfs", 0, "mode=0755")
    os.umask(0o022)
    python.mkdir(parents=True)
    kernel.mount(f"/proc/self/fd/{keep}", str(python), None, kernel.MS_BIND | kernel.MS_REC)
    os.close(keep)


def furnish(host: Host) -> None:
    """Mount what is different there, in this process's own view."""
    for folder, files in host.files.items():
        kernel.mount("files", folder, "tmpfs", 0, "mode=0755")
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if host.python:
        place = Path(host.python, ".venv")
        place.mkdir(parents=True)
        kernel.mount(sys.prefix, str(place), None, kernel.MS_BIND | kernel.MS_REC)
        sys.executable = str(place / "bin" / Path(sys.executable).name)


def become_user() -> None:
    """Be nobody, as who grades without being root."""
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    kernel.set_dumpable()
    os.environ["HOME"] = "/nonexistent"


def run_all(
    tier: Tier, notebooks: dict[str, list[str]], limits: Limits, concealed: tuple[str, ...]
) -> dict[str, Any]:
    """What came of each notebook, and whether the grader's file is as it was."""
    results = {}
    with tempfile.TemporaryDirectory(prefix="grader-") as folder, ForkServer(tier) as server:
        Path(folder).chmod(0o755)
        victim = Path(folder, "gradebook.db")
        for name, sources in notebooks.items():
            victim.write_text("marks")
            victim.chmod(0o640)
            before = _state(victim)
            words = {"VICTIM": str(victim), "GRADER": str(os.getpid()), "SERVER": str(server.pid)}
            filled = [_filled_in(source, words) for source in sources]
            cells = _run(server, filled, limits, concealed)
            results[name] = {"cells": cells, "unchanged": _state(victim) == before}
    return results


def _filled_in(source: str, words: dict[str, str]) -> str:
    for word, value in words.items():
        source = source.replace(word, value)
    return source


def _state(path: Path) -> tuple[Any, ...]:
    found = path.stat()
    attributes = os.listxattr(path), os.getpriority(os.PRIO_PROCESS, os.getpid())
    return path.read_bytes(), found.st_mode, found.st_uid, found.st_mtime_ns, *attributes


def _run(
    server: ForkServer, sources: list[str], limits: Limits, concealed: tuple[str, ...]
) -> list[dict[str, Any]]:
    notebook = new_notebook(cells=[new_code_cell(source) for source in sources])
    files = {"mine.txt": b"own"}
    task = Task(notebook, files, limits=limits, figures=False, concealed=concealed)
    executed = run_in_sandbox(server, task).notebook
    return [
        {"outputs": cell.outputs, "fault": fault_of(cell) and fault_of(cell).value}
        for cell in executed.cells
    ]


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    host = Host(**asked["host"])
    open_homes()
    os.umask(0o022)
    furnish(host)
    if sys.argv[1] == "user":
        become_user()
    limits = Limits(**asked["limits"])
    found = run_all(Tier(sys.argv[2]), asked["notebooks"], limits, tuple(host.concealed))
    json.dump(found, sys.stdout)
