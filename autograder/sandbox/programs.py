"""Programs that a cell starts with ``!``: they print into the cell, and are asked nothing."""

from __future__ import annotations

import codecs
import os
import select
import subprocess

_CHUNK = 1 << 16


def run_program(command: str) -> int:
    """Let the shell run ``command``, print what it prints as it comes, and return its exit code.

    IPython gives a program a terminal, and for that a session of its own, which a submission must
    not have: the kernel shares the processor by session. As with a terminal, errors come in between
    other output, and what a program leaves running in the background is not waited for. A signal
    that ended it is a negative code.
    """
    shell = os.environ.get("SHELL")
    pipe, null, merged = subprocess.PIPE, subprocess.DEVNULL, subprocess.STDOUT
    with subprocess.Popen(
        command, shell=True, executable=shell, stdin=null, stdout=pipe, stderr=merged
    ) as program:
        assert program.stdout is not None
        ended = os.pidfd_open(program.pid)
        try:
            _print_until(ended, program.stdout.fileno())
        finally:
            os.close(ended)
    code = program.returncode
    return 128 - code if code > 128 else code


def _print_until(ended: int, output: int) -> None:
    """Print what comes from ``output`` until it is closed, or ``ended`` and nothing more is there.

    Both are file descriptors.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    while True:
        ready, _, _ = select.select([output, ended], [], [])
        if output not in ready:
            return
        piece = os.read(output, _CHUNK)
        print(decoder.decode(piece, final=not piece), end="", flush=True)
        if not piece:
            return
