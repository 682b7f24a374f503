"""Graded cells: their source and their inputs are kept from the rest of the notebook.

The submission's process is given each of them when it is due, by the process that keeps it, and
keeps no text of it: not in ``In``, not in the frames or the line cache that a student's function
can look at while its checks run. What cannot be hidden from that function are its own arguments.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import pickle
import socket
import struct
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the supervisor imports this, and has no need of IPython
    from autograder.sandbox.shell import NotebookShell

_NAME = "<checks>"
"""What tracebacks call a graded cell. No file has this name, so no line of it is shown."""
_LENGTH = struct.Struct("!Q")
_PLEASE = b"?"

Check = tuple[str, bytes]
"""A graded cell's source, and what it finds in its file."""


def hand_out(asked: socket.socket, file: int, shell: NotebookShell) -> None:
    """Give the checks in ``file``, one after another, to whoever asks, until there are no more.

    This is not the submission's process: what waits here cannot be read there. They are compiled
    here, so that their text never is in that process at all.
    """
    with os.fdopen(file, "rb") as stream:
        checks: list[Check] = pickle.load(stream)  # from the supervisor, which is trusted
    with asked, contextlib.suppress(OSError):  # the submission has ended
        for check in checks:
            if not asked.recv(1):
                return
            packed = pickle.dumps(_compiled(*check, shell))
            asked.sendall(_LENGTH.pack(len(packed)) + packed)


def _compiled(source: str, inputs: bytes, shell: NotebookShell) -> tuple[bytes, bytes]:
    code = compile(shell.transform_cell(source), _NAME, "exec")
    return marshal.dumps(code), inputs


class GradedCells:
    """The submission's side: runs a graded cell with its inputs in the file ``path``."""

    def __init__(self, asking: int, path: Path, variable: str) -> None:
        """``asking`` is the file descriptor through which checks are asked for.

        In the environment variable ``variable`` they look for the path.
        """
        self._asking, self._path, self._variable = asking, path, variable

    def run(self, shell: NotebookShell) -> None:
        """Ask for the next check and run it."""
        code = self._next()
        try:
            with shell.builtin_trap, shell.display_trap:
                exec(code, shell.user_ns)
        except BaseException:
            shell.showtraceback()
        finally:
            with contextlib.suppress(OSError):
                self._path.unlink()
            shell.execution_count += 1
            _leave_a_gap(shell)

    def _next(self) -> CodeType:
        """The next check, compiled; its inputs are in place."""
        os.write(self._asking, _PLEASE)
        (length,) = _LENGTH.unpack(b"".join(self._read(_LENGTH.size)))
        code, inputs = pickle.loads(b"".join(self._read(length)))
        with contextlib.suppress(OSError):
            self._path.unlink()  # the submission may have put something there
        self._path.write_bytes(inputs)
        os.environ[self._variable] = str(self._path)  # the submission may have cleared it
        loaded: CodeType = marshal.loads(code)
        return loaded

    def _read(self, size: int) -> Iterator[bytes]:
        while size:
            part = os.read(self._asking, size)
            if not part:
                raise EOFError("the check did not come")
            size -= len(part)
            yield part


def _leave_a_gap(shell: NotebookShell) -> None:
    """Keep the numbers of ``In`` those of the cells."""
    history = shell.history_manager
    if history is not None:
        history.input_hist_parsed.append("")
        history.input_hist_raw.append("")
