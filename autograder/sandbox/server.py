"""The warm fork server: imports what notebooks need once, and forks a confined process for each.

Its supervisor (:mod:`autograder.sandbox.supervisor`) starts it and sends it requests over a socket:
a word with five file descriptors. The server itself never reads a submission, so that none can find
another's in its memory; nor does it ever run a second thread.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import pickle
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
from typing import NoReturn

from autograder.sandbox import kernel_calls as kernel
from autograder.sandbox import messages
from autograder.sandbox.confinement import Confinement
from autograder.sandbox.graded_cells import hand_out
from autograder.sandbox.runner import (
    CHECKS,
    MESSAGES,
    rehearse,
    rehearse_drawing,
    run_notebook,
)
from autograder.sandbox.shell import NotebookShell, make_shell
from autograder.sandbox.tiers import Tier

DESCRIPTORS = 5
"""Of a request: the files of the task and of its checks, the pipes for messages and raw output, the
report's socket."""


def main() -> None:
    """Serve until the supervisor closes its end of the socket."""
    tier, control = Tier(sys.argv[1]), socket.socket(fileno=int(sys.argv[2]))
    control.set_inheritable(False)
    shell = _warm_up()
    confinement = Confinement(tier)
    try:
        confinement.prepare()
    except (OSError, ImportError) as error:
        control.send(json.dumps({"refused": str(error)}).encode())
        return
    signal.signal(signal.SIGCHLD, _bury)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    control.send(json.dumps({"ready": tier}).encode())
    server, can_draw = os.getpid(), False
    while True:
        request, descriptors, _, _ = socket.recv_fds(control, 16, DESCRIPTORS)
        if not request:
            os._exit(0)  # at once: there is nothing to save, and much to take apart
        if request == messages.DRAW and not can_draw:
            rehearse_drawing(shell)
            gc.freeze()
            can_draw = True
        if os.fork() == 0:
            control.close()
            _Fork(confinement, shell, descriptors).serve(server)
        for descriptor in descriptors:
            os.close(descriptor)


def _bury(*_: object) -> None:
    """Let no ended fork linger; that its time is this process's from now on is for accounting."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass


def _warm_up() -> NotebookShell:
    """Import what notebooks use, load the fonts, make the shell."""
    gc.disable()  # it would look through the libraries again and again, and find nothing
    settings = os.environ.get("MPLCONFIGDIR")
    import h5py  # noqa: F401
    import matplotlib as mpl
    import numpy.random  # noqa: F401

    _import_pyplot()

    import autograder.collect  # noqa: F401

    mpl.use("module://autograder.sandbox.no_figures")
    folder = tempfile.mkdtemp(prefix="ipython-")
    try:
        shell = make_shell(folder)
        rehearse(shell)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        # Without a home to write to, matplotlib makes a folder, which it would remove at an
        # ordinary end.
        if (made := os.environ.get("MPLCONFIGDIR")) and made != settings:
            shutil.rmtree(made, ignore_errors=True)
    gc.collect()
    gc.freeze()  # forks share what is there, and do not look through it again
    gc.enable()
    return shell


def _import_pyplot() -> None:
    """Without the lists of properties in the docstrings of ``set``, which take a third of it."""
    import matplotlib.artist

    kwdoc, matplotlib.artist.kwdoc = matplotlib.artist.kwdoc, lambda artist: ""
    try:
        import matplotlib.pyplot
    finally:
        matplotlib.artist.kwdoc = kwdoc


class _Fork:
    """A fork of the server: keeps one submission's process, and reports how it ended."""

    def __init__(
        self, confinement: Confinement, shell: NotebookShell, descriptors: list[int]
    ) -> None:
        self._confinement, self._shell = confinement, shell
        self._task, self._checks, self._messages, self._raw, report = descriptors
        self._report = socket.socket(fileno=report)

    def serve(self, server: int) -> NoReturn:
        """Start the submission's process, wait for its end, and end."""
        try:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()  # the kernel shares the processor by session
            self._confinement.enter_namespaces()
            kernel.die_with_parent(signal.SIGKILL)
            if os.getppid() == server:
                self._keep()
        except Exception as error:
            self._say(refused=str(error))
        finally:
            os._exit(0)

    def _keep(self) -> None:
        alive, keeper = os.pipe()
        asked, asking = socket.socketpair()
        runner = os.fork()
        if runner == 0:
            os.close(keeper)
            os.close(self._checks)
            self._run(alive, asking.detach())
        asking.close()
        for descriptor in (self._task, self._messages, self._raw, alive):
            os.close(descriptor)
        handle = os.pidfd_open(runner)
        socket.send_fds(self._report, [b"{}"], [handle])
        os.close(handle)
        hand_out(asked, self._checks, self._shell)
        _, status, usage = os.wait4(runner, 0)
        memory = usage.ru_maxrss * 1024
        own = resource.getrusage(resource.RUSAGE_SELF)
        cpu = usage.ru_utime + usage.ru_stime + own.ru_utime + own.ru_stime
        self._say(status=status, cpu=cpu, memory=memory)

    def _run(self, alive: int, asking: int) -> NoReturn:
        """In the submission's own process: confine it and run its cells."""
        try:
            with os.fdopen(self._task, "rb") as file:
                task = pickle.load(file)  # from the supervisor, which is trusted
            scratch = self._confinement.make_scratch(
                task["limits"], task["inputs"], task["scratch"], task["concealed"]
            )
            run = run_notebook(self._shell, task, scratch, self._messages)
            next(run)  # lays the files down
            self._confinement.enter(task["limits"], scratch)
            self._only_what_it_needs(alive, asking)
            next(run, None)
        except Exception as error:
            self._say(refused=f"{type(error).__name__}: {error}")
        finally:
            os._exit(0)

    def _only_what_it_needs(self, alive: int, asking: int) -> None:
        """Close every other file: neither the server's nor this fork's are the submission's."""
        poll = select.poll()
        poll.register(alive, select.POLLIN)
        if poll.poll(0):
            os._exit(1)  # the keeper ended before the parent-death signal was set
        null = os.open(os.devnull, os.O_RDONLY)
        # Out of the way first: the numbers that they get may be those that others have now.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 64) for end in (self._messages, asking)]
        for source, target in ((null, 0), (self._raw, 1), (self._raw, 2)):
            os.dup2(source, target)
        for source, target in zip(ends, (MESSAGES, CHECKS), strict=True):
            os.dup2(source, target)
        self._report.detach()
        os.closerange(CHECKS + 1, 65_536)

    def _say(self, **words: object) -> None:
        self._report.send(json.dumps(words).encode())


if __name__ == "__main__":
    main()
