"""Hazards 11, 12 and 13: submissions that wait for a person, or reach for what is outside.

The known ways out of a sandbox are among them; tests/sandbox tries each with one cell, here they
are tried in a class with neighbours.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy
import pytest

import autograder
from autograder.expected import default_key_path
from tests.grading.classes import database
from tests.hazards.listeners import ABSTRACT, Listeners
from tests.hazards.neighbours import (
    FIRST,
    HAPPENED,
    LAST,
    LEFT,
    REFUSED,
    SECRET,
    GradedClass,
    attempt,
    grade_between_neighbours,
    last_exercise,
    solved_with_cells,
)
from tests.hazards.ways_out import CALLS, ENVIRONMENT, LEAVES, ROOT, TOOLS, WAITS, WORK, WRITTEN
from tests.submissions import ASSIGNMENT, REPOSITORY

LIMITS = ("c.ExecuteSubmission.cell_seconds = 5", "c.ExecuteSubmission.file_bytes = 20_000_000")


def _numbers() -> dict[str, int]:
    """Of the system calls, as far as this machine has them."""
    import pyseccomp as seccomp

    found = {name: seccomp.resolve_syscall(seccomp.Arch.NATIVE, name) for name in CALLS}
    return {name: number for name, number in found.items() if number >= 0}


def _secrets(course: Path) -> list[Path]:
    """What is there for the grader and must not be for submissions."""
    return [
        course / "gradebook.db",
        course / "nbgrader_config.py",
        course / "notebooks" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb",
        course / "submitted" / FIRST / ASSIGNMENT / f"{ASSIGNMENT}.ipynb",
        REPOSITORY.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb",
        default_key_path(REPOSITORY.assignment(ASSIGNMENT)),
        Path(autograder.__file__).parent / "judge.py",
        Path("/proc/self/environ"),
        Path("/proc/1/environ"),
        Path("/proc/self/mem"),
        Path(f"/proc/{os.getpid()}/environ"),
        Path("/etc/shadow"),
    ]


@pytest.fixture(scope="module")
def listeners(tmp_path_factory) -> Iterator[Listeners]:
    with ExitStack() as stack:
        yield Listeners(tmp_path_factory.mktemp("sockets"), stack)


@pytest.fixture(scope="module")
def attempts(tmp_path_factory, listeners) -> dict[str, list[str]]:
    """What each student tries that the system must refuse."""
    course = tmp_path_factory.getbasetemp() / "reaching" / "course"
    secrets = [str(path) for path in _secrets(course)]
    return {
        "calls-the-kernel": [f"kernel({n}, {CALLS[name]})" for name, n in _numbers().items()],
        "becomes-root": ROOT,
        "writes-outside": [*WRITTEN, f"open('{course / LEFT}', 'w')"],
        "reads-secrets": [
            *(f"print(open({path!r}, 'rb').read(40))" for path in secrets),
            *(f"os.listdir({path!r})" for path in ("/proc/1", "/sys", str(course))),
        ],
        "connects": listeners.attempts(),
    }


@pytest.fixture(scope="module")
def graded(tmp_path_factory, attempts) -> GradedClass:
    folder = tmp_path_factory.getbasetemp() / "reaching"
    folder.mkdir()
    rough = {
        **{student: solved_with_cells(*cells) for student, cells in (WAITS | LEAVES).items()},
        **{
            student: solved_with_cells(TOOLS, *map(attempt, sources))
            for student, sources in attempts.items()
        },
        "reads-the-environment": solved_with_cells(ENVIRONMENT),
        "exits-when-called": last_exercise("import sys\nsys.exit()"),
        "asks-when-called": last_exercise("return input('dA? ')"),
        "forks-when-called": last_exercise(
            "import os, time\nif os.fork(): os._exit(0)\ntime.sleep(86397)"
        ),
    }
    return grade_between_neighbours(folder, rough, *LIMITS)


@pytest.mark.parametrize("student", WAITS | LEAVES)
def test_the_answers_count_all_the_same(graded, student):
    """Row 11: nobody is waited for, and what a submission does around its answers costs nothing."""
    assert (graded.score(student), graded.lost(student)) == (100, {})


def test_only_what_ends_the_process_is_given_up(graded):
    """Row 11: a question or an exit is an error like others, and takes no time."""
    for student in WAITS:
        assert graded.given_up(student) == [], student
    for student in ("kills-all", "ends-before-its-child", "dumps-core"):
        assert set(graded.given_up(student)) <= {"ended the Python process"}, student
    assert graded.given_up("dumps-core") == ["ended the Python process"]
    assert "core dumped: False" in graded.shown("dumps-core")


@pytest.mark.parametrize("student", ["exits", "asks", "forks"])
def test_one_exercise_that_exits_or_asks_is_zero_with_the_reason(graded, student):
    reason = {"exits": "SystemExit", "asks": "input() cannot be answered", "forks": "ended the"}
    student_id = f"{student}-when-called"
    assert graded.lost(student_id) == {"pool_backward": 0}
    assert reason[student] in graded.reasons(student_id, "pool_backward")


@pytest.mark.parametrize(
    "student", ["calls-the-kernel", "becomes-root", "writes-outside", "reads-secrets", "connects"]
)
def test_every_attempt_is_refused(graded, attempts, student):
    """Rows 12 and 13, and the known ways out: each attempt was made, and none succeeded."""
    shown = graded.shown(student)
    assert HAPPENED not in shown
    assert shown.count(REFUSED) == len(attempts[student])
    assert (graded.score(student), graded.given_up(student)) == (100, [])


def test_the_secrets_are_there_for_who_may_read_them(graded):
    """Or else nobody was refused anything."""
    assert database(graded.course).endswith(str(_secrets(graded.course.root)[0]))
    for path in _secrets(graded.course.root):
        assert path.exists(), path
    assert Path(numpy.__file__).exists() and Path(sys.executable).exists()


def test_nothing_arrives_anywhere(graded, listeners):
    """Row 12: and what does arrive would be heard."""
    assert listeners.heard() == []
    socket.create_connection(listeners.tcp.getsockname()).close()
    socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", listeners.udp.getsockname())
    for address in (listeners.path, ABSTRACT):
        socket.socket(socket.AF_UNIX).connect(address)
    assert listeners.heard() == [*["a connection"] * 3, "b'x'"]


def test_the_graders_variables_are_not_there(graded):
    """Row 13: neither in ``os.environ`` nor where the kernel first put them."""
    shown = graded.shown("reads-the-environment")
    assert "PYTHONHASHSEED=0" in shown  # of the block that the process was started with
    for student in (FIRST, LAST, *WAITS, *LEAVES, "reads-the-environment", "reads-secrets"):
        assert SECRET not in graded.shown(student)


def test_variables_that_one_submission_sets_stay_with_it(graded):
    assert f"LD_PRELOAD={WORK}/{LEFT}" in graded.shown("preloads")
    assert LEFT not in graded.shown("reads-the-environment")
